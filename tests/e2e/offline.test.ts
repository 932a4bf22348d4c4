import assert from 'node:assert/strict'
import { after, before, test, type TestContext } from 'node:test'
import type { Page } from 'playwright-core'
import type { Draft } from '../../contract/drafts'
import type { SubmissionList } from '../../contract/submissions'
import { api, complete } from '../server/journey'
import type { Browser } from '../server/sign-in'
import { draftAnew, enter, submitAffair } from './support/affair'
import { shellKept, withPhone, type Phone } from './support/browser'
import { confirmIdentity } from './support/signin'
import { becomes, counts, holds } from './support/until'
import { startWorld, type World } from './support/world'

const birth = { bundleId: 'newborn', answers: { born: 'here', hukou: 'jy', wed: 'single', ins: 'emp', sub: 'y' } }
const noNetwork = /ERR_INTERNET_DISCONNECTED|ERR_FAILED|ERR_CONNECTION_REFUSED|ERR_NETWORK|WebSocket|status of 50[23]/

let world: World
before(async () => {
  world = await startWorld({ script: false })
})
after(() => world.stop())

async function phoneOf(context: TestContext, displayName: RegExp): Promise<Phone & { browser: Browser }> {
  const phone = await withPhone(context)
  phone.expect(noNetwork)
  const browser = await enter(world, phone.page, displayName)
  return { ...phone, browser }
}

async function read(page: Page, path: string, ready: string | RegExp) {
  await page.goto(world.origin + path)
  await page.getByText(ready).first().waitFor()
}

const submissionsOf = (browser: Browser) => api<SubmissionList>(browser, 'GET', '/submissions')

/** A draft that lacks nothing but the signature. */
async function readyDraft(browser: Browser): Promise<Draft> {
  return complete(browser, await draftAnew(browser, birth.bundleId, birth.answers))
}

/** On the page of signing: confirmed who it is, all promises ticked, nothing sent yet. */
async function readyToSign(page: Page, draft: Draft) {
  await read(page, `/features/bundle/sign/index?draft=${draft.id}`, '请逐项阅读，同意的勾上')
  await page.getByRole('checkbox').first().waitFor()
  for (const box of await page.getByRole('checkbox').all()) await box.check()
  await page.getByRole('button', { name: '确认是我本人' }).click()
  await confirmIdentity(page)
  await page.getByRole('button', { name: '签名并提交' }).waitFor()
}

test('没有网络、重新打开：看过的首页、进度、办件、证照、方案和草稿都还能看；接口的答复不进缓存', async (context) => {
  const { page, context: browserContext, browser, goOffline } = await phoneOf(context, /苏演示/)
  const submission = await submitAffair(world, page, browser, birth)
  const draft = await draftAnew(browser, 'retirement', {})
  const subject = submission.cases[0]
  assert.ok(subject)
  const pages: [string, string | RegExp][] = [
    ['/pages/home/index', /继续办「退休一件事」/],
    ['/pages/progress/index', /件有结果/],
    [`/features/case/submission/index?id=${submission.id}`, '谁先谁后'],
    [`/features/case/detail/index?id=${subject.id}`, '走到哪了'],
    ['/features/licence/list/index', /居民身份证/],
    [`/features/bundle/form/index?draft=${draft.id}`, '下一步：材料'],
    ['/features/bundle/intro/index?id=newborn', '一起办，最多能省']
  ]
  for (const [path, ready] of pages) await read(page, path, ready)
  await shellKept(page)
  await goOffline()
  const cold = await browserContext.newPage()
  await page.close()
  for (const [path, ready] of pages) {
    await read(cold, path, ready)
    await cold.getByText(/没有网络/).first().waitFor()
  }
  await counts(cold.getByRole('alert').filter({ visible: true }), 0, '看过的不显示成出错')
  const cached = await cold.evaluate(async () => {
    const keys = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()))
    return keys.flat().map(({ url }) => new URL(url).pathname)
  })
  assert.deepEqual(cached.filter((path) => /^\/(api|mock)/.test(path)), [])
})

test('没有网络也能看自己的方案；没看过的页面说清缺网络，不是空白', async (context) => {
  const { page, goOffline } = await phoneOf(context, /苏演示/)
  await page.goto(`${world.origin}/features/bundle/questions/index?id=newborn`)
  for (const answer of ['江阴市内医院', '江阴', '未婚或非婚生育', '母亲职工医保', '是']) {
    await page.getByText(answer, { exact: true }).click()
    await page.getByRole('button', { name: '下一步' }).click()
  }
  await page.getByRole('button', { name: '看我的办理方案' }).click()
  await page.getByText(/免提交/).first().waitFor()
  await shellKept(page)
  await goOffline()
  await page.reload()
  await page.getByText(/免提交/).first().waitFor()
  await page.goto(`${world.origin}/features/case/detail/index?id=018f0000-0000-7000-8000-000000000000`)
  await page.getByText('网络断了，请求没有送到').waitFor()
  await page.getByText(/连上网后/).first().waitFor()
})

test('断网填表：先存在手机上，关掉重开还在，连上网自己存到服务器', async (context) => {
  const { page, context: browserContext, browser, goOffline, goOnline } = await phoneOf(context, /苏演示/)
  const draft = await draftAnew(browser, birth.bundleId, birth.answers)
  const path = `${world.origin}/features/bundle/form/index?draft=${draft.id}`
  await page.goto(path)
  const name = (on: Page) => on.getByLabel('宝宝姓名', { exact: true })
  await name(page).waitFor()
  await shellKept(page)
  await goOffline()
  await name(page).fill('苏小𠮷')
  await page.getByText('没网络，先存在手机上').waitFor()
  const cold = await browserContext.newPage()
  await page.close()
  await cold.goto(path)
  await name(cold).waitFor()
  await holds(name(cold), '苏小𠮷')
  await cold.getByLabel('户号', { exact: false }).fill('DEMO9')
  await cold.getByText('没网络，先存在手机上').waitFor()
  await goOnline()
  await cold.getByText('已保存').waitFor()
  const { form } = await api<Draft>(browser, 'GET', `/drafts/${draft.id}`)
  const values = Object.fromEntries(form.groups.flatMap(({ fields }) => fields).map(({ id, value }) => [id, value]))
  assert.deepEqual([values.childName, values.householdNumber], ['苏小𠮷', 'DEMO9'])
})

test('断网时点了提交（还连点两下）：写明在等网络，关掉重开照样写明，连上网只交一次', async (context) => {
  const { page, context: browserContext, browser, goOffline, goOnline } = await phoneOf(context, /苏演示/)
  const before = (await submissionsOf(browser)).submissions.length
  const draft = await readyDraft(browser)
  await readyToSign(page, draft)
  await read(page, '/pages/home/index', '与我有关')
  await page.goto(`${world.origin}/features/bundle/sign/index?draft=${draft.id}`)
  const submit = page.getByRole('button', { name: '签名并提交' })
  await submit.waitFor()
  await shellKept(page)
  await goOffline()
  await submit.dblclick()
  await page.getByText(/已经签好，正在等网络/).waitFor()
  const cold = await browserContext.newPage()
  await page.close()
  await cold.goto(`${world.origin}/pages/home/index`)
  await cold.getByText(/等网络恢复后自动提交/).waitFor()
  await cold.goto(`${world.origin}/features/bundle/sign/index?draft=${draft.id}`)
  await cold.getByText(/已经签好，正在等网络/).waitFor()
  await cold.goto(`${world.origin}/pages/home/index`)
  await cold.getByText(/等网络恢复后自动提交/).waitFor()
  await goOnline()
  await cold.getByText(/等网络恢复后自动提交/).waitFor({ state: 'detached' })
  await becomes(async () => (await submissionsOf(browser)).submissions.length, before + 1)
  await read(cold, '/pages/progress/index', /件有结果/)
})

test('提交途中服务器被强行杀掉、再起来：不丢，也只有一份', async (context) => {
  const { page, browser, expect } = await phoneOf(context, /苏演示/)
  const before = (await submissionsOf(browser)).submissions.length
  const draft = await readyDraft(browser)
  await readyToSign(page, draft)
  expect(/Failed to fetch|net::/)
  // The request arrives and is carried out, but its answer never reaches the phone.
  await page.route('**/submission', async (route) => {
    await route.fetch()
    await world.killServer()
    await route.abort('connectionreset')
  }, { times: 1 })
  await page.getByRole('button', { name: '签名并提交' }).dblclick()
  await page.getByText(/已经签好，正在等网络/).waitFor()
  await world.restartServer()
  await page.getByRole('heading', { name: '已提交', level: 1 }).waitFor()
  await page.getByText('回执编号', { exact: true }).waitFor()
  assert.equal((await submissionsOf(browser)).submissions.length, before + 1)
})

test('退出登录，手机上留存的个人内容全部清掉；断着网退出，再连上网也还是退出的', async (context) => {
  const { page, browser, goOffline, goOnline } = await phoneOf(context, /苏演示/)
  const draft = await draftAnew(browser, birth.bundleId, birth.answers)
  for (const path of ['/pages/home/index', '/pages/progress/index', `/features/bundle/form/index?draft=${draft.id}`]) {
    await page.goto(world.origin + path)
    await page.getByRole('heading', { level: 1 }).first().waitFor()
  }
  await page.getByLabel('宝宝姓名', { exact: true }).fill('苏小安')
  await page.getByText('已保存').waitFor()
  await page.goto(`${world.origin}/features/identity/account/index`)
  await page.getByRole('list', { name: '登录着的设备' }).waitFor()
  await shellKept(page)
  await goOffline()
  await page.getByRole('button', { name: '退出登录' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '退出登录' }).click()
  await page.getByText('登录后，没办完的事').waitFor()
  await becomes(async () => {
    const left = Object.entries(await page.evaluate(() => ({ ...localStorage }))).filter(([key]) => !key.startsWith('zsb.kept.public/'))
    return left.filter(([key, value]) => key.startsWith('zsb.kept.') || /苏|320281/.test(value))
  }, [])
  await goOnline()
  await page.reload()
  await page.getByText('登录后，没办完的事').waitFor()
  await page.goto(`${world.origin}/pages/me/index`)
  await page.getByText('登录后这里是你的').waitFor()
})
