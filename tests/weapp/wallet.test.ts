import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { decodeQr } from '../e2e/support/qr'
import type { App } from './harness/app'
import { weappTest } from './harness/weapp-test'
import { paintedHouse, shows } from './painted'
import { read, signIn } from './walk'
import { elderPhoneOf, openApp, phoneOf, webViewOf } from './world'

const room = 'features/licence'

const house = paintedHouse()

/** Signed in, all that the library has for her claimed. */
async function withWallet(context: TestContext, phone = phoneOf('mother-wallet')): Promise<App> {
  const inWebView = await webViewOf(context)
  const app = await openApp(context, house.world, phone)
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
  await house.holds(app, `${room}/list/index`)
  await openLicence(app, /^居民身份证/)
  await shows(app, '公民身份号码（已遮住）')
  await house.holds(app, `${room}/detail/index`)
  const face = await house.view.page.locator('.face').boundingBox()
  assert.ok(face && face.width > 300 && face.height > 300, 'the face is painted')
  await app.press('大字看')
  assert.equal(app.allByRole('dialog', '居民身份证').length, 1)
  await house.holds(app, `${room}/detail/index`)
  await app.press('关闭')

  await app.press('亮证')
  await app.waitFor(() => app.allByRole('checkbox', /^姓名/).length > 0)
  for (const box of app.allByRole('checkbox')) if (String(app.aria(box, 'checked')) === 'true') await app.tap(box)
  await app.tap(app.byRole('checkbox', /^姓名/))
  await app.tap(app.byRole('radio', '核对身份'))
  await house.holds(app, `${room}/present/index`)
  await read(app)
  await app.tap(app.byRole('button', '亮证'))
  await app.waitFor(() => app.allByRole('img', /^亮证码/).length > 0)
  await house.holds(app, `${room}/present/index`)
  const href = decodeQr(await house.view.page.locator('.stage-qr').screenshot())
  assert.equal(new URL(await href).origin, house.world.origin)

  const other = await openApp(context, house.world, phoneOf('nobody'))
  await other.go('navigateTo', `/${room}/verify/index`)
  await house.holds(other, `${room}/verify/index`)
  other.device.answers.scan.push(await href)
  await other.press('扫对方的亮证码')
  await shows(other, '是真的，现在有效')
  assert.ok(other.text().includes('姓名') && !other.text().includes('住址'))
  await house.holds(other, `${room}/verify/index`)
  await app.advance(2_000)
  await shows(app, '已核验')
  assert.equal(app.allByRole('img', /^亮证码/).length, 0)

  await other.press('再核一个')
  other.device.answers.scan.push(await href)
  await other.press('扫对方的亮证码')
  await shows(other, '这个码用过了或过期了')
  await house.holds(other, `${room}/verify/index`)
})

weappTest('小程序大字版：60 秒没人核，码收起，写明已失效', async (context) => {
  const app = await withWallet(context, elderPhoneOf('mother-wallet-elder'))
  await house.holds(app, `${room}/list/index`)
  await openLicence(app, /^居民身份证/)
  await house.holds(app, `${room}/detail/index`)
  await app.press('亮证')
  await app.waitFor(() => app.allByRole('radio', '核对身份').length > 0)
  await app.tap(app.byRole('radio', '核对身份'))
  await house.holds(app, `${room}/present/index`)
  await app.tap(app.byRole('button', '亮证'))
  await app.waitFor(() => app.allByRole('img', /^亮证码/).length > 0)
  await house.holds(app, `${room}/present/index`)
  for (let second = 0; second < 61; second += 1) await app.advance(1_000)
  await shows(app, '已失效')
  assert.equal(app.allByRole('img', /^亮证码/).length, 0)
  await house.holds(app, `${room}/present/index`)
})
