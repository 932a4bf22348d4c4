import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { App } from './harness/app'
import { weappTest } from './harness/weapp-test'
import { type Mode, paintedHouse, shows } from './painted'
import { answer, read, signIn } from './walk'
import { elderPhoneOf, openApp, phoneOf, webViewOf } from './world'

const house = paintedHouse()
const codePage = 'pages/code/index'

/** Online, asked by a reader, behind the mask, without network. */
async function codeIn(app: App, mode: Mode) {
  await app.go('switchTab', `/${codePage}`)
  if (app.allByRole('button', mode === 'elder' ? '换成大字版' : '退出大字版').length > 0) await app.press(/大字版$/)
  await app.waitFor(() => app.allByRole('img', /苏服码二维码/).length > 0)
  assert.equal(app.allByRole('link', /^在哪里能用/).length, 1)
  await house.holds(app, codePage, mode)

  const asked = await fetch(`${house.world.origin}/mock/readers/scan`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ reader: 'hall-desk', scene: 'counter', code: await house.decoded(app, '.code-qr') })
  })
  assert.equal(asked.status, 202, await asked.text())
  await app.waitFor(() => app.allByRole('dialog', /同不同意给江阴市政务服务中心/).length > 0)
  await house.holds(app, codePage, mode)
  await answer(app, '不同意')
  await shows(app, '你没有同意，对方什么也没看到')
  await house.holds(app, codePage, mode)

  await app.hide()
  assert.ok(app.text().includes('已失效'))
  await house.holds(app, codePage, mode)
  await app.show()
  await app.waitFor(() => !app.text().includes('已失效') && app.device.storage.keys.some((key) => key.startsWith('zsb.kept.code/')))
  await app.goOffline()
  await shows(app, '离线码')
  await house.holds(app, codePage, mode)
  await app.goOnline()
  await app.waitFor(() => !app.text().includes('离线码'))

  await app.press(/^在哪里能用/)
  await shows(app, '大厅取号')
  await house.holds(app, 'features/code/scenes/index', mode)
}

/** A licence shown and verified on another phone, which is not signed in; then who has been given what of it. */
async function licenceIn(context: TestContext, app: App, mode: Mode) {
  const room = (page: string) => `features/licence/${page}/index`
  await app.go('reLaunch', `/${room('list')}`)
  const cards = () => app.allByRole('link', /^社会保障卡/)
  await app.waitFor(() => app.allByRole('button', '全部领取').length + cards().length > 0)
  for (const button of app.allByRole('button', '全部领取')) await app.tap(button)
  await app.waitFor(() => cards().length > 0)
  for (const button of app.allByRole('button', /^看全部/)) await app.tap(button)
  await app.press(/^居民身份证/)
  await shows(app, '从哪里来')
  await house.holds(app, room('detail'), mode)

  await app.press('亮证')
  await app.waitFor(() => app.allByRole('radio', '核对身份').length > 0)
  await app.tap(app.byRole('radio', '核对身份'))
  await house.holds(app, room('present'), mode)

  // The other phone is ready before the code is shown, which is good for a minute.
  const other = await openApp(context, house.world, mode === 'elder' ? elderPhoneOf('verifier-elder') : phoneOf('verifier'))
  await other.go('navigateTo', `/${room('verify')}`)
  await house.holds(other, room('verify'), mode)
  await read(app)
  await app.tap(app.byRole('button', '亮证'))
  await app.waitFor(() => app.allByRole('img', /^亮证码/).length > 0)
  await house.holds(app, room('present'), mode)
  other.device.answers.scan.push(await house.decoded(app, '.stage-qr'))
  await other.press('扫对方的亮证码')
  await shows(other, '是真的，现在有效')
  await house.holds(other, room('verify'), mode)

  await app.back()
  await app.press(/^用证记录/)
  await shows(app, '核对身份')
  await house.holds(app, room('grants'), mode)
}

weappTest('小程序里普通版与大字版都没有毛病：亮码（在线、问你同不同意、已失效、离线）、场景、照面、亮证、核验、用证记录', async (context) => {
  const app = await openApp(context, house.world, phoneOf('mother-pages'))
  await signIn(app, await webViewOf(context), /妈妈，已婚/)
  await read(app)
  for (const mode of ['normal', 'elder'] as const) {
    await codeIn(app, mode)
    await licenceIn(context, app, mode)
  }
  assert.deepEqual(app.errors, [])
})
