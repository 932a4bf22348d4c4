import { Type, type Static } from 'typebox'
import { objectionIntake } from '../../domain/code/scene'
import { SubjectRole } from '../identity'
import { Id, Instant, Nullable, Slug } from '../wire'

const closed = { additionalProperties: false }
/**
 * 核码端与我们的往来（HTTP，RFC 9421 签名 / Ed25519）。每个核码端用自己的钥匙：公钥在核码端接入平台的 JWKS 里，成员 reader 写着是哪一个，
 * 没有的不认。POST /api/v1/codes/readings → 200；拒绝时为 code_refused，errors[0].code 是缘由（CodeRefusal）；要亮码人点头的 → 202 AwaitedReading。
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

/**
 * key：identity.{name|idCode|phone}、{证照}.{照面字段}、holds.{证照}、{共享系统}.{数据项}、age.{周岁}。text 有值的给值；holds、age 只答 yes；
 * 两个都空是没有或此刻查不到。name：这一格叫什么，与亮码人手机上的说法一样。
 */
const ReadField = Type.Object(
  { key: Type.String(), name: Type.String(), text: Nullable(Type.String()), yes: Nullable(Type.Boolean()) },
  closed
)
/**
 * 谁在亮这个码。self 本人、guardian 监护人、legalRepresentative 法定代表人，后两样为 null；proxy 代办人、operator 经办人凭授权代为出示：
 * 授权编号，和出示的人打了码的姓名。
 */
const ShownBy = Type.Object(
  { role: SubjectRole, delegationNumber: Nullable(Type.String()), maskedName: Nullable(Type.String()) },
  closed
)
export type ShownBy = Static<typeof ShownBy>
export const ReadCode = Type.Object(
  {
    at: Instant,
    scene: Slug,
    holder: Type.Enum(['person', 'company']),
    shownBy: ShownBy,
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
  | 'consent_missing'
  | 'beyond_delegation'
  | 'in_person'
  | 'declined'
  | 'confirmation_lapsed'

/** 202：这个场景要亮码人点头。码已经归这个核码端，凭 readingId 去问结果：GET /api/v1/codes/readings/{id}（签名）。 */
export const AwaitedReading = Type.Object({ readingId: Id, expiresAt: Instant }, closed)
export type AwaitedReading = Static<typeof AwaitedReading>

/**
 * POST /api/v1/codes/readings/offline（签名）：没有网络时验过的，联网后补报。at 是核码端读它的时刻。同一个码同一个核码端只记一次，重报照样答。
 * 逐条答复：recorded 记下了；refused 带缘由（验不过、不在登记的场景里、场景不收离线码）；replayed 同一个码别处也报了。
 */
export const OfflineReport = Type.Object(
  {
    readings: Type.Array(Type.Object({ code: Type.String({ maxLength: 400 }), scene: Slug, at: Instant }, closed), {
      minItems: 1,
      maxItems: 100
    })
  },
  closed
)
export type OfflineReport = Static<typeof OfflineReport>
export const OfflineReported = Type.Object(
  {
    results: Type.Array(
      Type.Object({ outcome: Type.Enum(['recorded', 'refused', 'replayed']), reason: Nullable(Type.String()) }, closed)
    )
  },
  closed
)
export type OfflineReported = Static<typeof OfflineReported>

/**
 * 不是核码端留下的足迹（部门、平台、代办人），异议由个人信息保护投诉受理（演示）转有关单位；它在接入平台里也有一把钥匙，成员 reader 写这个名字。
 * 它没有登记成核码端，读不了码；核码端也不能叫这个名字。
 */
export { objectionIntake }

/**
 * POST {readers}/objections（我们签名）→ 202：持有人对一次核码有异议，请核码单位说明。至少一次投递，objectionId 重复即同一条。
 * 核码单位的说明：POST /api/v1/traces/objections/{id}/answer（核码端签名，只收被反对的那一个的）。从不说持有人是谁。
 */
export const ReaderObjection = Type.Object(
  {
    objectionId: Id,
    /** 哪个核码端；objectionIntake：不是核码端的。 */
    readerId: Slug,
    /** 被反对的是谁，照足迹上写的。 */
    concerns: Type.Object(
      { kind: Type.Enum(['proxy', 'department', 'system', 'staff', 'reader']), name: Type.String() },
      closed
    ),
    /** 被反对的那一次是什么时候。 */
    at: Instant,
    purpose: Type.String(),
    /** 那一次没让看：fields 是想看的，一格也没给。 */
    refused: Type.Boolean(),
    fields: Type.Array(Type.String()),
    text: Nullable(Type.String())
  },
  closed
)
export type ReaderObjection = Static<typeof ReaderObjection>
