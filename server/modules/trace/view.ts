import type { Static } from 'typebox'
import type { Trace } from '../../../contract/traces'
import type { Deps } from '../../deps'
import type { SubjectRecord } from '../identity/subjects'
import { shownName } from '../identity/subjects'
import type { ObjectionRecord, TraceRecord } from './repository'

type Wire = Static<typeof Trace>

/** What the texts of an objection are sealed to. */
export const textContext = (id: string) => `objection.text_sealed:${id}`
export const answerContext = (id: string) => `objection.answer_sealed:${id}`

/** What others did can be objected to; what one did oneself can't. @param own how the trace names who reads it, in the owner's place */
export const isObjectable = ({ actor, actorKind }: Pick<TraceRecord, 'actor' | 'actorKind'>, own: string | null): boolean =>
  actorKind !== 'self' && !(actorKind === 'proxy' && actor === own)

/** A trace as its owner reads it, or who may act for the owner. */
export function traceView(deps: Deps, trace: TraceRecord, subject: SubjectRecord, own: string | null): Wire {
  const { id, at, actor, actorKind, action, purpose, fields, objection } = trace
  const objectable = isObjectable(trace, own)
  return {
    id,
    at: at.toISOString(),
    actor,
    actorKind,
    action,
    purpose,
    fields,
    maskedSubjectName: shownName(subject),
    objectable,
    explainedBy: objectable ? (trace.readerId === null ? 'complaints' : 'reader') : null,
    objection: objection && objectionView(deps, objection)
  }
}

function objectionView({ vault }: Deps, objection: ObjectionRecord): Wire['objection'] {
  const { id, at, textSealed, deliveredAt, answerBy, answeredAt, answerSealed } = objection
  return {
    at: at.toISOString(),
    text: textSealed && vault.open(textSealed, textContext(id)),
    deliveredAt: deliveredAt?.toISOString() ?? null,
    answerBy,
    answeredAt: answeredAt?.toISOString() ?? null,
    answer: answerSealed && vault.open(answerSealed, answerContext(id))
  }
}
