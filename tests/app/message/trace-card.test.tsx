import { render } from '@testing-library/react'
import type { Trace } from '../../../contract/traces'
import { TraceCard } from '../../../src/features/message/traces/trace-card'

const now = Date.parse('2026-11-22T02:00:00Z')
const trace = (over: Partial<Trace>): Trace => ({
  id: 'a', at: '2026-11-22T01:30:00.000Z', actor: '演示医院挂号窗口', actorKind: 'reader', action: 'read', purpose: '挂号（就医挂号）',
  fields: ['姓名', '别的内容'], maskedSubjectName: '林*', objectable: true, explainedBy: 'reader', objection: null, ...over
})
const textOf = (shown: Trace) =>
  render(<TraceCard trace={shown} now={now} underDay onObject={() => undefined} />).container.textContent ?? ''

test('看过的写看了哪几格', () => {
  const text = textOf(trace({}))
  expect(text).toMatch(/看了：姓名、别的内容用于：挂号/)
  expect(text).not.toMatch(/没让看/)
})

test('被拒绝的写想看哪几格，写明没让看；不知道要哪几格的，只写缘由', () => {
  const purpose = '想读你的苏服码；已拒绝：要的内容超出了这个场景'
  expect(textOf(trace({ action: 'refused', purpose }))).toMatch(/想看：姓名、别的内容，没让看想读你的苏服码；已拒绝/)
  expect(textOf(trace({ action: 'refused', purpose, fields: [] }))).not.toMatch(/想看：/)
})

test('格数多的先写几格，仍写明没让看', () => {
  const fields = Array.from({ length: 9 }, (_, at) => `第 ${at + 1} 格`)
  expect(textOf(trace({ action: 'refused', fields }))).toMatch(/第 6 格，没让看看全部 9 项/)
})
