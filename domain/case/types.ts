import type { FormValues } from '../form/types'
import type { LicenceStatus } from '../licence/types'

/** 办件状态（流程材料 §1）。「评价」是 done 之后的独立标志，不是状态。 */
export const caseStatuses = [
  'waiting', 'submitted', 'preReview', 'correction', 'accepted', 'rejected', 'examining', 'paused', 'decided',
  'issuing', 'delivering', 'done', 'withdrawn', 'terminated', 'blocked', 'archived',
] as const
/** waiting = 已随整件提交，等前置事项出结果；submitted = 已送往部门，等其收件；blocked = 前置办不成，本件办不了。其余见流程材料 §1。 */
export type CaseStatus = (typeof caseStatuses)[number]

export const caseEventTypes = [
  'submitted', 'ready', 'dispatched', 'preReviewPassed', 'correctionRequested', 'corrected', 'correctionExpired', 'rejected', 'accepted',
  'examineStarted', 'specialProcedureStarted', 'specialProcedureEnded', 'extended', 'supplemented', 'supplementExpired',
  'decided', 'issueStarted', 'issued', 'resultReady', 'delivered', 'deliveryFailed',
  'withdrawn', 'terminated', 'blocked', 'archived', 'rated', 'licenceChanged',
] as const
export type CaseEventType = (typeof caseEventTypes)[number]

export type Actor = 'applicant' | 'department' | 'system'

/** 一次性告知的补正要求：缺什么、为何、怎么补。 */
export interface CorrectionItem {
  id: string
  kind: 'field' | 'material'
  /** 字段 id 或材料 id。 */
  target: string
  problem: string
  mend: string
  sample?: string
}

export interface CaseEvent {
  seq: number
  type: CaseEventType
  /** 发生时刻，epoch 毫秒 UTC。 */
  at: number
  actor: Actor
  /** 经办单位或办事人的称呼，已脱敏，可直接给申请人看。 */
  by: string
  data: CaseEventData
}

/** 所依据的证照变成了什么样；grantRevoked：持证人收回了授权。 */
export type ReliedStatus = Exclude<LicenceStatus, 'expiring'> | 'grantRevoked'

export interface CaseEventData {
  reason?: string
  remedy?: string
  items?: CorrectionItem[]
  dueAt?: number
  outcome?: 'approve' | 'disapprove'
  procedure?: { kind: string; name: string; expectedDays: number }
  extendDays?: number
  result?: { kind: 'licence'; licenceId: string; name: string } | { kind: 'document'; name: string; number: string }
  documentNo?: string
  materialId?: string
  /** corrected / supplemented：补上的字段值与文件（材料码 → 文件标识）。 */
  values?: FormValues
  files?: Record<string, string[]>
  blockedBy?: string
  /** licenceChanged：所依据的是哪一类证照，变成了什么；reason 是给人看的一整句。 */
  licence?: { type: string; status: ReliedStatus }
  /** dispatched：是否先网上预审；false = 收件即受理。缺省为真。 */
  preReview?: boolean
}

/** 折叠事件日志得到的现状；数据库里的 status 列与它同事务写入，测试逐件比对。 */
export interface CaseState {
  status: CaseStatus
  seq: number
  submittedAt: number | null
  /** 部门系统收到的时刻。 */
  dispatchedAt: number | null
  acceptedAt: number | null
  decidedAt: number | null
  outcome: 'approve' | 'disapprove' | null
  closedAt: number | null
  /** 曾经告知过的补正对象：再次告知不得提新要求。 */
  notified: string[]
  correction: { items: CorrectionItem[]; since: number; dueAt: number | null } | null
  stops: { from: number; to: number | null; reason: string; expectedDays: number }[]
  extendDays: number
  result: CaseEventData['result'] | null
  reason: string | null
  rated: boolean
}

export type CaseAction = 'correct' | 'withdraw' | 'supplement' | 'rate'
