import { Type, type Static } from 'typebox'
import { Instant, Nullable, Slug } from '../wire'

const closed = { additionalProperties: false }
/**
 * 核码端与我们的往来（HTTP，RFC 9421 签名 / Ed25519）。每个核码端用自己的钥匙：公钥在核码端接入平台的 JWKS 里，成员 reader 写着是哪一个，
 * 没有的不认。POST /api/v1/codes/readings → 200；拒绝时为 code_refused，errors[0].code 是缘由（CodeRefusal）。
 */
export const CodeReading = Type.Object(
  {
    code: Type.String({ maxLength: 400 }),
    scene: Slug,
    /** 只要其中几格；不写就是这个场景的全部。多要一格，整个拒绝。 */
    fields: Type.Optional(Type.Array(Type.String({ maxLength: 100 }), { minItems: 1, maxItems: 30 }))
  },
  closed
)
export type CodeReading = Static<typeof CodeReading>

/** text 有值的给值；holds、age 只答 yes；两个都空是没有或此刻查不到。 */
const ReadField = Type.Object({ key: Type.String(), text: Nullable(Type.String()), yes: Nullable(Type.Boolean()) }, closed)
export const ReadCode = Type.Object(
  {
    at: Instant,
    scene: Slug,
    holder: Type.Enum(['person', 'company']),
    fields: Type.Array(ReadField),
    /** 最多留几个自然日；0 是核完即删。 */
    retentionDays: Type.Integer({ minimum: 0 })
  },
  closed
)
export type ReadCode = Static<typeof ReadCode>

export type CodeRefusal =
  | 'reader_unknown'
  | 'scene_not_registered'
  | 'code_unreadable'
  | 'code_offline'
  | 'wrong_issuer'
  | 'code_unknown'
  | 'code_used'
  | 'code_expired'
  | 'device_revoked'
  | 'holder_unavailable'
  | 'holder_kind'
  | 'beyond_scene'
  | 'confirmation_required'
  | 'consent_missing'
