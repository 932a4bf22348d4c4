import type { Trace } from '../../../contract/traces'
import { byDay, clockText, promiseText, standingOf } from '../../../src/features/message/traces/words'

/** 11 月 22 日（周日）10:00，北京时间。 */
const now = Date.parse('2026-11-22T02:00:00Z')
const hotline = '0510-12345'
const trace = (over: Partial<Trace> = {}): Trace => ({
  id: 'a', at: '2026-11-22T01:30:00.000Z', actor: '演示图书馆借阅台', actorKind: 'reader', action: 'read', purpose: '借书', fields: [],
  maskedSubjectName: '林*', objectable: true, explainedBy: 'reader', objection: null, ...over
})
const objection = (over: Partial<NonNullable<Trace['objection']>> = {}) => ({
  objection: {
    at: '2026-11-22T01:40:00.000Z', text: null, deliveredAt: null, answerBy: '2026-11-27', answeredAt: null, answer: null, ...over
  }
})

test('按北京时间的日子分组：今天、昨天写明，零点前后不串', () => {
  const days = byDay([
    trace({ id: '1' }), trace({ id: '2', at: '2026-11-21T16:00:00.000Z' }), trace({ id: '3', at: '2026-11-21T15:59:59.000Z' }),
    trace({ id: '4', at: '2026-11-20T01:00:00.000Z' }), trace({ id: '5', at: '2025-12-31T01:00:00.000Z' })
  ], now)
  expect(days.map(({ title, traces }) => [title, traces.map(({ id }) => id)])).toEqual([
    ['今天，11 月 22 日（周日）', ['1', '2']],
    ['昨天，11 月 21 日（周六）', ['3']],
    ['11 月 20 日（周五）', ['4']],
    ['2025 年 12 月 31 日（周三）', ['5']]
  ])
  expect(byDay([], now)).toEqual([])
})

test('在日子下面只写钟点，单独一条写全', () => {
  expect(clockText('2026-11-20T01:05:00.000Z', now, true)).toBe('09:05')
  expect(clockText('2026-11-20T01:05:00.000Z', now, false)).toBe('11 月 20 日 09:05')
})

test('提之前说清谁来说明、几天；期限标明待核；不知道几天就不说', () => {
  expect(promiseText(trace(), 5)).toBe('我们请「演示图书馆借阅台」在 5 个工作日内说明（演示期限，待核）。')
  expect(promiseText(trace({ actorKind: 'department', actor: '公安局', explainedBy: 'complaints' }), 5))
    .toBe('我们转给个人信息保护投诉受理（演示），由它在 5 个工作日内查明、说明（演示期限，待核）。')
  expect(promiseText(trace(), null)).toBe('我们请「演示图书馆借阅台」说明。')
})

test('异议的每一步都说清接下来怎样、到哪天', () => {
  expect(standingOf(trace(), hotline, now)).toBeNull()
  expect(standingOf(objection(), hotline, now)?.next).toMatch(/还没送到/)
  const delivered = objection({ deliveredAt: '2026-11-22T01:41:00.000Z' })
  expect(standingOf(delivered, hotline, now)).toMatchObject({ word: '已提异议', tone: 'amber' })
  expect(standingOf(delivered, hotline, now)?.next).toMatch(/11 月 27 日（周五）结束前说明（演示期限，待核）/)
  const lastMoment = Date.parse('2026-11-27T15:59:59Z')
  expect(standingOf(delivered, hotline, lastMoment)?.word).toBe('已提异议')
  expect(standingOf(delivered, hotline, lastMoment + 1000)).toMatchObject({ word: '过了期限没说明', tone: 'red' })
  const answered = objection({ deliveredAt: '2026-11-22T01:41:00.000Z', answeredAt: '2026-11-29T02:00:00.000Z', answer: '你来借过书' })
  expect(standingOf(answered, hotline, lastMoment + 1000)).toMatchObject({ word: '对方已说明', tone: 'green' })
  for (const late of [delivered, answered]) expect(standingOf(late, hotline, lastMoment + 1000)?.next).toMatch(/可以打 0510-12345/)
})
