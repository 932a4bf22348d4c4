import type { Home } from '../../../contract/home'
import { concernsOf } from '../../../src/pages/home/concerns'

const now = Date.parse('2026-11-23T02:00:00Z')
const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const empty: Home = { drafts: [], waiting: [], running: [], expiring: [], invitations: [], unreadMessages: 0 }

type Submission = Home['waiting'][number]
const submission = (n: number, change: Partial<Submission>): Submission => ({
  id: id(n), bundleId: 'invented', bundleName: '样例一件事', subjectId: id(90), maskedSubjectName: '林*', status: 'running',
  statusText: '办理中',
  submittedAt: '2026-11-20T02:00:00.000Z', done: 1, total: 3, light: 'green', nextStep: '市公安局正在办，不用你做什么。', waitingForMe: [], ...change
})
const waits = (n: number, action: 'correct' | 'supplement' | 'rate', dueAt: string | null) => ({
  caseId: id(n), action, say: `第 ${n} 项要你办`, dueAt
})
const draft: Home['drafts'][number] = {
  id: id(1), bundleId: 'invented', bundleName: '样例一件事', subjectId: id(90), step: 'materials', version: 3,
  updatedAt: '2026-11-22T02:00:00.000Z', expiresAt: '2026-12-22T02:00:00.000Z', filled: 4, total: 9
}

const tagsOf = (home: Partial<Home>) => concernsOf({ ...empty, ...home }, now).map(({ title, tag }) => [title, tag?.text])

test('什么都没有时是空的', () => {
  expect(concernsOf(empty, now)).toEqual([])
})

test('等我办的排最前，先到期的先说；说清还剩几天，今天截止、已过期都有字', () => {
  const waiting = [
    submission(2, { waitingForMe: [waits(21, 'supplement', null), waits(22, 'correct', '2026-11-28T09:00:00.000Z')] }),
    submission(3, { waitingForMe: [waits(31, 'correct', '2026-11-23T09:00:00.000Z'), waits(32, 'correct', '2026-11-22T09:00:00.000Z')] })
  ]
  expect(tagsOf({ drafts: [draft], waiting })).toEqual([
    ['第 32 项要你办', '已过期'], ['第 31 项要你办', '今天截止'], ['第 22 项要你办', '还剩 5 天'], ['第 21 项要你办', '等你办'],
    ['继续办「样例一件事」', '接着填']
  ])
  const [late, today] = concernsOf({ ...empty, waiting }, now)
  expect([late?.edge, today?.edge]).toEqual(['red', 'amber'])
  expect(today?.note).toBe('样例一件事 · 11 月 23 日（周一）17:00 前')
  expect([today?.to, today?.params]).toEqual(['/features/case/detail/index', { id: id(31) }])
})

test('草稿回到停下的那一步，带着是替谁办的', () => {
  const steps = ['plan', 'form', 'materials', 'sign'] as const
  const places = steps.map((step) => concernsOf({ ...empty, drafts: [{ ...draft, step }] }, now)[0])
  expect(places.map((place) => place?.to)).toEqual([
    '/features/bundle/form/index', '/features/bundle/form/index', '/features/bundle/materials/index', '/features/bundle/sign/index'
  ])
  expect(places[0]?.params).toEqual({ draft: id(1), for: id(90) })
  expect(places[0]?.note).toBe('填好 4 项，共 9 项 · 保留到 12 月 22 日（周二）')
})

test('只等评价的：还在办的照样列进度，评价放在后面，合成一条', () => {
  const waiting = [submission(4, { waitingForMe: [waits(41, 'rate', null), waits(42, 'rate', null)] })]
  expect(tagsOf({ waiting })).toEqual([['样例一件事 · 已办好 1 项，共 3 项', '正常'], ['样例一件事 · 2 项办好了，评一评', '待评价']])
  const done = [submission(4, { status: 'done', waitingForMe: [waits(41, 'rate', null)] })]
  expect(tagsOf({ waiting: done })).toEqual([['样例一件事 · 1 项办好了，评一评', '待评价']])
})

test('邀请、快到期的证照、未读消息各有去处', () => {
  const home: Home = {
    ...empty,
    invitations: [{
      id: id(5), maskedApplicantName: '林*', purpose: '核验身份', status: 'pending', releases: [], sentAt: '2026-11-22T02:00:00.000Z',
      expiresAt: '2026-11-29T02:00:00.000Z', validDays: 30, validUntil: null, allowedActions: ['grant', 'decline']
    }],
    expiring: [{
      id: id(6), type: 'invented', name: '社会保障卡', issuer: '演示', subjectId: id(90), maskedHolderName: '林*', status: 'expiring',
      statusText: '快到期', issuedOn: '2016-12-02', validTo: '2026-12-02', isNew: false, inRectification: false,
      look: { tint: 'green', layout: 'card', seal: '演示' },
      claimedAt: '2026-11-01T00:00:00.000Z'
    }],
    unreadMessages: 2
  }
  expect(concernsOf(home, now).map(({ title, tag, to }) => [title, tag?.text, to])).toEqual([
    ['林* 请你确认', '等你答复', '/features/invitation/answer/index'],
    ['社会保障卡快到期', '还剩 9 天', '/features/licence/detail/index'],
    ['2 条新消息', '未读', '/features/message/inbox/index']
  ])
})
