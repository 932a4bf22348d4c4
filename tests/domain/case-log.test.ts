import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { advance, open } from '../../domain/case/events'
import { apply, fold } from '../../domain/case/fold'
import { isClosed } from '../../domain/case/transition'
import { caseEventTypes } from '../../domain/case/types'
import type { Actor, CaseEvent, CaseEventData, CaseEventType, CaseState, CaseStatus } from '../../domain/case/types'

const start = Date.UTC(2026, 10, 23, 2)
const actors: Actor[] = ['applicant', 'department', 'system']
const at = (status: CaseStatus, rest: Partial<CaseState> = {}): CaseState => ({ ...open(start, '张*').state, status, ...rest })

const item = (target: string) => ({ id: target, kind: 'field' as const, target, problem: '写错了', mend: '请改正' })
const procedure = { kind: 'siteInspection', name: '踏勘', expectedDays: 3 }
const licence = { kind: 'licence' as const, licenceId: 'l1', name: '某证' }
const steps: [CaseEventType, Actor, CaseEventData?][] = [
  ['ready', 'system'], ['dispatched', 'system'], ['correctionRequested', 'department', { items: [item('a'), item('b')], dueAt: start + 9 }],
  ['corrected', 'applicant'], ['preReviewPassed', 'department'], ['examineStarted', 'system'],
  ['specialProcedureStarted', 'department', { procedure }], ['specialProcedureEnded', 'department'],
  ['extended', 'department', { extendDays: 4, reason: '案情复杂' }], ['decided', 'department', { outcome: 'approve' }],
  ['issueStarted', 'system'], ['issued', 'department', { result: licence }], ['delivered', 'system'],
  ['rated', 'applicant'], ['archived', 'system']
]

function walk(): { events: CaseEvent[]; states: CaseState[] } {
  const opened = open(start, '张*')
  const events = [opened.event]
  const states = [opened.state]
  steps.forEach(([type, actor, data = {}], index) => {
    const step = advance(states[states.length - 1] ?? opened.state, { type, at: start + index + 1, actor, by: '某局', data })
    assert.ok(step.ok, `${type}：${step.ok ? '' : step.reason}`)
    events.push(step.event)
    states.push(step.state)
  })
  return { events, states }
}

describe('折叠事件日志', () => {
  test('从提交到归档走一遍，记下每个要紧的时刻', () => {
    const { states } = walk()
    const last = states[states.length - 1]
    assert.deepEqual(states.map(({ status }) => status), [
      'waiting', 'submitted', 'preReview', 'correction', 'preReview', 'accepted', 'examining', 'paused', 'examining', 'examining',
      'decided', 'issuing', 'delivering', 'done', 'done', 'archived'
    ])
    assert.deepEqual(states[3]?.correction, { items: [item('a'), item('b')], since: start + 3, dueAt: start + 9 })
    assert.equal(states[4]?.correction, null)
    assert.deepEqual([last?.submittedAt, last?.acceptedAt, last?.decidedAt, last?.closedAt], [start, start + 5, start + 10, start + 13])
    assert.deepEqual(last?.stops, [{ from: start + 7, to: start + 8, reason: '踏勘', expectedDays: 3 }])
    assert.deepEqual([last?.extendDays, last?.result, last?.rated, last?.outcome], [4, licence, true, 'approve'])
  })

  test('性质：任一段日志折叠的结果，等于当时逐步得到的现状', () => {
    const { events, states } = walk()
    fc.assert(fc.property(fc.integer({ min: 1, max: events.length }), count => {
      assert.deepEqual(fold(events.slice(0, count)), states[count - 1])
    }))
    assert.equal(fold([]), null)
  })

  test('性质：随便来什么事件，要么拒绝要么序号加一；终了之后只剩评价与归档', () => {
    const outcomes = fc.constantFrom<'approve' | 'disapprove'>('approve', 'disapprove')
    const attempt = fc.tuple(fc.constantFrom(...caseEventTypes), fc.constantFrom(...actors), outcomes)
    fc.assert(fc.property(fc.array(attempt, { maxLength: 60 }), attempts => {
      let state = open(start, '张*').state
      for (const [type, actor, outcome] of attempts) {
        const result = type === 'resultReady' ? { kind: 'document' as const, name: '回执', number: '1' } : licence
        const data = { outcome, reason: '理由', remedy: '救济', items: [item('a')], procedure, extendDays: 1, result }
        const step = advance(state, { type, at: start, actor, by: '某', data })
        if (!step.ok) continue
        assert.equal(step.state.seq, state.seq + 1)
        assert.equal(step.state.closedAt !== null, isClosed(step.state.status))
        if (isClosed(state.status)) assert.ok(type === 'rated' || type === 'archived')
        if (step.state.status === 'paused') assert.equal(step.state.stops[step.state.stops.length - 1]?.to, null)
        state = step.state
      }
    }))
  })

  test('日志断号、乱序、不合表，说明数据坏了：抛错而不是猜', () => {
    const { events } = walk()
    assert.throws(() => fold(events.slice(1)), RangeError)
    assert.throws(() => fold([...events.slice(0, 2), ...events.slice(3)]), RangeError)
    const opened = open(start, '张*')
    assert.throws(() => apply(opened.state, { seq: 2, type: 'decided', at: start, actor: 'department', by: '', data: {} }), RangeError)
  })
})

describe('推进一步要带齐内容', () => {
  const attempt = (status: CaseStatus, type: CaseEventType, data: CaseEventData, rest: Partial<CaseState> = {}) => {
    const step = advance(at(status, rest), { type, at: start, actor: 'department', by: '某局', data })
    return step.ok ? 'ok' : step.missing ?? step.reason
  }
  const rows: [string, string, string][] = [
    ['补正没有逐条写', attempt('preReview', 'correctionRequested', {}), '须逐条写明要补正什么'],
    ['补正没写补法', attempt('preReview', 'correctionRequested', { items: [{ ...item('a'), mend: ' ' }] }), '每一条都须写明问题和补法'],
    ['再次告知提了新要求', attempt('preReview', 'correctionRequested', { items: [item('b')] }, { notified: ['a'] }), 'once'],
    ['再次告知仍是老要求', attempt('preReview', 'correctionRequested', { items: [item('a')] }, { notified: ['a'] }), 'ok'],
    ['不予受理没理由', attempt('preReview', 'rejected', { remedy: '复议' }), '须写明理由'],
    ['不予受理没救济途径', attempt('preReview', 'rejected', { reason: '不属本机关' }), '须写明救济途径'],
    ['决定没写结论', attempt('examining', 'decided', {}), '须写明准予还是不予'],
    ['不予没理由', attempt('examining', 'decided', { outcome: 'disapprove' }), '须写明理由'],
    ['准予', attempt('examining', 'decided', { outcome: 'approve' }), 'ok'],
    ['停表没说多久', attempt('examining', 'specialProcedureStarted', { procedure: { ...procedure, expectedDays: 0 } }),
      '须写明特别程序的种类和预计天数'],
    ['延期超过法定上限', attempt('examining', 'extended', { extendDays: 7, reason: '复杂' }, { extendDays: 4 }), '合计最多延长 10 个工作日'],
    ['延期没理由', attempt('examining', 'extended', { extendDays: 3 }), '须写明延长的理由'],
    ['出证没附证照', attempt('decided', 'issued', {}, { outcome: 'approve' }), '须附上签发的证照']
  ]
  for (const [title, actual, expected] of rows) test(title, () => assert.equal(actual, expected))
})
