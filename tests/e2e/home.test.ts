import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { DraftSummary } from '../../contract/drafts'
import { auditPage } from './support/audit'
import { shellKept, withPhone } from './support/browser'
import { escapeFrom } from './support/keyboard'
import { signInAs } from './support/signin'
import { becomes, counts } from './support/until'
import { startWorld, type World } from './support/world'

let world: World
before(async () => { world = await startWorld() })
after(() => world.stop())

const concerns = (page: Page) => page.getByRole('heading', { name: '与我有关' })

/** A draft made the way another device of the same person would: through the API, with this browser's own session. */
async function startDraft(page: Page, bundleId: string): Promise<DraftSummary> {
  const renewed = await page.request.post(`${world.origin}/api/v1/identity/refresh`, { headers: { 'x-csrf-token': 'fetch' }, data: {} })
  const { accessToken } = (await renewed.json()) as { accessToken: string }
  const headers = { authorization: `Bearer ${accessToken}` }
  const made = await page.request.post(`${world.origin}/api/v1/drafts`, { headers, data: { bundleId, answers: {}, picks: [] } })
  assert.equal(made.status(), 201)
  return (await made.json()) as DraftSummary
}

test('没登录也能用：城市、搜索、人生十个阶段；还没上线的说去哪里办', async (context) => {
  const { page } = await withPhone(context)
  await page.goto(world.origin)
  await page.getByText('演示环境，数据均为虚构').waitFor()
  const stages = page.getByRole('list', { name: '人生的十个阶段' }).getByRole('listitem')
  await becomes(
    async () => (await stages.allInnerTexts()).map((name) => name.trim()),
    ['出生', '入学', '就业', '失业', '结婚', '离婚', '人才引进', '退休', '军人退役', '身后']
  )
  await page.getByText('登录后，没办完的事').waitFor()
  await page.getByRole('button', { name: /^入学/ }).click()
  await page.getByRole('dialog', { name: /入学/ }).getByText(/便民服务中心/).waitFor()
  await escapeFrom(page, page.getByRole('dialog'))
  await page.getByRole('button', { name: '看企业的事' }).click()
  await counts(page.getByRole('list', { name: '企业的七个阶段' }).getByRole('listitem'), 7)
  await page.getByRole('button', { name: '看个人的事' }).click()
  await page.getByRole('link', { name: '出生' }).click()
  await page.waitForURL(/\/features\/bundle\/intro\/index\?id=/)
})

test('头一回打开，没有一个文件找不到；图标是自己画的', async (context) => {
  const { page } = await withPhone(context)
  const missing: string[] = []
  page.on('response', (reply) => { if (reply.status() >= 400 && !reply.url().includes('/api/')) missing.push(reply.url()) })
  await page.goto(world.origin)
  await page.getByRole('list', { name: '人生的十个阶段' }).waitFor()
  const named = await page.locator('link[rel~=icon]').evaluateAll((links) => links.map((link) => (link as HTMLLinkElement).href))
  assert.notDeepEqual(named, [])
  for (const url of [...named, `${world.origin}/favicon.ico`]) {
    const reply = await page.request.get(url)
    assert.deepEqual([reply.status(), reply.headers()['content-type']], [200, 'image/png'], url)
  }
  assert.deepEqual(missing, [])
})

test('搜索：俗称和拼音都搜得到；搜不到给建议和 12345', async (context) => {
  const { page } = await withPhone(context)
  await page.goto(world.origin)
  await page.getByRole('link', { name: /想办什么/ }).click()
  const box = page.getByLabel('搜要办的事')
  await box.fill('luohu')
  await page.getByRole('link', { name: /落户/ }).first().waitFor()
  await box.fill('飞碟')
  await page.getByText('没找到这件事').waitFor()
  await page.getByRole('button', { name: /打 12345/ }).waitFor()
  await page.getByRole('button', { name: '出生一件事' }).click()
  await page.getByRole('link', { name: /出生一件事/ }).first().click()
  await page.waitForURL(/\/features\/bundle\/intro\/index\?id=/)
})

test('办事：按阶段列出一件事和能省多少，个人、企业分开；阶段页也能进', async (context) => {
  const { page } = await withPhone(context)
  await page.goto(`${world.origin}/pages/services/index`)
  await page.getByRole('link', { name: /出生一件事.*比单办最多省 \d+ 次申请/s }).waitFor()
  await page.getByRole('tab', { name: '企业' }).click()
  await page.getByRole('link', { name: /企业开办一件事/ }).waitFor()
  await counts(page.getByRole('link', { name: /出生一件事/ }), 0)
  await page.goto(`${world.origin}/features/catalogue/stage/index?id=birth`)
  await page.getByRole('link', { name: /出生一件事/ }).waitFor()
})

test('登录后：草稿可以接着办，快到期的证照有期限；没有网络、重新打开，首页和留着的进度还在', async (context) => {
  const { page, context: phone, goOffline, goOnline, expect } = await withPhone(context)
  await signInAs(page, world.origin, /林演示/)
  await concerns(page).waitFor()
  const { bundleName } = await startDraft(page, 'newborn')
  await page.reload()
  const draft = page.getByRole('link', { name: new RegExp(`继续办「${bundleName}」`) })
  await draft.waitFor()
  await draft.filter({ hasText: /填好 \d+ 项，共 \d+ 项/ }).waitFor()
  await shellKept(page)
  expect(/ERR_INTERNET_DISCONNECTED|ERR_FAILED|ERR_CONNECTION_REFUSED/)
  await goOffline()
  const cold = await phone.newPage()
  await page.close()
  await cold.goto(`${world.origin}/pages/home/index`)
  await cold.getByRole('link', { name: new RegExp(`继续办「${bundleName}」`) }).waitFor()
  await cold.getByText(/没有网络，下面是/).first().waitFor()
  await cold.getByRole('list', { name: '人生的十个阶段' }).waitFor()
  const keptByWorker = await cold.evaluate(async () => {
    const names = await caches.keys()
    const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))
    return kept.flat().map(({ url }) => new URL(url).pathname)
  })
  assert.deepEqual(keptByWorker.filter((path) => /^\/(api|mock)/.test(path)), [], '接口的答复从不进缓存')
  await goOnline()
  await cold.evaluate(() => window.dispatchEvent(new Event('online')))
  await cold.getByText(/没有网络，下面是/).first().waitFor({ state: 'detached' })
})

test('我的、消息、足迹：查过谁的什么都记着', async (context) => {
  const { page } = await withPhone(context)
  await signInAs(page, world.origin, /沈演示/, { path: '/pages/me/index' })
  await page.getByRole('link', { name: /谁看过我的信息/ }).click()
  await page.getByText('核对名下企业').waitFor()
  await page.getByText('查取了：营业执照').waitFor()
  await page.goto(`${world.origin}/features/message/inbox/index`)
  await page.getByText('还没有消息').waitFor()
})

test('替企业办：选了以后处处写明替谁，刷新还在；换回自己就不再写', async (context) => {
  const { page } = await withPhone(context)
  await signInAs(page, world.origin, /沈演示/, { path: '/features/identity/account/index' })
  await page.getByRole('radio', { name: /有限公司/ }).check()
  await page.goto(`${world.origin}/pages/home/index`)
  const marked = page.getByRole('link', { name: /现在替企业「.*有限公司」办/ })
  await marked.waitFor()
  await marked.click()
  await page.getByRole('radio', { name: /我自己/ }).check()
  await page.getByText('现在给自己办').first().waitFor()
  await page.goto(`${world.origin}/pages/home/index`)
  await concerns(page).waitFor()
  await counts(marked, 0)
})

test('大字版：一按就大，刷新还大；首页只有四个大块、要紧的事、请家人帮忙和 12345', async (context) => {
  const { page } = await withPhone(context)
  await page.goto(world.origin)
  await page.getByRole('button', { name: '换成大字版' }).click()
  for (const tile of [/要办事/, /看进度/, /我的证照/, /看消息/]) await page.getByRole('link', { name: tile }).waitFor()
  await page.getByRole('link', { name: /请家人帮我办/ }).waitFor()
  await page.getByRole('button', { name: /打 12345 找人帮忙/ }).waitFor()
  await counts(page.getByRole('list', { name: '人生的十个阶段' }), 0)
  await page.reload()
  await page.getByRole('button', { name: '退出大字版' }).click()
  await page.getByRole('list', { name: '人生的十个阶段' }).waitFor()
})

for (const elder of [false, true]) {
  test(`首页、办事、搜索、阶段、我的、消息、足迹各页没有毛病${elder ? '（大字版）' : ''}`, async (context) => {
    const { page } = await withPhone(context, { origin: world.origin, elder })
    const visit = async (path: string, ready: string | RegExp) => {
      await page.goto(world.origin + path)
      await page.getByText(ready).first().waitFor()
      await auditPage(page, { elder })
    }
    await visit('/pages/home/index', '演示环境，数据均为虚构')
    await visit('/pages/services/index', '出生一件事')
    await visit('/features/catalogue/search/index', '大家可以试试')
    await page.getByLabel('搜要办的事').fill('飞碟')
    await page.getByText('没找到这件事').waitFor()
    await auditPage(page, { elder })
    await visit('/features/catalogue/stage/index?id=birth', '出生一件事')
    await visit('/pages/me/index', '登录后这里是你的')
    await signInAs(page, world.origin, /徐演示/)
    await visit('/pages/home/index', /快到期|现在没有等你办的事/)
    await visit('/pages/me/index', '账号与安全')
    await visit('/features/message/inbox/index', '还没有消息')
    await visit('/features/message/traces/index', /查取了/)
  })
}
