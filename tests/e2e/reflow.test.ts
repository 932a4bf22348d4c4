import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Draft } from '../../contract/drafts'
import type { ClaimedLicences, LicenceList } from '../../contract/licences'
import type { CaseSummary, Submission } from '../../contract/submissions'
import { api, complete } from '../server/journey'
import type { Browser } from '../server/sign-in'
import { awaitSubmission, command, dispatched, draftAnew, enter, submitAffair } from './support/affair'
import { faultsOf } from './support/audit'
import { withPhone, type Phone } from './support/browser'
import { startWorld, type World } from './support/world'

/** The narrowest phone, and on it the text at 200 %: every page of the line, in both modes. */
const narrow = 320
const born = { born: 'here', hukou: 'jy', ins: 'emp', sub: 'y' }

type Stop = [path: string, ready: string | RegExp]

let world: World
before(async () => {
  world = await startWorld({ script: false })
})
after(() => world.stop())

/** Visits each, and gathers the faults of all before failing: one run shows everything. */
async function walk({ page }: Phone, stops: Stop[], elder: boolean) {
  await page.goto(`${world.origin}/pages/home/index`)
  await page.evaluate((on) => localStorage.setItem('zsb.elder', String(on)), elder)
  const faults: string[] = []
  for (const [path, ready] of stops) {
    await page.goto(world.origin + path)
    await page.getByText(ready).filter({ visible: true }).first().waitFor()
    faults.push(...(await faultsOf(page, { elder })).map((fault) => `${path.split('?')[0]}${elder ? ' 大字版' : ''}: ${fault}`))
  }
  return faults
}

async function walkBoth(phone: Phone, stops: Stop[]) {
  assert.deepEqual([...(await walk(phone, stops, false)), ...(await walk(phone, stops, true))], [])
}

const first = ({ cases }: Submission, fits: (each: CaseSummary) => boolean): CaseSummary => {
  const found = cases.find(fits)
  assert.ok(found)
  return found
}

/** A birth under way: its first case done, one waiting for a correction. */
async function birthUnderWay(phone: Phone, browser: Browser) {
  const begun = await submitAffair(world, phone.page, browser, { bundleId: 'newborn', answers: { ...born, wed: 'single' } })
  const [opening] = dispatched(begun)
  assert.ok(opening)
  await command(world, { action: 'issue', caseNo: opening.caseNo ?? '' })
  const fanned = await awaitSubmission(browser, begun.id, (now) => dispatched(now).length > 1)
  const faulty = first(fanned, ({ key }) => key === 'hk')
  await command(world, {
    action: 'requestCorrection', caseNo: faulty.caseNo ?? '',
    items: [
      { kind: 'field', target: 'childName', problem: '有一个字在户籍系统里显示不出来，打印出来是一个空框', mend: '用生僻字键盘重新填写孩子的姓名', sample: '林小𠮷' },
      { kind: 'material', target: 'hk', problem: '照片反光，看不清户主页的编号', mend: '在光线均匀的地方重拍户口簿首页' }
    ]
  })
  return awaitSubmission(browser, begun.id, (now) => now.cases.some(({ status }) => status === 'correction'))
}

test('没登录时的各页：320 像素宽、文字放大一倍，不横滚、不截断', async (context) => {
  await walkBoth(await withPhone(context, { width: narrow }), [
    ['/pages/home/index', '演示环境，数据均为虚构'],
    ['/pages/services/index', '出生一件事'],
    ['/pages/progress/index', '你办的事，进度都在这里'],
    ['/pages/me/index', '登录后这里是你的'],
    ['/features/catalogue/search/index', '大家可以试试'],
    ['/features/catalogue/stage/index?id=birth', '出生一件事'],
    ['/features/bundle/intro/index?id=newborn', '一起办，最多能省'],
    ['/features/bundle/questions/index?id=newborn', '宝宝在哪里出生？'],
    ['/features/identity/sign-in/index', '用江苏政务服务统一身份认证登录'],
    ['/features/identity/notice/index', '敏感个人信息单独同意']
  ])
})

test('登录后填表、材料、核对、方案、邀请各页也是', async (context) => {
  const phone = await withPhone(context, { width: narrow })
  const browser = await enter(world, phone.page, /林演示/)
  const draft: Draft = await complete(browser, await draftAnew(browser, 'newborn', { ...born, wed: 'married' }))
  await phone.page.goto(`${world.origin}/features/bundle/questions/index?id=newborn`)
  for (const answer of ['江阴市内医院', '江阴', '已婚', '母亲职工医保', '是']) {
    await phone.page.getByText(answer, { exact: true }).click()
    await phone.page.getByRole('button', { name: '下一步' }).click()
  }
  await walkBoth(phone, [
    ['/features/bundle/questions/index?id=newborn', '核对一下，不对的点一下就能改。'],
    ['/features/bundle/plan/index?id=newborn', /全部办完/],
    [`/features/bundle/form/index?draft=${draft.id}`, '宝宝姓名'],
    [`/features/bundle/materials/index?draft=${draft.id}`, /不用你另交的/],
    [`/features/bundle/sign/index?draft=${draft.id}`, /还差 \d+ 处|请逐项阅读/],
    ['/features/invitation/list/index', /邀请/],
    ['/pages/home/index', /继续办/],
    ['/pages/me/index', '账号与安全']
  ])
})

test('提交后进度、办件、补正、回执、评价、证照、消息各页也是', async (context) => {
  const phone = await withPhone(context, { width: narrow })
  const browser = await enter(world, phone.page, /苏演示/)
  const submission = await birthUnderWay(phone, browser)
  const done = first(submission, ({ status }) => status === 'done')
  const faulty = first(submission, ({ status }) => status === 'correction')
  await api<ClaimedLicences>(browser, 'POST', '/licences/claims', {})
  const licences = (await api<LicenceList>(browser, 'GET', '/licences')).licences.filter(({ claimedAt }) => claimedAt !== null)
  assert.ok(licences[0])
  await walkBoth(phone, [
    [`/features/bundle/done/index?submission=${submission.id}`, '回执编号'],
    ['/pages/home/index', '与我有关'],
    ['/pages/progress/index', '请补正 2 处'],
    [`/features/case/submission/index?id=${submission.id}`, '谁先谁后'],
    [`/features/case/detail/index?id=${faulty.id}`, '走到哪了'],
    [`/features/case/correct/index?id=${faulty.id}`, '样例：林小𠮷'],
    [`/features/case/receipt/index?code=${submission.receiptCode}`, '是真的'],
    [`/features/rating/rate/index?case=${done.id}`, '这一件办得怎么样？'],
    ['/features/licence/list/index', '看谁的'],
    [`/features/licence/detail/index?id=${licences[0].id}`, '显示遮住的内容'],
    ['/features/message/inbox/index', /办结|补正/],
    ['/features/message/traces/index', /查取了/],
    ['/features/identity/account/index', '退出登录'],
    ['/features/identity/close/index', '依法要留下']
  ])
})
