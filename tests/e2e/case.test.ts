import assert from 'node:assert/strict'
import { after, before, test, type TestContext } from 'node:test'
import { Client } from 'pg'
import type { Page } from 'playwright-core'
import type { CaseSummary, Submission } from '../../contract/submissions'
import type { TraceList } from '../../contract/traces'
import type { Browser } from '../server/sign-in'
import { awaitSubmission, command, dispatched, enter, readSubmission, submitAffair } from './support/affair'
import { auditInBothModes, auditPage } from './support/audit'
import { withPhone } from './support/browser'
import { becomes, counts } from './support/until'
import { startWorld, type World } from './support/world'

/** A birth, by an unmarried mother: nobody else's consent is needed. */
const birth = { bundleId: 'newborn', answers: { born: 'here', hukou: 'jy', wed: 'single', ins: 'emp', sub: 'y' } }

let world: World
before(async () => {
  world = await startWorld({ script: false })
})
after(() => world.stop())

/** Opens a page of the app in normal and in elder mode and asks everything of it; leaves it open in normal mode. */
async function auditBoth(page: Page, path: string, ready: string | RegExp) {
  await page.goto(world.origin + path)
  await auditInBothModes(page, () => page.getByText(ready).first().waitFor())
}

async function begin(context: TestContext, displayName: RegExp) {
  const { page } = await withPhone(context)
  const browser = await enter(world, page, displayName)
  const submission = await submitAffair(world, page, browser, birth)
  return { page, browser, submission }
}

const byKey = ({ cases }: Submission, key: string): CaseSummary => {
  const found = cases.find((each) => each.key === key)
  assert.ok(found, `no case ${key}`)
  return found
}

const control = (subject: CaseSummary, action: 'issue' | 'refuse' | 'accept' | 'stopClock') =>
  command(world, { action, caseNo: subject.caseNo ?? '' })

/** The first case is approved, so that those after it lie at their departments. */
async function fanOut(browser: Browser, submission: Submission): Promise<Submission> {
  const [first] = dispatched(submission)
  assert.ok(first)
  await control(first, 'issue')
  return awaitSubmission(browser, submission.id, (now) => byKey(now, first.key).status === 'done' && dispatched(now).length > 1)
}

test('没登录时进度页说清要登录；登录后没办过事也说清怎么开始', async (context) => {
  const { page } = await withPhone(context)
  await auditBoth(page, '/pages/progress/index', '你办的事，进度都在这里')
  await page.getByRole('button', { name: '登录', exact: true }).waitFor()
  await enter(world, page, /顾演示/)
  await auditBoth(page, '/pages/progress/index', '还没有办过的事')
})

test('部门一步步办，开着的页面自己跟着变；办好的证照进「我的证照」', async (context) => {
  const { page, browser, submission } = await begin(context, /苏演示/)
  const path = `/features/case/submission/index?id=${submission.id}`
  const [first] = dispatched(submission)
  assert.ok(first)
  await auditBoth(page, path, '谁先谁后')
  await page.getByText('0/8').waitFor()
  await page.getByText('部门承诺', { exact: true }).waitFor()
  await page.getByText(/^预计全部办完/).waitFor()

  await page.evaluate(() => Object.assign(window, { neverReloaded: true }))
  await control(first, 'issue')
  await page.getByText('1/8').waitFor()
  await page.getByRole('button', { name: new RegExp(`^${first.matterName}，已办结`) }).waitFor()
  assert.equal(await page.evaluate(() => 'neverReloaded' in window), true, 'the page followed by itself')

  const now = await awaitSubmission(browser, submission.id, (each) => dispatched(each).length > 1)
  const stopped = dispatched(now).find(({ clock }) => clock.promisedDays !== null && clock.promisedDays > 0)
  assert.ok(stopped)
  await page.getByRole('button', { name: `看进展：${stopped.matterName}` }).click()
  await page.getByRole('heading', { name: '走到哪了' }).waitFor()
  await control(stopped, 'stopClock')
  await page.getByText('暂停计时').first().waitFor()
  await page.getByText(/需要现场踏勘（演示），.*起停，预计 .*恢复/).waitFor()
  await command(world, { action: 'resumeClock', caseNo: stopped.caseNo ?? '' })
  await page.getByText(/^还剩 \d+ 个工作日$/).waitFor()
  await page.getByText(/^承诺 \d+ 个工作日 · .+ 前$/).waitFor()
  await page.getByText('按国务院放假安排计算，周末不计。', { exact: true }).waitFor()
  await auditBoth(page, `/features/case/detail/index?id=${stopped.id}`, '走到哪了')

  await auditBoth(page, '/features/licence/list/index', '看谁的')
  await page.getByText(/^林/).first().click()
  const fresh = page.getByRole('link').filter({ hasText: '新办好' })
  await fresh.click()
  await page.getByText(`办「${first.matterName}」得来的`).waitFor()
  await auditPage(page)
  await page.getByRole('button', { name: '显示遮住的内容' }).click()
  await page
    .getByRole('dialog')
    .getByText(/谁看过我的信息/)
    .waitFor()
  await auditPage(page)
  await page.getByRole('dialog').getByRole('button', { name: '显示' }).click()
  await page.getByRole('button', { name: '重新遮住' }).waitFor()
  await counts(page.getByText('（已遮住）'), 0)
  const { ward } = await readSubmission(browser, submission.id)
  assert.ok(ward)
  const traces = await browser.send({ method: 'GET', url: '/api/v1/traces', headers: { 'x-acting-for': ward.subjectId } })
  assert.equal(traces.statusCode, 200, traces.body)
  assert.ok(
    traces.json<TraceList>().traces.some(({ action }) => action === 'reveal'),
    'the look left a trace with the child'
  )
})

test('补正：逐项说清，漏了的标出来，一次补齐后回到预审', async (context) => {
  const { page, browser, submission } = await begin(context, /苏演示/)
  const now = await fanOut(browser, submission)
  const subject = byKey(now, 'hk')
  await command(world, {
    action: 'requestCorrection',
    caseNo: subject.caseNo ?? '',
    items: [
      { kind: 'field', target: 'childName', problem: '有一个字显示不出来', mend: '重新填写孩子的姓名', sample: '林小𠮷' },
      { kind: 'material', target: 'hk', problem: '照片反光', mend: '重拍户口簿首页' }
    ]
  })
  await awaitSubmission(browser, submission.id, (each) => byKey(each, 'hk').status === 'correction')
  await auditBoth(page, '/pages/progress/index', '请补正 2 处')
  await page
    .getByRole('link', { name: /请补正 2 处/ })
    .first()
    .click()
  await page.getByText('哪里不对：照片反光').waitFor()
  await page.getByText('样例：林小𠮷').waitFor()
  await auditBoth(page, `/features/case/correct/index?id=${subject.id}`, '样例：林小𠮷')

  const send = page.getByRole('button', { name: '全部补好，提交' })
  const name = page.getByLabel('宝宝姓名', { exact: true })
  assert.notEqual(await name.inputValue(), '', 'one mends what was filled in')
  await name.fill('')
  await send.click()
  await page.getByText('还有 2 处要改，已标出来。').waitFor()
  await becomes(() => name.evaluate((element) => element === document.activeElement), true, 'focus is on the first faulty field')
  await auditPage(page)
  await name.fill('林小𠮷')
  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: '从相册选居民户口簿' }).click()
  await (await choosing).setFiles({ name: '户口簿.png', mimeType: 'image/png', buffer: photo })
  await page.getByText('已上传').waitFor()
  await send.click()
  await page.getByRole('heading', { name: '走到哪了' }).waitFor()
  await page.getByText('补正已提交').waitFor()
  const after = byKey(await awaitSubmission(browser, submission.id, (each) => byKey(each, 'hk').status === 'preReview'), 'hk')
  assert.ok(!after.allowedActions.includes('correct'))
})

test('不批只停等它的，理由和救济写明；其余可以撤回', async (context) => {
  const { page, browser, submission } = await begin(context, /苏演示/)
  const now = await fanOut(browser, submission)
  const refused = byKey(now, 'hk')
  const waiting = now.cases.filter(({ after: before }) => before.includes('hk'))
  const free = now.cases.filter(({ status, key }) => key !== 'hk' && ['submitted', 'preReview'].includes(status))
  assert.ok(waiting.length > 0 && free.length > 0)
  await page.goto(`${world.origin}/features/case/submission/index?id=${submission.id}`)
  await page.getByText('1/8').waitFor()
  await control(refused, 'refuse')
  for (const { matterName } of waiting) await page.getByRole('button', { name: new RegExp(`^${escape(matterName)}，办不了`) }).waitFor()
  for (const { matterName } of free)
    await page.getByRole('button', { name: new RegExp(`^${escape(matterName)}，(已提交|预审中)`) }).waitFor()
  await auditBoth(page, `/features/case/detail/index?id=${refused.id}`, '没有批准')
  await page.getByText(/行政复议/).waitFor()

  await page.goto(`${world.origin}/features/case/submission/index?id=${submission.id}`)
  await page.getByRole('button', { name: '撤回还没办完的' }).click()
  await page
    .getByRole('dialog')
    .getByText(/^会停下：/)
    .waitFor()
  await auditPage(page)
  await page.getByRole('button', { name: '不撤回' }).click()
  assert.equal((await readSubmission(browser, submission.id)).allowedActions.length, 1)
  await page.getByRole('button', { name: '撤回还没办完的' }).click()
  await page.getByRole('button', { name: '撤回', exact: true }).click()
  await page.getByText('已撤回。还没有结果的都停了，需要时可以重新办。').waitFor()
  const over = await readSubmission(browser, submission.id)
  for (const { key } of free) assert.equal(byKey(over, key).status, 'withdrawn')
  assert.equal(byKey(over, 'bc').status, 'done')
})

test('评价：不替人选，差评要选标签写够字，能改一次', async (context) => {
  const { page, browser, submission } = await begin(context, /苏演示/)
  const done = byKey(await fanOut(browser, submission), 'bc')
  await auditBoth(page, `/features/rating/rate/index?case=${done.id}`, '这一件办得怎么样？')
  await counts(page.getByRole('radio', { checked: true }), 0)
  const give = page.getByRole('button', { name: '提交评价' })
  await give.click()
  await page.getByText('错误：请先选一个评价').waitFor()
  await page.getByText('不满意', { exact: true }).click()
  await give.click()
  await page.getByText(/错误：请至少选一个标签/).waitFor()
  await page.getByText('至少 10 个字，已写 0 个。').waitFor()
  await auditPage(page)
  await page.getByText('办得慢', { exact: true }).click()
  await page.getByLabel('请说说哪里不满意').fill('太短了')
  await give.click()
  await page.getByText(/错误：请写明哪里不满意/).waitFor()
  await page.getByLabel('请说说哪里不满意').fill('等了一个上午才有人来接单。')
  await give.click()
  await page.getByText('收到了，谢谢你。').waitFor()
  await page.getByRole('heading', { name: '你的评价：不满意' }).waitFor()
  await page.getByRole('button', { name: '改一次' }).click()
  await page.getByText('满意', { exact: true }).click()
  await page.getByRole('button', { name: '改好了，提交' }).click()
  await page.getByText('已经改过一次，不能再改。').waitFor()
  assert.equal(byKey(await readSubmission(browser, submission.id), 'bc').rated, true)
})

test('回执核验不用登录：真的、改过的、查无此号各有说法', async (context) => {
  const { submission } = await begin(context, /苏演示/)
  const { page } = await withPhone(context)
  const path = `/features/case/receipt/index?code=${submission.receiptCode}`
  await auditBoth(page, path, '是真的')
  await page.getByText('苏*').waitFor()
  await counts(page.getByText('苏演示'), 0)
  const database = new Client({ connectionString: world.databaseUrl })
  await database.connect()
  await database.query("update submission set content_hash = sha256('changed'::bytea) where id = $1", [submission.id])
  await database.end()
  await page.reload()
  await page.getByRole('heading', { name: '对不上' }).waitFor()
  await auditBoth(page, '/features/case/receipt/index?code=AAAAAAAAAAAAAAAAAAAAAAAA', '没有这份回执')
})

const escape = (text: string) => text.replace(/[()]/g, '\\$&')

/** A PNG of one pixel, as a photo of a paper. */
const photo = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
