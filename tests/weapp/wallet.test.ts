import assert from 'node:assert/strict'
import { after, before, type TestContext } from 'node:test'
import type { World } from '../e2e/support/world'
import { decodeQr } from '../e2e/support/qr'
import type { App } from './harness/app'
import { LIMITS } from './harness/audit'
import { openView, type View } from './harness/view'
import { weappTest } from './harness/weapp-test'
import { read, signIn } from './walk'
import { elderPhoneOf, openApp, phoneOf, startHouse, webViewOf } from './world'

const room = 'features/licence'

let world: World
let view: View
before(async () => {
  world = await startHouse({ script: false })
  view = await openView()
})
after(async () => {
  await view.close()
  await world.stop()
})

const shows = (app: App, text: string) => app.waitFor(() => app.text().includes(text))

/** Painted, nothing for axe, within WeChat's limits. */
async function holds(app: App, page: string) {
  assert.equal(app.page.path, `${room}/${page}/index`)
  assert.deepEqual(await view.axe(app), [], `axe on ${page}`)
  const { nodes, depth, children, setDataBytes, setDataPerSecond } = app.audit.record
  for (const [what, value] of Object.entries({ nodes, depth, children, setDataBytes, setDataPerSecond })) {
    assert.ok(value <= LIMITS[what as keyof typeof LIMITS], `${page}: ${what} ${value}`)
  }
}

/** Signed in, all that the library has for her claimed. */
async function withWallet(context: TestContext, phone = phoneOf('mother-wallet')): Promise<App> {
  const inWebView = await webViewOf(context)
  const app = await openApp(context, world, phone)
  await signIn(app, inWebView, /妈妈，已婚/)
  await read(app)
  await app.go('navigateTo', `/${room}/list/index`)
  await app.waitFor(() => app.allByRole('link', /^核验别人的证照/).length > 0 && app.allByRole('heading').length > 0)
  await app.settle()
  for (const button of app.allByRole('button', '全部领取')) await app.tap(button)
  await app.waitFor(() => app.allByRole('link', /^(社会保障卡|居民户口簿)/).length > 0)
  return app
}

async function openLicence(app: App, name: RegExp) {
  for (const button of app.allByRole('button', /^看全部/)) await app.tap(button)
  await read(app)
  await app.press(name)
  await shows(app, '从哪里来')
}

weappTest('小程序里：领证、照面、亮证给对方，另一部手机不登录扫码核验，只看到给的那几格', async (context) => {
  const app = await withWallet(context)
  await holds(app, 'list')
  await openLicence(app, /^居民身份证/)
  await shows(app, '公民身份号码（已遮住）')
  await holds(app, 'detail')
  const face = await view.page.locator('.face').boundingBox()
  assert.ok(face && face.width > 300 && face.height > 300, 'the face is painted')
  await app.press('大字看')
  assert.equal(app.allByRole('dialog', '居民身份证').length, 1)
  await holds(app, 'detail')
  await app.press('关闭')

  await app.press('亮证')
  await app.waitFor(() => app.allByRole('checkbox', /^姓名/).length > 0)
  for (const box of app.allByRole('checkbox')) if (String(app.aria(box, 'checked')) === 'true') await app.tap(box)
  await app.tap(app.byRole('checkbox', /^姓名/))
  await app.tap(app.byRole('radio', '核对身份'))
  await holds(app, 'present')
  await read(app)
  await app.tap(app.byRole('button', '亮证'))
  await app.waitFor(() => app.allByRole('img', /^亮证码/).length > 0)
  await holds(app, 'present')
  const href = decodeQr(await view.page.locator('.stage-qr').screenshot())
  assert.equal(new URL(await href).origin, world.origin)

  const other = await openApp(context, world, phoneOf('nobody'))
  await other.go('navigateTo', `/${room}/verify/index`)
  await holds(other, 'verify')
  other.device.answers.scan.push(await href)
  await other.press('扫对方的亮证码')
  await shows(other, '是真的，现在有效')
  assert.ok(other.text().includes('姓名') && !other.text().includes('住址'))
  await holds(other, 'verify')
  await app.advance(2_000)
  await shows(app, '已核验')
  assert.equal(app.allByRole('img', /^亮证码/).length, 0)

  await other.press('再核一个')
  other.device.answers.scan.push(await href)
  await other.press('扫对方的亮证码')
  await shows(other, '这个码用过了或过期了')
  await holds(other, 'verify')
})

weappTest('小程序大字版：60 秒没人核，码收起，写明已失效', async (context) => {
  const app = await withWallet(context, elderPhoneOf('mother-wallet-elder'))
  await holds(app, 'list')
  await openLicence(app, /^居民身份证/)
  await holds(app, 'detail')
  await app.press('亮证')
  await app.waitFor(() => app.allByRole('radio', '核对身份').length > 0)
  await app.tap(app.byRole('radio', '核对身份'))
  await holds(app, 'present')
  await app.tap(app.byRole('button', '亮证'))
  await app.waitFor(() => app.allByRole('img', /^亮证码/).length > 0)
  await holds(app, 'present')
  for (let second = 0; second < 61; second += 1) await app.advance(1_000)
  await shows(app, '已失效')
  assert.equal(app.allByRole('img', /^亮证码/).length, 0)
  await holds(app, 'present')
})
