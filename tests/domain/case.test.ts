import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { open } from '../../domain/case/events'
import { allowedActions, allowedEvents, transition } from '../../domain/case/transition'
import { caseEventTypes, caseStatuses } from '../../domain/case/types'
import type { Actor, CaseEventType, CaseState, CaseStatus } from '../../domain/case/types'
import { eventTitle, nextStepText, refusalText, statusText, stepsAhead } from '../../domain/case/words'

const start = Date.UTC(2026, 10, 23, 2)
const actors: Actor[] = ['applicant', 'department', 'system']
const at = (status: CaseStatus, rest: Partial<CaseState> = {}): CaseState => ({ ...open(start, '张*').state, status, ...rest })

/**
 * 流程材料 §1 的状态表，照原文另抄一份：从 → 事件 → 到。表里没有的一律不许。
 * 容缺补齐原文只写在审查中；愿意早补的不拦，所以提交以后、决定以前都许。
 */
const lawful: Record<CaseStatus, Partial<Record<CaseEventType, CaseStatus>>> = {
  waiting: {
    ready: 'submitted', supplemented: 'waiting', withdrawn: 'withdrawn', terminated: 'terminated', blocked: 'blocked',
    licenceChanged: 'waiting'
  },
  submitted: {
    dispatched: 'preReview', preReviewPassed: 'accepted', accepted: 'accepted', correctionRequested: 'correction', rejected: 'rejected',
    supplemented: 'submitted', withdrawn: 'withdrawn', terminated: 'terminated',
    licenceChanged: 'submitted'
  },
  preReview: {
    preReviewPassed: 'accepted', accepted: 'accepted', correctionRequested: 'correction', rejected: 'rejected', supplemented: 'preReview',
    withdrawn: 'withdrawn', terminated: 'terminated',
    licenceChanged: 'preReview'
  },
  correction: {
    corrected: 'preReview', correctionExpired: 'terminated', supplemented: 'correction', withdrawn: 'withdrawn',
    terminated: 'terminated', licenceChanged: 'correction'
  },
  accepted: {
    examineStarted: 'examining', supplemented: 'accepted', supplementExpired: 'terminated', withdrawn: 'withdrawn',
    terminated: 'terminated',
    licenceChanged: 'accepted'
  },
  rejected: {},
  examining: {
    specialProcedureStarted: 'paused', extended: 'examining', supplemented: 'examining', supplementExpired: 'terminated',
    decided: 'decided', withdrawn: 'withdrawn', terminated: 'terminated',
    licenceChanged: 'examining'
  },
  paused: {
    specialProcedureEnded: 'examining', supplemented: 'paused', supplementExpired: 'terminated', withdrawn: 'withdrawn',
    terminated: 'terminated',
    licenceChanged: 'paused'
  },
  decided: { issueStarted: 'issuing', issued: 'delivering', resultReady: 'delivering', delivered: 'done', terminated: 'terminated',
    licenceChanged: 'decided' },
  issuing: { issued: 'delivering', terminated: 'terminated', licenceChanged: 'issuing' },
  delivering: { delivered: 'done', deliveryFailed: 'delivering', terminated: 'terminated', licenceChanged: 'delivering' },
  done: { archived: 'archived', rated: 'done' },
  withdrawn: {},
  terminated: {},
  blocked: {},
  archived: { rated: 'archived' }
}

/** 使决定类条件成立的现状：不予的只能送达，其余按准予。 */
const fitting = (status: CaseStatus, type: CaseEventType): CaseState =>
  at(status, { outcome: status === 'decided' && type === 'delivered' ? 'disapprove' : 'approve' })

describe('办件状态表：每个状态 × 每个事件', () => {
  for (const status of caseStatuses) {
    test(`${statusText[status]}（${status}）`, () => {
      for (const type of caseEventTypes) {
        const verdicts = actors.map(actor => transition(fitting(status, type), type, actor))
        const expected = lawful[status][type]
        const reached = verdicts.filter(verdict => verdict.ok)
        if (expected === undefined) assert.equal(reached.length, 0, `${status} 不该接 ${type}`)
        else assert.deepEqual(new Set(reached.map(verdict => verdict.ok && verdict.to)), new Set([expected]), `${status} 接 ${type}`)
        for (const verdict of verdicts) {
          if (!verdict.ok) assert.ok(refusalText[verdict.reason] && !verdict.allowed.includes(type), `${status} ${type}`)
        }
      }
    })
  }

  test('准予的才能制证、出证、出件，不予的只能送达', () => {
    const approved = at('decided', { outcome: 'approve' })
    const refused = at('decided', { outcome: 'disapprove' })
    assert.deepEqual(allowedEvents(approved, 'department'), ['issueStarted', 'issued', 'resultReady', 'terminated'])
    assert.deepEqual(allowedEvents(refused, 'department'), ['delivered', 'terminated'])
  })

  test('收件即受理的不经预审：送到部门后仍是已提交，由部门直接受理', () => {
    assert.deepEqual(transition(at('submitted'), 'dispatched', 'system', { preReview: false }), { ok: true, to: 'submitted' })
    assert.deepEqual(transition(at('submitted'), 'dispatched', 'system', { preReview: true }), { ok: true, to: 'preReview' })
    assert.deepEqual(transition(at('submitted'), 'accepted', 'department'), { ok: true, to: 'accepted' })
    const again = transition(at('submitted', { dispatchedAt: start }), 'dispatched', 'system', { preReview: false })
    assert.ok(!again.ok && again.reason === 'late', '同一件不会记两次送达部门')
  })

  test('各做各的：补正、撤回、补齐、评价只由申请人；决定只由部门；逾期只由系统', () => {
    const who = (type: CaseEventType, status: CaseStatus) => actors.filter(actor => transition(fitting(status, type), type, actor).ok)
    assert.deepEqual(who('corrected', 'correction'), ['applicant'])
    assert.deepEqual(who('withdrawn', 'examining'), ['applicant'])
    assert.deepEqual(who('supplemented', 'examining'), ['applicant'])
    assert.deepEqual(who('rated', 'done'), ['applicant'])
    assert.deepEqual(who('decided', 'examining'), ['department'])
    assert.deepEqual(who('correctionExpired', 'correction'), ['system'])
    assert.deepEqual(who('dispatched', 'submitted'), ['system'])
  })

  test('申请人此刻能做的事', () => {
    const both = { supplement: true, rate: true }
    assert.deepEqual(allowedActions(at('correction'), both), ['correct', 'supplement', 'withdraw'])
    assert.deepEqual(allowedActions(at('examining'), { supplement: false, rate: true }), ['withdraw'])
    assert.deepEqual(allowedActions(at('waiting'), both), ['supplement', 'withdraw'], '还没轮到的也可以先补')
    assert.deepEqual(allowedActions(at('decided', { outcome: 'approve' }), both), [])
    assert.deepEqual(allowedActions(at('done', { outcome: 'approve' }), both), ['rate'])
    assert.deepEqual(allowedActions(at('done', { outcome: 'approve' }), { supplement: false, rate: false }), [])
  })

  test('每个状态、每个事件都有给人看的说法', () => {
    for (const type of caseEventTypes) assert.ok(eventTitle[type])
    const quiet = { department: '某局', waitingFor: [], blockedBy: null, stillDeferred: [], refusedBySystem: false }
    for (const status of caseStatuses) {
      const text = nextStepText(at(status), quiet)
      assert.ok(statusText[status] && text, status)
    }
    const owing = { ...quiet, waitingFor: ['落户'], stillDeferred: ['照片'] }
    assert.match(nextStepText(at('waiting'), owing), /^等落户办好，就自动送到某局，请补交照片。$/)
    assert.equal(nextStepText(at('preReview'), owing), '某局正在看材料齐不齐，请补交照片。')
    assert.deepEqual(stepsAhead(at('decided', { outcome: 'disapprove' })), [])
    assert.deepEqual(stepsAhead(at('examining')), ['决定', '出结果并送达', '办结'])
  })
})
