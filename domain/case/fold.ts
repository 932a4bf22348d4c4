import { unique } from '../lists'
import { targetsOf, transition } from './transition'
import type { CaseEvent, CaseEventData, CaseState, CaseStatus } from './types'

/** 还没有任何事件时的样子。 */
const blank: CaseState = {
  status: 'waiting', seq: 0, submittedAt: null, dispatchedAt: null, acceptedAt: null, decidedAt: null, outcome: null, closedAt: null,
  notified: [], correction: null, stops: [], extendDays: 0, result: null, reason: null, rated: false,
}

const closing: readonly CaseStatus[] = ['rejected', 'done', 'withdrawn', 'terminated', 'blocked']

/**
 * 把一条事件折进现状。事件已由 transition() 核准；日志里出现不合表的事件说明数据坏了，抛 RangeError。
 */
export function apply(state: CaseState | null, event: CaseEvent): CaseState {
  const before = state ?? blank
  if (event.seq !== before.seq + 1) throw new RangeError(`事件序号应为 ${before.seq + 1}，却是 ${event.seq}`)
  if (state === null) {
    if (event.type !== 'submitted') throw new RangeError(`第一条事件应为 submitted，却是 ${event.type}`)
    return { ...blank, seq: event.seq, submittedAt: event.at }
  }
  const verdict = transition(before, event.type, event.actor, event.data)
  if (!verdict.ok) throw new RangeError(`${before.status} 不能接 ${event.type}`)
  const closedAt = before.closedAt ?? (closing.indexOf(verdict.to) >= 0 ? event.at : null)
  return { ...before, ...changes(before, event), status: verdict.to, seq: event.seq, closedAt }
}

const stopFrom = (from: number, { reason, procedure }: CaseEventData): CaseState['stops'][number] =>
  ({ from, to: null, reason: reason ?? procedure?.name ?? '', expectedDays: procedure?.expectedDays ?? 0 })

function changes(state: CaseState, { type, at, data }: CaseEvent): Partial<CaseState> {
  switch (type) {
    case 'dispatched':
      return { dispatchedAt: at }
    case 'preReviewPassed':
    case 'accepted':
      return { acceptedAt: at }
    case 'correctionRequested':
      return {
        notified: unique([...state.notified, ...targetsOf(data)]),
        correction: { items: data.items ?? [], since: at, dueAt: data.dueAt ?? null },
      }
    case 'corrected':
      return { correction: null }
    case 'specialProcedureStarted':
      return { stops: [...state.stops, stopFrom(at, data)] }
    case 'specialProcedureEnded':
      return { stops: state.stops.map(stop => (stop.to === null ? { ...stop, to: at } : stop)) }
    case 'extended':
      return { extendDays: state.extendDays + (data.extendDays ?? 0), reason: data.reason ?? state.reason }
    case 'decided':
      return { decidedAt: at, outcome: data.outcome ?? null, reason: data.reason ?? null }
    case 'issued':
    case 'resultReady':
      return { result: data.result ?? null }
    case 'rejected':
    case 'withdrawn':
    case 'terminated':
    case 'correctionExpired':
    case 'supplementExpired':
    case 'blocked':
      return { reason: data.reason ?? null, correction: null }
    case 'rated':
      return { rated: true }
    default:
      return {}
  }
}

/** 折叠整份日志。空日志返回 null。 */
export const fold = (events: readonly CaseEvent[]): CaseState | null => events.reduce<CaseState | null>(apply, null)
