import { apply } from './fold'
import { transition, type RefusalReason } from './transition'
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
  | { ok: false; reason: RefusalReason; allowed: CaseEventType[] }

/** 推进一步：合表则给出新事件与新现状，不合则说明理由与此刻允许的事件。 */
export function advance(state: CaseState, intent: Intent): Advance {
  const verdict = transition(state, intent.type, intent.actor, intent.data)
  if (!verdict.ok) return verdict
  const event: CaseEvent = { ...intent, seq: state.seq + 1 }
  return { ok: true, event, state: apply(state, event) }
}

/** 办件的第一条事件与现状。 */
export function open(at: number, by: string): { event: CaseEvent; state: CaseState } {
  const event: CaseEvent = { seq: 1, type: 'submitted', at, actor: 'applicant', by, data: {} }
  return { event, state: apply(null, event) }
}
