import { caseEventTypes, caseStatuses } from './types'
import type { Actor, CaseAction, CaseEventData, CaseEventType, CaseState, CaseStatus } from './types'

/** 为什么这一步现在不能走。 */
export type RefusalReason = 'early' | 'late' | 'closed' | 'actor' | 'outcome' | 'once' | 'incomplete'

export type Transition =
  | { ok: true; to: CaseStatus }
  | { ok: false; reason: RefusalReason; allowed: CaseEventType[] }

/** 一格：去往的状态，或者还没到（_）、已经过了（x）、已经终了（z）。 */
type Cell = CaseStatus | '_' | 'x' | 'z'
type CellPer<List extends readonly unknown[]> = { [Index in keyof List]: Cell }
type Row = CellPer<typeof caseStatuses>

/**
 * 办件状态表（流程材料 §1）：行是事件，列是状态，每一格都有结论。
 * 加一个状态，每一行都要补一格；加一个事件，就要补一行；少了编译不过。
 */
const table: Record<CaseEventType, Row> = {
  // 列的次序同 caseStatuses：等前置 已提交 预审 待补正 已受理 不予受理 审查中 暂停 / 已决定 制证 送达 办结 撤回 终止 受阻 归档
  submitted:               ['x', 'x', 'x', 'x', 'x', 'z', 'x', 'x', 'x', 'x', 'x', 'z', 'z', 'z', 'z', 'z'],
  ready:                   ['submitted', 'x', 'x', 'x', 'x', 'z', 'x', 'x', 'x', 'x', 'x', 'z', 'z', 'z', 'z', 'z'],
  dispatched:              ['_', 'preReview', 'x', 'x', 'x', 'z', 'x', 'x', 'x', 'x', 'x', 'z', 'z', 'z', 'z', 'z'],
  preReviewPassed:         ['_', 'accepted', 'accepted', '_', 'x', 'z', 'x', 'x', 'x', 'x', 'x', 'z', 'z', 'z', 'z', 'z'],
  correctionRequested:     ['_', 'correction', 'correction', 'x', 'x', 'z', 'x', 'x', 'x', 'x', 'x', 'z', 'z', 'z', 'z', 'z'],
  corrected:               ['_', '_', '_', 'preReview', 'x', 'z', 'x', 'x', 'x', 'x', 'x', 'z', 'z', 'z', 'z', 'z'],
  correctionExpired:       ['_', '_', '_', 'terminated', 'x', 'z', 'x', 'x', 'x', 'x', 'x', 'z', 'z', 'z', 'z', 'z'],
  rejected:                ['_', 'rejected', 'rejected', '_', 'x', 'z', 'x', 'x', 'x', 'x', 'x', 'z', 'z', 'z', 'z', 'z'],
  accepted:                ['_', 'accepted', 'accepted', '_', 'x', 'z', 'x', 'x', 'x', 'x', 'x', 'z', 'z', 'z', 'z', 'z'],
  examineStarted:          ['_', '_', '_', '_', 'examining', 'z', 'x', '_', 'x', 'x', 'x', 'z', 'z', 'z', 'z', 'z'],
  specialProcedureStarted: ['_', '_', '_', '_', '_', 'z', 'paused', 'x', 'x', 'x', 'x', 'z', 'z', 'z', 'z', 'z'],
  specialProcedureEnded:   ['_', '_', '_', '_', '_', 'z', '_', 'examining', 'x', 'x', 'x', 'z', 'z', 'z', 'z', 'z'],
  extended:                ['_', '_', '_', '_', '_', 'z', 'examining', '_', 'x', 'x', 'x', 'z', 'z', 'z', 'z', 'z'],
  // 容缺的材料随时可以补，不必等到轮到这一件：等前一步时补的，送办时一并带去。
  supplemented: [
    'waiting', 'submitted', 'preReview', 'correction', 'accepted', 'z', 'examining', 'paused',
    'x', 'x', 'x', 'z', 'z', 'z', 'z', 'z'
  ],
  supplementExpired:       ['_', '_', '_', '_', 'terminated', 'z', 'terminated', 'terminated', 'x', 'x', 'x', 'z', 'z', 'z', 'z', 'z'],
  decided:                 ['_', '_', '_', '_', '_', 'z', 'decided', '_', 'x', 'x', 'x', 'z', 'z', 'z', 'z', 'z'],
  issueStarted:            ['_', '_', '_', '_', '_', 'z', '_', '_', 'issuing', 'x', 'x', 'z', 'z', 'z', 'z', 'z'],
  issued:                  ['_', '_', '_', '_', '_', 'z', '_', '_', 'delivering', 'delivering', 'x', 'z', 'z', 'z', 'z', 'z'],
  resultReady:             ['_', '_', '_', '_', '_', 'z', '_', '_', 'delivering', 'x', 'x', 'z', 'z', 'z', 'z', 'z'],
  delivered:               ['_', '_', '_', '_', '_', 'z', '_', '_', 'done', '_', 'done', 'z', 'z', 'z', 'z', 'z'],
  deliveryFailed:          ['_', '_', '_', '_', '_', 'z', '_', '_', '_', '_', 'delivering', 'z', 'z', 'z', 'z', 'z'],
  withdrawn: [
    'withdrawn', 'withdrawn', 'withdrawn', 'withdrawn', 'withdrawn', 'z', 'withdrawn', 'withdrawn',
    'x', 'x', 'x', 'z', 'z', 'z', 'z', 'z'
  ],
  terminated: [
    'terminated', 'terminated', 'terminated', 'terminated', 'terminated', 'z', 'terminated', 'terminated',
    'terminated', 'terminated', 'terminated', 'z', 'z', 'z', 'z', 'z'
  ],
  blocked:                 ['blocked', 'x', 'x', 'x', 'x', 'z', 'x', 'x', 'x', 'x', 'x', 'z', 'z', 'z', 'z', 'z'],
  archived:                ['_', '_', '_', '_', '_', 'z', '_', '_', '_', '_', '_', 'archived', 'z', 'z', 'z', 'z'],
  // 所依据的证照有变，只是记一笔、告诉部门，办到哪里还在哪里；还没送出去的也记，送办时按最新的来。
  licenceChanged: [
    'waiting', 'submitted', 'preReview', 'correction', 'accepted', 'z', 'examining', 'paused',
    'decided', 'issuing', 'delivering', 'z', 'z', 'z', 'z', 'z'
  ],
  rated:                   ['_', '_', '_', '_', '_', 'z', '_', '_', '_', '_', '_', 'done', 'z', 'z', 'z', 'archived'],
}

/** 谁可以让它发生。 */
const actors: Record<CaseEventType, readonly Actor[]> = {
  submitted: ['applicant'],
  ready: ['system'],
  dispatched: ['system'],
  preReviewPassed: ['department'],
  correctionRequested: ['department'],
  corrected: ['applicant'],
  correctionExpired: ['system'],
  rejected: ['department'],
  accepted: ['department'],
  examineStarted: ['department', 'system'],
  specialProcedureStarted: ['department'],
  specialProcedureEnded: ['department'],
  extended: ['department'],
  supplemented: ['applicant'],
  supplementExpired: ['system'],
  decided: ['department'],
  issueStarted: ['department', 'system'],
  issued: ['department'],
  resultReady: ['department'],
  delivered: ['department', 'system'],
  deliveryFailed: ['department'],
  withdrawn: ['applicant'],
  terminated: ['system', 'department'],
  blocked: ['system'],
  archived: ['system'],
  rated: ['applicant'],
  licenceChanged: ['system'],
}

/** 准予才有证可发、有件可送；不予的只有送达。 */
const needsOutcome: Partial<Record<CaseEventType, 'approve'>> = { issueStarted: 'approve', issued: 'approve', resultReady: 'approve' }

const refusals: Record<'_' | 'x' | 'z', RefusalReason> = { _: 'early', x: 'late', z: 'closed' }

const cellOf = (status: CaseStatus, type: CaseEventType): Cell => table[type][caseStatuses.indexOf(status)] as Cell

const isTarget = (cell: Cell): cell is CaseStatus => cell !== '_' && cell !== 'x' && cell !== 'z'

export const targetsOf = (data: CaseEventData): string[] => (data.items ?? []).map(item => item.target)

/** 补正只能一次告知（流程材料 §1 规则①）：再次告知不得提上次没提过的要求。 */
const asksAnew = (state: CaseState, type: CaseEventType, data: CaseEventData) =>
  type === 'correctionRequested' && state.notified.length > 0 && targetsOf(data).some(target => state.notified.indexOf(target) < 0)

function outcomeFits(state: CaseState, type: CaseEventType): boolean {
  if (type === 'delivered' && state.status === 'decided') return state.outcome === 'disapprove'
  const needed = needsOutcome[type]
  return needed === undefined || state.outcome === needed
}

/** 此刻、此人能让哪些事件发生。 */
export const allowedEvents = (state: CaseState, actor: Actor): CaseEventType[] =>
  caseEventTypes.filter(type => actors[type].indexOf(actor) >= 0 && isTarget(cellOf(state.status, type)) && outcomeFits(state, type))

/** 某事件在某状态下的结论；不允许时给出理由和此刻允许的事件。纯函数，不改日志。 */
export function transition(state: CaseState, type: CaseEventType, actor: Actor, data: CaseEventData = {}): Transition {
  const refuse = (reason: RefusalReason): Transition => ({ ok: false, reason, allowed: allowedEvents(state, actor) })
  if (actors[type].indexOf(actor) < 0) return refuse('actor')
  const cell = cellOf(state.status, type)
  if (!isTarget(cell)) return refuse(refusals[cell])
  if (asksAnew(state, type, data)) return refuse('once')
  if (type === 'dispatched' && state.dispatchedAt !== null) return refuse('late')
  if (type === 'dispatched' && data.preReview === false) return { ok: true, to: 'submitted' }
  return outcomeFits(state, type) ? { ok: true, to: cell } : refuse('outcome')
}

const actionEvents: Record<CaseAction, CaseEventType> = {
  correct: 'corrected', withdraw: 'withdrawn', supplement: 'supplemented', rate: 'rated'
}

/** 申请人此刻能做的事。supplement 只在还有容缺材料没补时给出；rate 在评价窗口内、未评过时给出。 */
export function allowedActions(state: CaseState, open: { supplement: boolean; rate: boolean }): CaseAction[] {
  return (['correct', 'supplement', 'rate', 'withdraw'] as const)
    .filter(action => transition(state, actionEvents[action], 'applicant').ok)
    .filter(action => (action === 'supplement' ? open.supplement : action === 'rate' ? open.rate : true))
}

/** 终了的状态：不再有下一步（办结后的评价与归档不算）。 */
export const closedStatuses: readonly CaseStatus[] = ['rejected', 'done', 'withdrawn', 'terminated', 'blocked', 'archived']
export const isClosed = (status: CaseStatus): boolean => closedStatuses.indexOf(status) >= 0

/** 结果已入库：准予且已出证或出件。送达不阻塞后续。 */
export const hasResult = (state: CaseState): boolean => state.outcome === 'approve' && state.result !== null

/** 办不成了：后续事项不能再等它。 */
export const hasFailed = (state: CaseState): boolean =>
  state.outcome === 'disapprove' || ['rejected', 'withdrawn', 'terminated', 'blocked'].indexOf(state.status) >= 0
