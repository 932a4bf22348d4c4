import { Type, type Static } from 'typebox'
import { Id, Instant, Nullable } from './wire'

const closed = { additionalProperties: false }
/** 消息的种类。 */
export const messageKinds = ['case', 'correction', 'licence', 'invitation', 'rating', 'account', 'code', 'delegation'] as const
export const Message = Type.Object(
  {
    id: Id,
    kind: Type.Enum([...messageKinds]),
    title: Type.String(),
    body: Type.String(),
    at: Instant,
    readAt: Nullable(Instant),
    /** 点开去哪里：资源种类与标识，由应用换成页面地址。 */
    target: Nullable(
      Type.Object({ kind: Type.Enum(['submission', 'case', 'licence', 'invitation', 'delegation', 'trace']), id: Id }, closed)
    )
  },
  closed
)
export type Message = Static<typeof Message>
export const MessageList = Type.Object(
  { messages: Type.Array(Message), unread: Type.Integer(), nextCursor: Nullable(Type.String()) },
  closed
)
export type MessageList = Static<typeof MessageList>
