import { Type, type Static } from 'typebox'
import { Day, Id, Instant, Nullable, Slug } from './wire'

const closed = { additionalProperties: false }
export const LicenceStatus = Type.Enum(['valid', 'expiring', 'expired', 'suspended', 'changed', 'cancelled', 'revoked', 'annulled'])
/** 照面怎么画（目录数据）：底色、版式、章上的字。 */
export const LicenceLook = Type.Object(
  {
    tint: Type.Enum(['blue', 'teal', 'green', 'olive', 'amber', 'red', 'wine', 'violet', 'slate']),
    layout: Type.Enum(['card', 'certificate', 'booklet', 'list']),
    seal: Type.String()
  },
  closed
)
export type LicenceLook = Static<typeof LicenceLook>
/** 照面一格是什么（licences.md §2）：s 文本、d 日期、n 数值、e 枚举、img 照片、id 证件号、code 代码、list 明细。应用照它画。 */
export const FaceType = Type.Enum(['s', 'd', 'n', 'e', 'img', 'id', 'code', 'list'])
export const LicenceCard = Type.Object(
  {
    id: Id,
    type: Slug,
    name: Type.String(),
    issuer: Type.String(),
    subjectId: Id,
    maskedHolderName: Type.String(),
    look: LicenceLook,
    status: LicenceStatus,
    statusText: Type.String(),
    issuedOn: Day,
    validTo: Nullable(Day),
    /** 新办好的，或证照库新列出来、还没看过的。 */
    isNew: Type.Boolean(),
    /** 提了「信息有误」，发证机关还没答复：照面标「核对中」（licences.md §4.5）。 */
    inRectification: Type.Boolean(),
    /** 领取的时刻；null：证照库里有，还没领（只列出，不给照面）。在这里办成的不用再领。 */
    claimedAt: Nullable(Instant)
  },
  closed
)
export type LicenceCard = Static<typeof LicenceCard>
/** withheld：证照库给了、但没有收下的证照，与不收的理由。 */
export const LicenceList = Type.Object(
  {
    licences: Type.Array(LicenceCard),
    withheld: Type.Array(Type.Object({ subjectId: Id, type: Slug, name: Type.String(), reason: Type.String() }, closed)),
    fetchedAt: Instant,
    /** 留在设备上的这一份，到何时为止可以当真（取来后 24 小时）。 */
    trustedUntil: Instant,
    libraryReachable: Type.Boolean()
  },
  closed
)
export type LicenceList = Static<typeof LicenceList>
/** POST /licences/claims：领取；不写 ids 是把能领的都领了。没领过的照面看不到（licence_unclaimed）。 */
export const ClaimLicences = Type.Object({ ids: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 100 })) }, closed)
export const ClaimedLicences = Type.Object({ claimed: Type.Array(LicenceCard) }, closed)
export type ClaimedLicences = Static<typeof ClaimedLicences>
/** 敏感级 2、3 的字段缺省打码；reveal=1 时返回原值并留痕。 */
export const LicenceQuery = Type.Object({ reveal: Type.Optional(Type.Enum(['1'])) }, closed)
/**
 * 「信息有误」（licences.md §4.5）：请发证机关核对照面上的一格，一本证照同时只核对一处。何时提、说应该是什么、送到没有、请对方哪天前答复
 * （工作日，待核）、更正了（corrected）还是查明无误（upheld）、对方怎么说。
 */
export const Rectification = Type.Object(
  {
    at: Instant,
    field: Type.String(),
    claim: Type.String(),
    deliveredAt: Nullable(Instant),
    answerBy: Day,
    outcome: Nullable(Type.Enum(['corrected', 'upheld'])),
    answer: Nullable(Type.String()),
    answeredAt: Nullable(Instant)
  },
  closed
)
export type Rectification = Static<typeof Rectification>
/** POST /licences/{id}/rectification：哪一格不对（照面上的名字），应该是什么。还没答复时一样的再提，答复一样。 */
export const RequestRectification = Type.Object(
  { field: Type.String({ minLength: 1, maxLength: 50 }), claim: Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' }) },
  closed
)
export type RequestRectification = Static<typeof RequestRectification>
/** POST /licences/rectifications/{id}/answer（证照库签名）：发证机关的答复，只收一次。 */
export const AnswerRectification = Type.Object(
  { outcome: Type.Enum(['corrected', 'upheld']), text: Type.String({ minLength: 1, maxLength: 500 }) },
  closed
)
export type AnswerRectification = Static<typeof AnswerRectification>
export const Licence = Type.Object(
  {
    ...LicenceCard.properties,
    identifier: Nullable(Type.String()),
    version: Type.Integer(),
    face: Type.Array(
      Type.Object(
        {
          name: Type.String(),
          type: FaceType,
          text: Type.String(),
          sensitivity: Type.Integer({ minimum: 0, maximum: 3 }),
          masked: Type.Boolean()
        },
        closed
      )
    ),
    fromCase: Nullable(Type.Object({ caseId: Id, matterName: Type.String() }, closed)),
    trustedUntil: Instant,
    /** 最近一次「信息有误」；没提过的为 null。 */
    rectification: Nullable(Rectification),
    /** 请发证机关几个工作日内答复「信息有误」（待核）。 */
    rectificationDays: Type.Integer(),
    /** 能做什么：亮证、下载 PDF（居民身份证、营业执照）、提「信息有误」。不能亮证的在 reasons 里说为什么。 */
    allowedActions: Type.Array(Type.Enum(['present', 'pdf', 'rectify'])),
    reasons: Type.Array(Type.String())
  },
  closed
)
export type Licence = Static<typeof Licence>

/**
 * 用证：这本证照授权给了哪件事、给了哪几格、到何时（licences.md §4）。随办件的到办结为止；亮证的到码失效为止。
 * 收回只对还没办完的有用：部门会知道，这一件可能要求另交材料。
 */
export const LicenceGrant = Type.Object(
  {
    id: Id,
    to: Type.String(),
    purpose: Type.String(),
    fields: Type.Array(Type.String()),
    since: Instant,
    /** 到何时；null：到这一件办结。 */
    until: Nullable(Instant),
    status: Type.Enum(['active', 'ended', 'revoked']),
    caseId: Nullable(Id),
    allowedActions: Type.Array(Type.Enum(['revoke']))
  },
  closed
)
export type LicenceGrant = Static<typeof LicenceGrant>
/** GET /licences/{id}/grants；POST /licence-grants/{id}/revocation → LicenceGrant。 */
export const LicenceGrantList = Type.Object({ grants: Type.Array(LicenceGrant) }, closed)
export type LicenceGrantList = Static<typeof LicenceGrantList>
