import { Type, type Static } from 'typebox'
import { Id, Instant, Nullable } from './wire'

const closed = { additionalProperties: false }
/** 足迹：谁、何时、为什么、看了哪些字段（从不记值）。 */
export const Trace = Type.Object(
  {
    id: Id,
    at: Instant,
    actor: Type.String(),
    actorKind: Type.Enum(['self', 'proxy', 'department', 'system', 'staff', 'reader']),
    action: Type.Enum(['read', 'fetch', 'use', 'send', 'reveal', 'export', 'refused']),
    purpose: Type.String(),
    fields: Type.Array(Type.String()),
    maskedSubjectName: Type.String()
  },
  closed
)
export type Trace = Static<typeof Trace>
export const TraceList = Type.Object({ traces: Type.Array(Trace), nextCursor: Nullable(Type.String()) }, closed)
export type TraceList = Static<typeof TraceList>
