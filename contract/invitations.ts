import { Type, type Static } from 'typebox'
import { Id, Instant, Nullable } from './wire'

const closed = { additionalProperties: false }
/** 持有人同意（材料的持有人不是申请人）：邀请 → 同意 / 不同意 / 逾期 / 联系不上 / 已故。 */
export const InvitationStatus = Type.Enum(['pending', 'granted', 'declined', 'unanswered', 'unreachable', 'deceased', 'cancelled'])
export type InvitationStatus = Static<typeof InvitationStatus>
const Way = Type.Object({ way: Type.Enum(['upload', 'window', 'waive']), say: Type.String() }, closed)

/** 申请人看到的一行。 */
export const InvitationSummary = Type.Object(
  {
    id: Id,
    materialIds: Type.Array(Type.String()),
    maskedHolderName: Type.String(),
    status: InvitationStatus,
    sentAt: Instant,
    expiresAt: Instant,
    answeredAt: Nullable(Instant),
    /** 不顺利时往下怎么走；进行中为 null。 */
    way: Nullable(Way)
  },
  closed
)
export type InvitationSummary = Static<typeof InvitationSummary>

/** 受邀人看到的：谁、为了哪件事（不透露孩子的登记信息）、放出哪些字段、到何时。 */
export const Invitation = Type.Object(
  {
    id: Id,
    maskedApplicantName: Type.String(),
    purpose: Type.String(),
    status: InvitationStatus,
    releases: Type.Array(Type.Object({ licenceName: Type.String(), fields: Type.Array(Type.String()), held: Type.Boolean() }, closed)),
    sentAt: Instant,
    expiresAt: Instant,
    /** 同意后几天内有效（自然日），到期自动失效；答复之前就要看得到。 */
    validDays: Type.Integer(),
    validUntil: Nullable(Instant),
    allowedActions: Type.Array(Type.Enum(['grant', 'decline', 'revoke']))
  },
  closed
)
export type Invitation = Static<typeof Invitation>
export const InvitationList = Type.Object({ received: Type.Array(Invitation), sent: Type.Array(InvitationSummary) }, closed)
export type InvitationList = Static<typeof InvitationList>

/** 按姓名与证件号邀请；无论对方有没有账号，回复都一样（不泄露是否注册）。 */
export const Invite = Type.Object(
  {
    materialIds: Type.Array(Type.String({ maxLength: 64 }), { minItems: 1, maxItems: 10 }),
    holderName: Type.String({ maxLength: 60 }),
    holderIdNumber: Type.String({ maxLength: 18 })
  },
  closed
)
export const AnswerInvitation = Type.Object({ answer: Type.Enum(['grant', 'decline', 'revoke']) }, closed)
/** 申请人说明对方联系不上或已故，改走规定的出路。 */
export const CloseInvitation = Type.Object({ reason: Type.Enum(['cancelled', 'unreachable', 'deceased']) }, closed)
