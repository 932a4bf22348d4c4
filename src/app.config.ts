import bundle from './features/bundle/pages'
import caseRoom from './features/case/pages'
import catalogue from './features/catalogue/pages'
import code from './features/code/pages'
import delegation from './features/delegation/pages'
import identity from './features/identity/pages'
import invitation from './features/invitation/pages'
import licence from './features/licence/pages'
import message from './features/message/pages'
import rating from './features/rating/pages'

const rooms: Record<string, string[]> = {
  bundle, case: caseRoom, catalogue, code, delegation, identity, invitation, licence, message, rating
}
const subPackages = Object.entries(rooms)
  .filter(([, pages]) => pages.length > 0)
  .map(([word, pages]) => ({ root: `features/${word}`, pages }))
const roots = new Set(subPackages.map(({ root }) => root))

/** Sub-packages fetched in advance from a tab page, so that the first tap there does not wait. */
function preload(...words: string[]) {
  return { network: 'all' as const, packages: words.map((word) => `features/${word}`).filter((root) => roots.has(root)) }
}

export default defineAppConfig({
  pages: ['pages/home/index', 'pages/services/index', 'pages/code/index', 'pages/progress/index', 'pages/me/index'],
  subPackages,
  preloadRule: {
    'pages/home/index': preload('bundle', 'identity'),
    'pages/progress/index': preload('case'),
  },
  window: {
    navigationBarTitleText: '掌上办',
    navigationBarBackgroundColor: '#E3F1F8',
    navigationBarTextStyle: 'black',
    backgroundColor: '#F3F8FB',
    backgroundTextStyle: 'dark',
  },
  tabBar: {
    color: '#4A5B68',
    selectedColor: '#0B5A8A',
    backgroundColor: '#FFFFFF',
    borderStyle: 'white',
    list: [
      tab('home', '首页'),
      tab('services', '办事'),
      tab('code', '苏服码'),
      tab('progress', '进度'),
      tab('me', '我的'),
    ],
  },
})

function tab(page: string, text: string) {
  return { pagePath: `pages/${page}/index`, text, iconPath: `assets/tab/${page}.png`, selectedIconPath: `assets/tab/${page}-on.png` }
}
