import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { LibraryControl } from '../../mock/licence-library/actions'
import { decodeQr } from '../e2e/support/qr'
import type { App } from './harness/app'
import { weappTest } from './harness/weapp-test'
import { paintedHouse, shows } from './painted'
import { answer, read, signIn } from './walk'
import { elderPhoneOf, openApp, phoneOf, webViewOf } from './world'

const room = 'features/licence'

const house = paintedHouse()

/** Signed in, all that the library has for her claimed. */
async function withWallet(context: TestContext, phone = phoneOf('mother-wallet'), webView = webViewOf(context)): Promise<App> {
  const inWebView = await webView
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
  await app.press(/^信息有误？/)
  await app.press('请发证机关核对')
  await shows(app, '错误：请写应该是什么')
  await house.holds(app, `${room}/detail/index`)
  await app.change(app.byRole('button', /^哪一格不对/), 0)
  await app.input(app.byRole('textbox', /^应该是什么/), '林演')
  await app.press('请发证机关核对')
  await shows(app, '你说「姓名」有误')
  await house.holds(app, `${room}/detail/index`)

  await app.press('亮证')
  await app.waitFor(() => app.allByRole('checkbox', /^姓名/).length > 0)
  for (const box of app.allByRole('checkbox')) if (String(app.aria(box, 'checked')) === 'true') await app.tap(box)
  await app.tap(app.byRole('checkbox', /^姓名/))
  await app.tap(app.byRole('radio', '核对身份'))
  await house.holds(app, `${room}/present/index`)

  // 对方先备好，再亮：码只有一分钟
  const other = await openApp(context, house.world, phoneOf('nobody'))
  await other.go('navigateTo', `/${room}/verify/index`)
  await house.holds(other, `${room}/verify/index`)
  await read(app)
  await app.tap(app.byRole('button', '亮证'))
  await app.waitFor(() => app.allByRole('img', /^亮证码/).length > 0)
  await house.holds(app, `${room}/present/index`)
  const href = decodeQr(await house.view.page.locator('.stage-qr').screenshot())
  assert.equal(new URL(await href).origin, house.world.origin)
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

/** Something happens to her ID card at the source; back when the platform has taken note of it. */
async function atTheSource(app: App, action: LibraryControl['action']) {
  const library = `${house.world.mockOrigin}/mock/licence-library`
  const control = { action, holderIdCode: '320281199501010026', type: 'id-card' } satisfies LibraryControl
  const headers = { 'content-type': 'application/json' }
  const reply = await fetch(`${library}/control`, { method: 'POST', headers, body: JSON.stringify(control) })
  assert.equal(reply.status, 200, await reply.text())
  await app.waitFor(async () => {
    const { changes } = (await (await fetch(`${library}/ledger.json`)).json()) as { changes: { outcome: string | null }[] }
    return changes.at(-1)?.outcome === 'delivered'
  })
}

weappTest('小程序里下载 PDF：带本人的令牌取，查看器打开，收到的人核得出真；取不到、打不开各说原因；退出登录就删掉', async (context) => {
  const phone = phoneOf('mother-pdf')
  const inWebView = webViewOf(context)
  const app = await withWallet(context, phone, inWebView)
  await openLicence(app, /^居民身份证/)
  const download = async (said: string) => {
    await app.tap(app.byRole('button', '下载 PDF'))
    await shows(app, said)
  }
  const kept = () => phone.filesIn(phone.userFolder)

  await download('下载前要再确认一次是你本人')
  assert.deepEqual(kept(), [], '拒绝的答复不当成文件留着')
  await app.press('确认是我本人')
  await (
    await inWebView
  )(app, /确认本人操作/)
  await app.waitFor(() => app.allByRole('button', '下载 PDF').length > 0)
  await download('已打开，右上角可以转发、保存')
  await house.holds(app, `${room}/detail/index`)
  const [asked] = app.calls.filter(([name]) => name === 'downloadFile').map(([, options]) => options)
  assert.match(String(asked?.url), /\/api\/v1\/licences\/[0-9a-f-]{36}\/pdf$/)
  assert.match((asked?.header as Record<string, string>).authorization ?? '', /^Bearer ./)
  const [opened] = phone.opened
  assert.deepEqual([opened?.filePath, opened?.showMenu], [`${phone.userFolder}/居民身份证.pdf`, true])

  const other = await openApp(context, house.world, phoneOf('given-pdf'))
  await other.go('navigateTo', `/${room}/verify/index`)
  other.device.answers.media.push([{ name: '居民身份证.pdf', bytes: opened?.bytes ?? Buffer.alloc(0) }])
  await other.press('选一份 PDF')
  await shows(other, '是真的，现在有效')

  await app.goOffline()
  await download('网络断了，请求没有送到')
  await app.goOnline()
  phone.answers.viewer.push(false)
  await download('这部手机打不开 PDF')
  await house.holds(app, `${room}/detail/index`)
  assert.deepEqual(kept(), [], '打不开的不留着')

  // 连线断着，这一页不知道证照变了
  phone.socketsPass = false
  app.runtime.cutConnections()
  await atTheSource(app, 'suspend')
  await download('这本证照现在不能用')
  await atTheSource(app, 'resume')
  await download('已打开')
  assert.deepEqual(kept(), ['居民身份证.pdf'])

  await app.go('navigateTo', '/features/identity/account/index')
  await app.waitFor(() => app.allByRole('button', '退出登录').length > 0)
  await app.press('退出登录')
  await answer(app, '退出登录')
  await app.waitFor(() => kept().length === 0)
  assert.deepEqual(app.errors, [])
})
