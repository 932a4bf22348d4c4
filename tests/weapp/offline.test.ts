import assert from 'node:assert/strict'
import { after, before, type TestContext } from 'node:test'
import type { World } from '../e2e/support/world'
import type { App } from './harness/app'
import { weappTest } from './harness/weapp-test'
import { answer, confirmAndTick, deferPhoto, fillForm, read, signIn, toPlan } from './walk'
import { ledger, openApp, phoneOf, reopen, startHouse, webViewOf } from './world'

let world: World
before(async () => {
  world = await startHouse({ script: false })
})
after(() => world.stop())

const shows = (app: App, text: string) => app.waitFor(() => app.text().includes(text))

/** Somebody signed in on a phone, with a draft filled in: no other parent is needed, only the child's photo is left. */
async function withDraft(context: TestContext, owner: string): Promise<{ app: App; inWebView: Awaited<ReturnType<typeof webViewOf>> }> {
  const inWebView = await webViewOf(context)
  const app = await openApp(context, world, phoneOf(owner))
  await signIn(app, inWebView, /妈妈，未婚/)
  await toPlan(app, '未婚或非婚生育')
  await app.press(/^开始填写/)
  await fillForm(app)
  await shows(app, '已保存')
  return { app, inWebView }
}

const openDraft = async (app: App) => {
  await shows(app, '继续办「出生一件事」')
  await app.press(/继续办「出生一件事」/)
  await app.waitFor(() => app.allByRole('textbox', /^宝宝姓名/).length > 0)
}

weappTest('断网冷启动：看过的都还能看，草稿接着写；连上网自己存上，换一部手机也看得到', async (context) => {
  let { app } = await withDraft(context, 'writer')
  await app.go('navigateTo', '/features/licence/list/index')
  await shows(app, '居民身份证')
  await app.go('switchTab', '/pages/home/index')
  await shows(app, '继续办「出生一件事」')

  app.device.online = false
  app = await reopen(context, app)
  await openDraft(app)
  await shows(app, '没有网络')
  assert.equal(app.attr(app.byRole('textbox', /^宝宝姓名/), 'value'), '林小演')
  await app.input(app.byRole('textbox', /^宝宝姓名/), '苏小雨')
  await app.go('navigateTo', '/features/licence/list/index')
  await shows(app, '居民身份证')

  // 还没连上网又被关掉：写的字还在
  app = await reopen(context, app)
  await openDraft(app)
  assert.equal(app.attr(app.byRole('textbox', /^宝宝姓名/), 'value'), '苏小雨')
  await app.goOnline()
  await shows(app, '已保存')

  const other = await openApp(context, world, phoneOf('writer'))
  await other.press('登录')
  await other.press('微信快捷登录')
  for (const box of other.allByRole('checkbox')) await other.tap(box)
  await other.press('同意所选，去登录')
  await other.waitFor(() => other.page.path === 'pages/home/index')
  await openDraft(other)
  assert.equal(other.attr(other.byRole('textbox', /^宝宝姓名/), 'value'), '苏小雨')
})

weappTest('断网时签名提交：看得见在等；连上网自己送出去，只送一次', async (context) => {
  const { app, inWebView } = await withDraft(context, 'signer')
  await app.press('下一步：材料')
  await deferPhoto(app)
  await app.press('下一步：核对签名')
  await confirmAndTick(app, inWebView)
  await app.goOffline()
  await app.press('签名并提交')
  await shows(app, '正在等网络')
  await app.press('等网络恢复后自动提交').then(
    () => assert.fail('the waiting button can be pressed'),
    (error: Error) => assert.match(error.message, /disabled/)
  )
  assert.deepEqual((await ledger(world)).cases, [])

  await read(app)
  await app.goOnline()
  await app.waitFor(() => app.page.path === 'features/bundle/done/index')
  await shows(app, '接下来')
  await app.waitFor(async () => (await ledger(world)).cases.length > 0)
  await read(app)
  await app.go('switchTab', '/pages/progress/index')
  await shows(app, '全部办件')
  assert.equal(app.allByRole('link', /^出生一件事/).length, 1)
})

weappTest('退出登录：手机里不留个人信息，重新打开也不会自己登录', async (context) => {
  let { app } = await withDraft(context, 'leaver')
  await app.go('navigateTo', '/features/licence/list/index')
  await shows(app, '居民身份证')
  const { storage } = app.device
  const kept = () => storage.keys.map((key) => `${key} ${JSON.stringify(storage.get(key))}`).join('\n')
  assert.match(kept(), /苏/)
  assert.match(kept(), /林小演/)

  await app.go('navigateTo', '/features/identity/account/index')
  await app.press('退出登录')
  await answer(app, '退出登录')
  await app.waitFor(() => !storage.has('zsb.kept.me'))
  assert.doesNotMatch(kept(), /苏\*|苏演示|林小演|\d\*{4,}/)
  assert.deepEqual(
    storage.keys.filter((key) => key.startsWith('zsb.kept.') && !key.startsWith('zsb.kept.public/')),
    []
  )
  app = await reopen(context, app)
  await app.waitFor(() => app.allByRole('button', '登录').length > 0)
  assert.equal(app.calls.some(([name]) => name === 'login'), false)
})
