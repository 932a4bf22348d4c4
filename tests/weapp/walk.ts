import type { App } from './harness/app'
import type { WxmlNode } from './harness/types'

/** The ways of a person through the mini-program that several tests take: by what is read and heard, never by class names. */

/** Nobody answers two questions or leaves two pages within one second, and WeChat counts setData by the second. */
const READING_MS = 1000

/** Takes the second that a person at least needs to read what is in front. */
export const read = (app: App): Promise<void> => app.advance(READING_MS)

type PassWebView = (app: App, button: RegExp) => Promise<void>

/** Reads the notice, agrees to all its parts, binds WeChat in the web-view; ends where the signing in began. */
export async function signIn(app: App, passWebView: PassWebView, person: RegExp): Promise<void> {
  if (app.page.path !== 'features/identity/sign-in/index') await app.go('navigateTo', '/features/identity/sign-in/index')
  await app.press('微信快捷登录')
  for (const box of app.allByRole('checkbox')) await app.tap(box)
  await app.press('同意所选，去登录')
  await passWebView(app, person)
  await app.waitFor(() => !app.page.path.startsWith('features/identity/'))
  await app.settle()
}

/** From home over the introduction and the questions to the plan, of a mother whose child was born in Jiangyin. */
export async function toPlan(app: App, wedlock?: string): Promise<void> {
  await app.tap(app.byRole('link', /^出生/))
  await fromIntroToPlan(app, wedlock)
}

export async function fromIntroToPlan(app: App, wedlock = '已婚'): Promise<void> {
  await app.waitFor(() => app.allByRole('button', /^(重新)?开始$/).length > 0)
  const [restart] = app.allByRole('button', '重新开始')
  if (!restart) await app.press('开始')
  else {
    await app.tap(restart)
    await answer(app, '放弃并重新开始')
    await app.waitFor(() => app.page.path === 'features/bundle/questions/index')
  }
  for (const reply of ['江阴市内医院', '江阴', wedlock, '居民医保', '是']) {
    await app.tap(app.byRole('radio', reply))
    await app.press('下一步')
    await read(app)
  }
  await app.press('看我的办理方案')
  await app.waitFor(() => app.allByRole('button', /^开始填写/).length > 0)
}

/** What the authorities could not fill in for her. */
const childsName: [RegExp, string] = [/^宝宝姓名/, '林小演']
const choices = ['母亲', '出生当年', '江阴农商银行', '只要电子证照']

/** Fills in the form of the mother's draft; in elder mode group by group. */
export async function fillForm(app: App): Promise<void> {
  await app.waitFor(() => app.page.path === 'features/bundle/form/index' && app.allByRole('button', /^下一(步|组)/).length > 0)
  for (;;) {
    const [name] = app.allByRole('textbox', childsName[0])
    if (name) await app.input(name, childsName[1])
    for (const choice of choices) for (const radio of app.allByRole('radio', choice)) await app.tap(radio)
    const [relation] = app.allByRole('button', /^宝宝与户主的关系/)
    if (relation) await app.change(relation, 0)
    await read(app)
    const [onwards] = app.allByRole('button', '下一组')
    if (!onwards) break
    await app.tap(onwards)
  }
}

/** On the page of the materials: the child has no number yet, its photo is brought later. */
export async function deferPhoto(app: App): Promise<void> {
  await app.waitFor(() => app.text().includes('孩子还没有身份证号，共享数据里查不到'))
  await app.tap(app.byRole('radio', /^先办，.+前补/))
  await app.waitFor(() => !app.text().includes('还没交'))
}

/** On the page before signing: confirms in the web-view who she is, and ticks every commitment. */
export async function confirmAndTick(app: App, passWebView: PassWebView): Promise<void> {
  await app.waitFor(() => app.allByRole('button', '确认是我本人').length > 0)
  await app.press('确认是我本人')
  await passWebView(app, /确认本人操作/)
  await app.waitFor(() => app.allByRole('button', '签名并提交').length > 0)
  for (const box of app.allByRole('checkbox')) await app.tap(box)
}

/** Presses a button of the dialog in front. */
export async function answer(app: App, button: string): Promise<void> {
  const inDialog = (node: WxmlNode | null): boolean => node !== null && (app.aria(node, 'role') === 'dialog' || inDialog(node.parent))
  const found = app.allByRole('button', button).find(inDialog)
  if (!found) throw new Error(`no dialog with ${button}\n${app.wxml()}`)
  await app.tap(found)
}
