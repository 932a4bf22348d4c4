import assert from 'node:assert/strict'
import { after, before, test, type TestContext } from 'node:test'
import type { Page } from 'playwright-core'
import type { Answers } from '../../domain/condition/types'
import type { CaseSummary, Submission } from '../../contract/submissions'
import type { Browser } from '../server/sign-in'
import { awaitSubmission, command, enter, submitAffair } from './support/affair'
import { auditInBothModes, auditPage } from './support/audit'
import { withPhone } from './support/browser'
import { counts, holds } from './support/until'
import { startWorld, type World } from './support/world'

/** 补正里的地址与股东这样的多项；撤回一件，补正没答时也能撤；首页「与我有关」带到对的页面。 */
const company = { bundleId: 'startup', answers: { type: 'ltd', site: 'own', seal: 'set', emp: 'y', inv: 'y', bank: 'y' } }
const birth = { bundleId: 'newborn', answers: { born: 'here', hukou: 'jy', wed: 'single', ins: 'emp', sub: 'y' } }

let world: World
before(async () => {
  world = await startWorld({ script: false })
})
after(() => world.stop())

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).click()

const byKey = ({ cases }: Submission, key: string): CaseSummary => {
  const found = cases.find((each) => each.key === key)
  assert.ok(found, `no case ${key}`)
  return found
}

async function begin(context: TestContext, displayName: RegExp) {
  const { page } = await withPhone(context)
  const browser = await enter(world, page, displayName)
  return { page, browser, submit: (affair: { bundleId: string; answers: Answers }) => submitAffair(world, page, browser, affair) }
}

/** 前一件办成，等它的这一件送到部门；部门要补正这几项。 */
async function askToCorrect(browser: Browser, { id }: Submission, first: string, key: string, targets: [string, string, string][]) {
  const sent = await awaitSubmission(browser, id, (now) => byKey(now, first).status !== 'waiting')
  await command(world, { action: 'issue', caseNo: byKey(sent, first).caseNo ?? '' })
  const now = await awaitSubmission(browser, id, (each) => byKey(each, key).status !== 'waiting')
  const items = targets.map(([target, problem, mend]) => ({ kind: 'field' as const, target, problem, mend, sample: '' }))
  await command(world, { action: 'requestCorrection', caseNo: byKey(now, key).caseNo ?? '', items })
  return byKey(await awaitSubmission(browser, id, (each) => byKey(each, key).status === 'correction'), key)
}

test('补正地址和股东：从原来填的改起，只改错的，一次交齐', async (context) => {
  const { page, browser, submit } = await begin(context, /沈演示/)
  const submission = await submit(company)
  const subject = await askToCorrect(browser, submission, 'name', 'reg', [
    ['siteAddress', '门牌号与产权证不一致', '按产权证改详细地址'],
    ['shareholders', '第 1 项的出资比例不对', '改成与章程一致']
  ])
  await page.goto(`${world.origin}/features/case/correct/index?id=${subject.id}`)
  const detail = page.getByLabel('住所（经营场所）：详细地址')
  const holder = page.getByRole('group', { name: '股东（投资人）第 1 项', exact: true })
  await auditInBothModes(page, () => detail.waitFor())
  await holds(detail, '演示路 1 号')
  await holds(page.getByRole('group', { name: '住所（经营场所）' }).getByLabel('街道（镇）'), '320281-chengjiang')
  const share = holder.getByLabel('出资比例（%）', { exact: true })
  await holds(share, '1')
  await detail.fill('')
  await share.fill('101')
  await press(page, '全部补好，提交')
  await page.getByText('还有 2 处要改，已标出来。').waitFor()
  await auditPage(page)
  await detail.fill('演示路 2 号')
  await share.fill('100')
  await press(page, '全部补好，提交')
  await page.getByText('补正已提交').waitFor()
  await awaitSubmission(browser, submission.id, (now) => byKey(now, 'reg').status === 'preReview')
})

test('与我有关：在办的带到整件的进度，等我的带到那一件', async (context) => {
  const { page, submit } = await begin(context, /顾演示/)
  const owing = await submit(birth)
  const running = await submit(company)
  const home = `${world.origin}/pages/home/index`
  await page.goto(home)
  const waits = page.getByRole('link', { name: /请补交证件照（孩子的）/ })
  const runs = page.getByRole('link', { name: /企业开办一件事 · 已办好 0 项，共 \d+ 项/ })
  await auditInBothModes(page, () => Promise.all([waits.waitFor(), runs.waitFor()]))
  await runs.click()
  await page.waitForURL((url) => url.pathname === '/features/case/submission/index' && url.searchParams.get('id') === running.id)
  await page.goto(home)
  await waits.click()
  const owed = byKey(owing, 'ssc').id
  await page.waitForURL((url) => url.pathname === '/features/case/detail/index' && url.searchParams.get('id') === owed)
  await page.getByText('先办后补的材料').waitFor()
})

test('补正没答也能撤回这一件：先说会停下什么、别的照办', async (context) => {
  const { page, browser, submit } = await begin(context, /苏演示/)
  const submission = await submit(birth)
  const subject = await askToCorrect(browser, submission, 'bc', 'hk', [['childName', '有一个字显示不出来', '重新填写孩子的姓名']])
  await page.goto(`${world.origin}/features/case/detail/index?id=${subject.id}`)
  const dialog = page.getByRole('dialog', { name: `撤回「${subject.matterName}」？` })
  await auditInBothModes(page, async () => {
    await press(page, '撤回')
    await dialog.getByText(/会收到通知，不再往下办。要补正的也不用补了。/).waitFor()
    await dialog.getByText(/^随它停下的：.*社会保障卡/).waitFor()
  })
  await dialog.getByRole('button', { name: '不撤回' }).click()
  await dialog.waitFor({ state: 'detached' })
  await press(page, '撤回')
  await dialog.getByRole('button', { name: '撤回', exact: true }).click()
  await page.getByText('已撤回这一件。').waitFor()
  await counts(page.getByRole('button', { name: '去补正' }), 0)
  await auditPage(page)
  const over = await awaitSubmission(browser, submission.id, (now) => byKey(now, 'hk').status === 'withdrawn')
  assert.equal(byKey(over, 'ssc').status, 'blocked')
  assert.ok(over.cases.some(({ status }) => ['submitted', 'preReview'].includes(status)), '不等它的照办')
  await page.goto(`${world.origin}/features/case/correct/index?id=${subject.id}`)
  await page.getByText('这一件现在没有要补正的').waitFor()
})
