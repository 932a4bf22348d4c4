import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import type { Draft } from '../../contract/drafts'
import type { CaseSummary, Submission } from '../../contract/submissions'
import { dayOf, dayText } from '../../domain/time'
import { api, complete, readCase } from '../server/journey'
import type { Browser } from '../server/sign-in'
import { awaitSubmission, command, draftAnew, enter } from './support/affair'
import { auditInBothModes, auditPage } from './support/audit'
import { withPhone } from './support/browser'
import { confirmIdentity } from './support/signin'
import { startWorld, type World } from './support/world'

/** 容缺：孩子还没有身份证号，证件照查不到；妈妈先办后补。未婚，不用等别人同意。 */
const answers = { born: 'here', hukou: 'jy', wed: 'single', ins: 'emp', sub: 'y' }
const photo = 'photo-ward'

let world: World
before(async () => {
  world = await startWorld({ script: false })
})
after(() => world.stop())

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click()

/** 两种模式各查一遍开着的这一页；中间重新载入，最后停在普通模式。 */
const auditBoth = (page: Page, ready: string | RegExp) => auditInBothModes(page, () => page.getByText(ready).first().waitFor())

const byKey = ({ cases }: Submission, key: string): CaseSummary => {
  const found = cases.find((each) => each.key === key)
  assert.ok(found, `no case ${key}`)
  return found
}

/** 只差证件照的一份草稿。 */
async function draftWithoutPhoto(browser: Browser): Promise<Draft> {
  const draft = await complete(browser, await draftAnew(browser, 'newborn', answers))
  const materials = { [photo]: { choice: 'upload', files: [] } }
  return api<Draft>(browser, 'PUT', `/drafts/${draft.id}`, { version: draft.version, step: 'materials', materials })
}

async function deferAndSubmit(page: Page, draft: Draft) {
  await page.goto(`${world.origin}/features/bundle/materials/index?draft=${draft.id}`)
  await auditBoth(page, /^孩子还没有身份证号，共享数据里查不到，请上传「证件照（孩子的）」；也可先受理，/)
  await press(page, '下一步：核对签名')
  await page.getByText('还有 1 份没着落：证件照（孩子的）。').waitFor()
  await page.getByRole('radio', { name: /^先办，.+前补/ }).check()
  await page.getByText('还没交').waitFor({ state: 'detached' })
  await press(page, '下一步：核对签名')

  await page.getByText(/^容缺，.+前补交$/).waitFor()
  await page.getByRole('checkbox').first().waitFor()
  for (const box of await page.getByRole('checkbox').all()) await box.check()
  await press(page, '确认是我本人')
  await confirmIdentity(page)
  await press(page, '签名并提交')
  await page.getByRole('heading', { name: '接下来' }).waitFor()
}

/** 部门办好了，等它的那一件也送到了部门。 */
async function issue(browser: Browser, submissionId: string, key: string, next: string) {
  const now = await awaitSubmission(browser, submissionId, (each) => byKey(each, key).status !== 'waiting')
  await command(world, { action: 'issue', caseNo: byKey(now, key).caseNo ?? '' })
  return awaitSubmission(browser, submissionId, (each) => byKey(each, key).status === 'done' && byKey(each, next).status !== 'waiting')
}

test('证件照先办后补：办件页写明欠什么、到哪天、按什么日历；补上后接着办', async (context) => {
  const { page } = await withPhone(context)
  const browser = await enter(world, page, /苏演示/)
  await deferAndSubmit(page, await draftWithoutPhoto(browser))

  await auditBoth(page, '社会保障卡申领：请补交证件照（孩子的）')
  const submissionId = new URL(page.url()).searchParams.get('submission') ?? ''
  await issue(browser, submissionId, 'bc', 'hk')
  const card = byKey(await issue(browser, submissionId, 'hk', 'ssc'), 'ssc')

  await page.goto(`${world.origin}/pages/progress/index`)
  await auditBoth(page, '社会保障卡申领：请补交证件照（孩子的）')
  await page.goto(`${world.origin}/features/case/detail/index?id=${card.id}`)
  await auditBoth(page, '先办后补的材料')
  const [owed] = (await readCase(browser, card.id)).deferred
  assert.ok(owed)
  await page.getByText(`${dayText(owed.until, dayOf(Date.now()))}结束前补交。过期没补，这一件会终止。`).waitFor()
  await page.getByText('从送到部门那天起给 10 个工作日，按国务院放假安排计算，周末不计。').waitFor()
  await press(page, '补交证件照（孩子的）')

  await auditBoth(page, '提交这份材料')
  await press(page, '提交这份材料')
  await page.getByText(/「证件照（孩子的）」还没有传/).waitFor()
  await auditPage(page)
  const choosing = page.waitForEvent('filechooser')
  await press(page, '从相册选证件照（孩子的）')
  const portrait = await sharp({ create: { width: 358, height: 441, channels: 3, background: '#dde6ea' } }).png().toBuffer()
  await (await choosing).setFiles({ name: '宝宝.png', mimeType: 'image/png', buffer: portrait })
  await page.getByText('已上传').waitFor()
  await auditPage(page)
  await press(page, '提交这份材料')
  await page.getByText('容缺材料已补').waitFor()
  await page.getByText('已补', { exact: true }).waitFor()
  await auditPage(page)

  await command(world, { action: 'issue', caseNo: card.caseNo ?? '' })
  await page.getByText('结果：社会保障卡').or(page.getByText('已办结')).first().waitFor()
  await awaitSubmission(browser, submissionId, (each) => byKey(each, 'ssc').status === 'done')
  await page.goto(`${world.origin}/features/case/supplement/index?id=${card.id}`)
  await auditBoth(page, '这一件没有要补交的材料')
})
