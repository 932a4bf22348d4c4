import { Type, type Static } from 'typebox'
import { ListQuery } from './submissions'
import { Day, Id, Instant, Nullable } from './wire'

const closed = { additionalProperties: false }
/** 足迹：谁、何时、为什么、看了哪些字段（从不记值）。 */
export const Trace = Type.Object(
  {
    id: Id,
    at: Instant,
    actor: Type.String(),
    actorKind: Type.Enum(['self', 'proxy', 'department', 'system', 'staff', 'reader']),
    action: Type.Enum(['ask', 'read', 'fetch', 'use', 'send', 'reveal', 'export', 'refused']),
    purpose: Type.String(),
    fields: Type.Array(Type.String()),
    maskedSubjectName: Type.String(),
    /** 别人看的才能提；自己看的为 false。 */
    objectable: Type.Boolean(),
    /** 异议由谁说明：登记了的那个核码端，或个人信息保护投诉受理（演示）；不能提的为 null。 */
    explainedBy: Nullable(Type.Enum(['reader', 'complaints'])),
    /** 提过异议的：何时、写了什么、送到没有、请对方哪天前答复（演示、待核）、对方怎么说明的。 */
    objection: Nullable(
      Type.Object(
        {
          at: Instant,
          text: Nullable(Type.String()),
          deliveredAt: Nullable(Instant),
          answerBy: Day,
          answeredAt: Nullable(Instant),
          answer: Nullable(Type.String())
        },
        closed
      )
    )
  },
  closed
)
export type Trace = Static<typeof Trace>
/** POST /traces/{id}/objection：一键反对；text 可不填。同一条再提，答复一样。 */
export const ObjectToTrace = Type.Object({ text: Type.Optional(Type.String({ maxLength: 200 })) }, closed)
/** POST /traces/objections/{id}/answer（签名）：被反对的单位作出说明。 */
export const AnswerObjection = Type.Object({ text: Type.String({ minLength: 1, maxLength: 500 }) }, closed)
/** GET /traces?of=：只看哪一些。refused 是没让看成的，不论是谁。 */
export const TraceQuery = Type.Object(
  { ...ListQuery.properties, of: Type.Optional(Type.Enum(['reader', 'department', 'proxy', 'refused'])) },
  closed
)
export const TraceList = Type.Object(
  {
    traces: Type.Array(Trace),
    nextCursor: Nullable(Type.String()),
    objectionDays: Type.Integer({ description: '提异议后请对方几个工作日内说明（演示、待核）' })
  },
  closed
)
export type TraceList = Static<typeof TraceList>
