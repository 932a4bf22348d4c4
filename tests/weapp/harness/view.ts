import fs from 'node:fs'
import path from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { ensureBrowser } from '../../../scripts/browser'
import type { Screen, Snapshot } from './screen'

const axeSource = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')

/** How WeChat's own components look before the mini-program's styles, as far as layout and contrast need it. */
const BASE_STYLE = `
*{box-sizing:border-box}html,body{margin:0}
wx-page{display:block;min-height:100vh;font:16px/1.4 system-ui,'Noto Sans CJK SC',sans-serif;word-break:break-word}
view,scroll-view,swiper,swiper-item,picker,cover-view,movable-area,rich-text,form,picker-view,root-portal,page-container,
web-view{display:block}
text,label,navigator{display:inline}scroll-view{overflow:auto}text{white-space:pre-line}
image,video,map,canvas{display:inline-block;width:320px;height:240px;background:no-repeat center/100% 100%}
swiper{height:150px;overflow:hidden}comp,custom-wrapper,block,slot-view{display:contents}
button{display:block;width:100%;margin:0 auto;padding:0 14px;border:0;border-radius:5px;background:#f8f8f8;font-size:18px;
  line-height:2.55;text-align:center}
button[size=mini]{display:inline-block;width:auto;font-size:13px}button[type=primary]{background:#07c160;color:#fff}
input,textarea{display:block;border:0;padding:0;font:inherit;width:100%;background:transparent}textarea{height:150px}
switch,checkbox,radio{display:inline-block;width:52px;height:32px;border-radius:16px;background:#ddd}`

/** A phone's screen in real Chromium: the mini-program's real tree and real styles, for screenshots, layout and axe. */
export interface View {
  page: Page
  paint(screen: Screen): Promise<void>
  screenshot(screen: Screen, file: string): Promise<void>
  /** Paints, then lists axe's violations: one line each, with the nodes. */
  axe(screen: Screen): Promise<string[]>
  close(): Promise<void>
}

/** Width and height in px; 1 px of the mini-program is 1 CSS px, 750 rpx are the width. */
export async function openView({ width = 375, height = 812 } = {}): Promise<View> {
  const browser: Browser = await chromium.launch({ executablePath: await ensureBrowser(), args: ['--no-sandbox', '--disable-gpu'] })
  const page = await browser.newPage({ viewport: { width, height } })
  await page.addInitScript('globalThis.__name = (named) => named') // what esbuild leaves in functions that go to the page
  await page.goto('about:blank')
  const paint = async (screen: Screen) => {
    const { css, tree, title } = screen.snapshot()
    const style = css
      .replace(/(-?[\d.]+)rpx/g, (_, size: string) => `${(Number(size) * width) / 750}px`)
      .replace(/(^|[},\s])page(?=[\s{,.:])/g, '$1wx-page')
    await page.setContent(
      `<!doctype html><html lang="zh-CN"><meta charset="utf8"><title></title><style>${BASE_STYLE}\n${style}</style><body>`
    )
    await page.evaluate(drawTree, { tree, title })
  }
  return {
    page,
    paint,
    async screenshot(screen, file) {
      await paint(screen)
      fs.mkdirSync(path.dirname(file), { recursive: true })
      await page.screenshot({ path: file, fullPage: true })
    },
    async axe(screen) {
      await paint(screen)
      await page.evaluate(axeSource)
      return page.evaluate(async () => {
        const { axe } = window as unknown as { axe: typeof import('axe-core') }
        const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
        const { violations } = await axe.run(document, { runOnly: levels, resultTypes: ['violations'] })
        return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' | ')}`)
      })
    },
    close: () => browser.close()
  }
}

/** Runs inside Chromium: the painted tree becomes elements of the same names. */
function drawTree({ tree, title }: Pick<Snapshot, 'tree' | 'title'>) {
  const kept = /^(class|style|id|role|placeholder|value|type|size|disabled|checked|aria-.*|src|name)$/
  const draw = (child: Snapshot['tree'][number]): Node => {
    if (typeof child === 'string') return document.createTextNode(child)
    const element = document.createElement(child.tag)
    for (const [key, value] of Object.entries(child.attr)) {
      const name = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
      const plain = name === 'aria-role' ? 'role' : name
      if (value === '' || !kept.test(plain) || (value === false && !plain.startsWith('aria-'))) continue
      element.setAttribute(plain, child.tag === 'input' && plain === 'type' ? 'text' : plain === 'disabled' ? '' : String(value))
    }
    const { src, mode, nodes, value } = child.attr
    // WeChat knows no heading levels; HTML demands one.
    if (element.getAttribute('role') === 'heading') element.setAttribute('aria-level', String(child.attr.ariaLevel ?? 1))
    if (child.tag === 'image' && src) element.style.backgroundImage = `url("${String(src)}")`
    if (child.tag === 'image' && mode === 'aspectFill') element.style.backgroundSize = 'cover'
    if (child.tag === 'image' && mode === 'aspectFit') element.style.backgroundSize = 'contain'
    if (element instanceof HTMLTextAreaElement) element.value = String(value ?? '')
    if (child.tag === 'rich-text' && typeof nodes === 'string') element.innerHTML = nodes
    element.append(...child.children.map(draw))
    return element
  }
  document.title = title
  const root = document.createElement('wx-page')
  root.append(...tree.map(draw))
  document.body.append(root)
}
