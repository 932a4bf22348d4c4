import assert from 'node:assert/strict'
import { createPublicKey, verify } from 'node:crypto'
import { after, before, test, type TestContext } from 'node:test'
import type { Page } from 'playwright-core'
import type { CodeIssuer } from '../../contract/codes'
import type { AwaitedReading, ReadCode } from '../../contract/gateways/readers'
import { readOffline } from '../../domain/code/offline'
import { enter } from './support/affair'
import { auditInBothModes, auditPage } from './support/audit'
import { shellKept, withPhone, type Phone } from './support/browser'
import { pressByKeyboard } from './support/keyboard'
import { readQr, seekQr } from './support/qr'
import { becomes, counts } from './support/until'
import { startWorld, type World } from './support/world'

const noNetwork = /ERR_INTERNET_DISCONNECTED|ERR_FAILED|WebSocket|status of 50[23]/

/** The links of Taro's tab bar are javascript: addresses, which our policy refuses; what goes there is the bar's own click handler. */
const tabLinks = /JavaScript URL violates|script-src-elem inline/

let world: World
before(async () => {
  world = await startWorld({ script: false })
})
after(() => world.stop())

const picture = (page: Page) => page.getByRole('img', { name: '苏服码二维码，给工作人员扫' })
const keptKeys = (page: Page) => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('zsb.kept.code/')))

async function codeOf(context: TestContext, displayName: RegExp): Promise<Phone> {
  const phone = await withPhone(context)
  phone.expect(noNetwork)
  phone.expect(tabLinks)
  await enter(world, phone.page, displayName)
  await phone.page.goto(`${world.origin}/pages/code/index`)
  await picture(phone.page).waitFor()
  return phone
}

/** What a decoder that knows nothing of ours reads on the phone's screen: the code, or the one that comes after `before`. */
const codeOn = (page: Page, before?: string) => readQr(() => page.screenshot(), before)

async function scan(code: string, scene = 'queue', reader = 'hall-desk') {
  const response = await fetch(`${world.mockOrigin}/mock/readers/scan`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ reader, scene, code })
  })
  return { status: response.status, body: (await response.json()) as unknown }
}

function verifyWithNode(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url') }, format: 'jwk' })
  return verify(null, message, key, signature)
}

async function readWithoutNetwork(text: string) {
  const issuer = (await (await fetch(`${world.origin}/api/v1/codes/issuer`)).json()) as CodeIssuer
  const keys = Object.fromEntries(issuer.keys.map(({ number, publicKey }) => [number, new Uint8Array(Buffer.from(publicKey, 'base64url'))]))
  return readOffline(text, { issuers: { [issuer.issuer]: keys }, now: Math.floor(Date.now() / 1000), verify: verifyWithNode })
}

test('亮码：从首页点一下就到；手机屏幕上的码独立解码器读得出、核码端读得成；马上换新，说清谁在哪里读了哪几格', async (context) => {
  const { page } = await codeOf(context, /林演示/)
  await page.goto(`${world.origin}/pages/home/index`)
  await page.locator('taro-tabbar').getByText('苏服码', { exact: true }).click()
  await picture(page).waitFor()
  const box = await picture(page).boundingBox()
  assert.ok(box && Math.min(box.width, box.height) * (29 / 37) >= 220, JSON.stringify(box))
  const text = await codeOn(page)
  assert.match(text, /^SFM320281:/)
  const { status, body } = await scan(text)
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual((body as ReadCode).fields[0], { key: 'identity.name', name: '姓名（打码）', text: '林*', yes: null })
  await page.getByRole('heading', { name: '大厅取号 · 已读' }).waitFor()
  for (const words of ['江阴市政务服务中心（演示）', '一楼综合窗口', '在政务服务大厅取号、叫号', /姓名（打码）、.*末四位/]) {
    await page.getByText(words).first().waitFor()
  }
  const next = await codeOn(page, text)
  assert.equal((await scan(text)).status, 409, '用过的再也读不成')
  assert.equal((await scan(next)).status, 200)
  await page.getByRole('link', { name: /去足迹里看/ }).click()
  await page.getByRole('heading', { name: '谁看过我的信息', level: 1 }).waitFor()
})

test('要点头的场景：写清谁、看什么、凭什么、留多久；先不答、在别的页面也找得回来；同意了对方才看到', async (context) => {
  const { page } = await codeOf(context, /陈演示/)
  const first = await codeOn(page)
  const asked = await scan(first, 'counter')
  assert.equal(asked.status, 202, JSON.stringify(asked.body))
  const dialog = page.getByRole('dialog')
  await dialog.getByText(/江阴市政务服务中心（演示） 想看：.*；用于：/).waitFor()
  for (const words of ['一楼综合窗口', '国务院关于在线政务服务的若干规定', '最多留 30 天']) await dialog.getByText(words).waitFor()
  await dialog.getByRole('button', { name: '关闭' }).click()
  await page.getByRole('button', { name: /等你答复/ }).waitFor()
  await page.locator('taro-tabbar').getByText('进度', { exact: true }).click()
  await page.getByRole('link', { name: /江阴市政务服务中心（演示） 想看你的信息/ }).filter({ visible: true }).click()
  await page.getByRole('button', { name: /等你答复/ }).click()
  await dialog.getByRole('button', { name: '同意', exact: true }).click()
  await page.getByRole('heading', { name: /窗口办事 · 已读/ }).waitFor()
  const { readingId } = asked.body as AwaitedReading
  assert.match(readingId, /^[0-9a-f-]{36}$/)

  const second = await codeOn(page, first)
  assert.equal((await scan(second, 'counter')).status, 202)
  await dialog.getByRole('button', { name: '不同意' }).waitFor()
  await auditPage(page)
  await dialog.getByRole('button', { name: '不同意' }).click()
  await page.getByText('你没有同意，对方什么也没看到').waitFor()
  await codeOn(page, second)
})

test('就医：医院的核码端扫妈妈的码挂号；手机上写清要姓名、参保状态；同意了它正好看到这两格，不同意什么也看不到', async (context) => {
  const { page } = await codeOf(context, /林演示/)
  const { page: reader } = await withPhone(context)
  const dialog = page.getByRole('dialog')
  const askedFor = '江阴市人民医院（演示） 想看：姓名、参保状态；用于：挂号'
  let last: string | undefined
  async function scanForClinic(): Promise<void> {
    let screen: Buffer = Buffer.alloc(0)
    last = await readQr(async () => (screen = await page.screenshot()), last)
    await reader.goto(`${world.mockOrigin}/mock/readers?reader=hospital-desk`)
    await reader.getByLabel('场景').selectOption('就医挂号')
    const file = { name: 'screen.png', mimeType: 'image/png', buffer: screen }
    await reader.getByLabel('亮码页的截屏或照片').setInputFiles(file)
    await reader.getByRole('button', { name: '联网读' }).click()
    await reader.getByText('等亮码人点头', { exact: true }).waitFor()
    await dialog.getByText(askedFor).waitFor()
  }
  await scanForClinic()
  for (const words of ['门诊挂号收费处', /医疗保障基金使用监督管理条例/, '最多留 1 天']) await dialog.getByText(words).waitFor()
  await auditPage(page)
  await dialog.getByRole('button', { name: '同意', exact: true }).click()
  await page.getByRole('heading', { name: /就医挂号 · 已读/ }).waitFor()
  await reader.getByText('读到了', { exact: true }).waitFor()
  await becomes(() => reader.locator('dl > *').allInnerTexts(), ['姓名', '林演示', '参保状态', '正常参保'])
  const body = await reader.locator('body').innerText()
  for (const beyond of ['职工医保', '320281']) assert.ok(!body.includes(beyond), beyond)

  await scanForClinic()
  await dialog.getByRole('button', { name: '不同意' }).click()
  await reader.getByText('没有读到', { exact: true }).waitFor()
  assert.ok(!(await reader.locator('body').innerText()).includes('林演示'))
  await page.goto(`${world.origin}/features/message/traces/index`)
  await page.getByRole('tab', { name: '核码', exact: true }).click()
  const traces = page.locator('.card').filter({ hasText: '江阴市人民医院（演示）门诊挂号收费处' })
  await traces.filter({ hasText: '看了：姓名、参保状态' }).getByText(/用于：挂号.*你点了同意/).waitFor()
  await traces.filter({ hasText: '没让看' }).getByText(/没有给：你没有同意/).waitFor()
})

test('断网自己换成离线码，读码器断着网验得过；关掉重开也有，一个请求不发；连上网自己换回来', async (context) => {
  const { page, context: browser, goOffline, goOnline } = await codeOf(context, /苏演示/)
  await page.waitForFunction(() => Object.keys(localStorage).some((key) => key.startsWith('zsb.kept.code/')))
  await shellKept(page)
  await goOffline()
  await page.getByText('离线码', { exact: true }).waitFor()
  await page.getByText(/没有网络，这是离线码，能用到/).waitFor()
  const read = await readWithoutNetwork(await codeOn(page))
  assert.ok(read.ok, JSON.stringify(read))
  assert.deepEqual([read.code.certificate.name, read.code.certificate.holder], ['苏*', 'person'])

  const cold = await browser.newPage()
  await page.close()
  const sent: string[] = []
  cold.on('request', (request) => void (/\/(api|mock)\//.test(request.url()) && sent.push(request.url())))
  await cold.goto(`${world.origin}/pages/code/index`)
  await cold.getByText('离线码', { exact: true }).waitFor()
  assert.ok((await readWithoutNetwork(await codeOn(cold))).ok)
  assert.deepEqual(sent, [])
  await auditPage(cold)
  await goOnline()
  await cold.getByText('离线码', { exact: true }).waitFor({ state: 'detached' })
  assert.equal((await scan(await codeOn(cold))).status, 200)
})

test('没有离线码又断了网：遮住旧码，解码器读不出，写明怎么办；连上网就恢复', async (context) => {
  const phone = await withPhone(context)
  phone.expect(noNetwork)
  phone.expect(/codes\/certificates/)
  await enter(world, phone.page, /顾演示/)
  const { page, goOffline, goOnline } = phone
  await page.route('**/codes/certificates', (route) => route.abort())
  await page.goto(`${world.origin}/pages/code/index`)
  await picture(page).waitFor()
  await codeOn(page)
  await goOffline()
  await page.getByText('已失效', { exact: true }).first().waitFor()
  await page.getByText(/连一次网.*急用请出示身份证/).waitFor()
  await becomes(async () => seekQr(await page.screenshot()), undefined)
  assert.deepEqual(await keptKeys(page), [])
  await auditPage(page)
  await goOnline()
  await page.getByText('已失效', { exact: true }).first().waitFor({ state: 'detached' })
  await codeOn(page)
})

test('个人码换成企业码：始终写明是谁的；读到的是企业；退出登录，钥匙不留在手机上', async (context) => {
  const { page } = await codeOf(context, /沈演示/)
  await page.getByText('我自己的码').waitFor()
  const own = await codeOn(page)
  await pressByKeyboard(page, 'button', /^企业/)
  await page.getByText('企业的码，我是法定代表人').waitFor()
  await page.getByText('企业码', { exact: true }).waitFor()
  const { status, body } = await scan(await codeOn(page, own))
  assert.equal(status, 200, JSON.stringify(body))
  assert.equal((body as ReadCode).holder, 'company')
  await page.waitForFunction(() => Object.keys(localStorage).filter((key) => key.startsWith('zsb.kept.code/')).length > 1)
  await page.getByRole('button', { name: /^本人/ }).click()
  await page.getByText('我自己的码').waitFor()
  await page.goto(`${world.origin}/features/identity/account/index`)
  await page.getByRole('button', { name: '退出登录' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '退出登录' }).click()
  await page.waitForURL(/pages\/home/)
  await becomes(() => keptKeys(page), [])
})

test('亮码页、场景页没有毛病；登录前说清为什么要登录', async (context) => {
  const stranger = await withPhone(context)
  await stranger.page.goto(`${world.origin}/pages/code/index`)
  await auditInBothModes(stranger.page, () => stranger.page.getByText('登录后，一个码到处能用').waitFor())
  const { page } = await codeOf(context, /沈演示/)
  await auditInBothModes(page, () => picture(page).waitFor())
  await page.goto(`${world.origin}/features/code/scenes/index`)
  await auditInBothModes(page, () => page.getByRole('heading', { name: '大厅取号' }).waitFor())
  await counts(page.getByRole('list', { name: '能亮码的场景' }).getByRole('listitem'), 27)
})
