import { Type, type Static } from 'typebox'
import { Id } from './wire'

const closed = { additionalProperties: false }
/** WebSocket：先用登录态换 30 秒一次性票据，再连 /api/v1/live?ticket=…。连不上就轮询。 */
export const LiveTicket = Type.Object({ ticket: Type.String(), expiresInSeconds: Type.Integer() }, closed)
export type LiveTicket = Static<typeof LiveTicket>
export const LiveQuery = Type.Object({ ticket: Type.String({ maxLength: 64 }) }, closed)
/** trace：多了一条足迹，或一条的异议有了进展。code 的 id 是码的标识：被读了、或有核码端等你点头。推送只说「哪样东西变了」，内容另取，权限照常核对。 */
export const LiveEvent = Type.Object(
  { kind: Type.Enum(['submission', 'case', 'licence', 'message', 'invitation', 'draft', 'code', 'delegation', 'trace']), id: Id },
  closed
)
export type LiveEvent = Static<typeof LiveEvent>
