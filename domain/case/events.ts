import { defaultClockParameters, type ClockParameters } from '../clock/parameters'
import { missingFrom } from './completeness'
import { apply } from './fold'
import { allowedEvents, transition, type RefusalReason } from './transition'
import type { Actor, CaseEvent, CaseEventData, CaseEventType, CaseState } from './types'

/** 想让一件事发生：谁、什么时候、凭什么。 */
export interface Intent {
  type: CaseEventType
  at: number
  actor: Actor
  by: string
  data: CaseEventData
}

export type Advance =
  | { ok: true; event: CaseEvent; state: CaseState }
  | { ok: false; reason: RefusalReason; allowed: CaseEventType[]; missing?: string }

/**
 * 推进一步：合表且内容齐全则给出新事件与新现状，不合则说明理由与此刻允许的事件；内容不全时 missing 写明缺什么。
 * 折叠旧日志不查内容：规矩后来变严，已发生的事仍是事实。
 */
export function advance(state: CaseState, intent: Intent, parameters: ClockParameters = defaultClockParameters): Advance {
  const verdict = transition(state, intent.type, intent.actor, intent.data)
  if (!verdict.ok) return verdict
  const missing = missingFrom(state, intent.type, intent.data, parameters)
  if (missing !== null) return { ok: false, reason: 'incomplete', allowed: allowedEvents(state, intent.actor), missing }
  const event: CaseEvent = { ...intent, seq: state.seq + 1 }
  return { ok: true, event, state: apply(state, event) }
}

/** 办件的第一条事件与现状。 */
export function open(at: number, by: string): { event: CaseEvent; state: CaseState } {
  const event: CaseEvent = { seq: 1, type: 'submitted', at, actor: 'applicant', by, data: {} }
  return { event, state: apply(null, event) }
}
