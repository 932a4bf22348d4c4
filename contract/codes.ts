import { Type, type Static } from 'typebox'
import { Id, Instant, Nullable } from './wire'

const closed = { additionalProperties: false }
/** POST /codes：给此刻代表的主体发一个在线码；刷新就是再发一个。text 原样画成二维码（docs/code/format.md）。 */
export const IssuedCode = Type.Object(
  {
    id: Id,
    text: Type.String(),
    holder: Type.Enum(['person', 'company']),
    shownName: Type.String(),
    issuedAt: Instant,
    /** 到这时该换下一个；服务端另容 5 秒。 */
    expiresAt: Instant
  },
  closed
)
export type IssuedCode = Static<typeof IssuedCode>
/** GET /codes/{id}：用过没有；用过的，谁在哪里为什么读了。 */
export const CodeStatus = Type.Object(
  {
    status: Type.Enum(['live', 'used', 'expired']),
    reading: Nullable(Type.Object({ at: Instant, organisation: Type.String(), place: Type.String(), purpose: Type.String() }, closed))
  },
  closed
)
export type CodeStatus = Static<typeof CodeStatus>
