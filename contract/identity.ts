import { Type, type Static } from 'typebox'
import { Id, Instant, Nullable } from './wire'

/** 代表谁：本人、被监护人、企业（法定代表人、获授权的经办人）、亲友（proxy：对方授权我代办）。每个请求用 X-Acting-For 指明主体，服务端逐次核对关系。 */
export const SubjectRole = Type.Enum(['self', 'guardian', 'legalRepresentative', 'operator', 'proxy'])
export const Subject = Type.Object(
  {
    id: Id,
    kind: Type.Enum(['natural_person', 'legal_person']),
    role: SubjectRole,
    /** 已脱敏：张*、演示企业原样。 */
    maskedName: Type.String(),
    maskedIdCode: Nullable(Type.String()),
    /** 凭授权代表的（operator、proxy）：哪一份授权、到何时。 */
    delegation: Type.Optional(Type.Object({ id: Id, until: Instant }, { additionalProperties: false }))
  },
  { additionalProperties: false }
)
export type Subject = Static<typeof Subject>

export const Tokens = Type.Object(
  {
    accessToken: Type.String(),
    expiresInSeconds: Type.Integer(),
    /** 只给小程序；H5 的刷新令牌在 HttpOnly cookie 里。 */
    refreshToken: Type.Optional(Type.String()),
    csrfToken: Type.Optional(Type.String())
  },
  { additionalProperties: false }
)
export type Tokens = Static<typeof Tokens>

export const Me = Type.Object(
  {
    accountId: Id,
    maskedName: Type.String(),
    maskedIdNumber: Type.String(),
    maskedPhone: Nullable(Type.String()),
    /** 现行隐私说明的版本：同意要对着它，旧版本的不算。 */
    noticeVersion: Type.String(),
    /** 实名等级 1–4，来自统一身份认证。 */
    realNameLevel: Type.Integer({ minimum: 1, maximum: 4 }),
    age: Type.Integer(),
    subjects: Type.Array(Subject),
    consents: Type.Array(Type.Object({ kind: Type.String(), version: Type.String(), givenAt: Instant }, { additionalProperties: false })),
    reauthenticatedUntil: Nullable(Instant),
    unreadMessages: Type.Integer(),
    wechatBound: Type.Boolean()
  },
  { additionalProperties: false }
)
export type Me = Static<typeof Me>

/** 三份同意各自单独勾选：隐私说明、敏感个人信息、未成年人信息（个保法第 29、31 条）。 */
export const ConsentKind = Type.Enum(['privacy', 'sensitive', 'minor'])
export const Notice = Type.Object(
  {
    version: Type.String(),
    effectiveOn: Type.String(),
    sections: Type.Array(
      Type.Object(
        { kind: ConsentKind, title: Type.String(), paragraphs: Type.Array(Type.String()), required: Type.Boolean() },
        { additionalProperties: false }
      )
    )
  },
  { additionalProperties: false }
)
export type Notice = Static<typeof Notice>
export const GiveConsents = Type.Object(
  { version: Type.String({ maxLength: 32 }), kinds: Type.Array(ConsentKind, { uniqueItems: true, maxItems: 3 }) },
  { additionalProperties: false }
)

export const LoginQuery = Type.Object(
  {
    return: Type.Optional(Type.String({ maxLength: 512, pattern: '^/(?![/\\\\])' })),
    purpose: Type.Optional(Type.Enum(['login', 'reauthenticate']))
  },
  { additionalProperties: false }
)
export const CallbackQuery = Type.Object({
  code: Type.Optional(Type.String()),
  state: Type.Optional(Type.String()),
  iss: Type.Optional(Type.String()),
  error: Type.Optional(Type.String()),
  error_description: Type.Optional(Type.String())
})
export const RefreshBody = Type.Object({ refreshToken: Type.Optional(Type.String({ maxLength: 128 })) }, { additionalProperties: false })

export const WechatLogin = Type.Object({ code: Type.String({ maxLength: 128 }) }, { additionalProperties: false })
/** bound：直接登录；否则用 bindUrl 在 <web-view> 里绑定（一次性 ticket，10 分钟）。 */
export const WechatLoginReply = Type.Union([
  Type.Object({ bound: Type.Literal(true), tokens: Tokens }, { additionalProperties: false }),
  Type.Object({ bound: Type.Literal(false), bindUrl: Type.String() }, { additionalProperties: false })
])
export type WechatLoginReply = Static<typeof WechatLoginReply>
export const BindQuery = Type.Object({ ticket: Type.String({ maxLength: 128 }) }, { additionalProperties: false })
/** 小程序里再次确认本人：在 <web-view> 打开此地址，做完后会话被标记，5 分钟内可签名一次。 */
export const ReauthenticateReply = Type.Object({ url: Type.String() }, { additionalProperties: false })

export const SessionInfo = Type.Object(
  { id: Id, device: Type.String(), createdAt: Instant, lastSeenAt: Instant, current: Type.Boolean() },
  { additionalProperties: false }
)
export const SessionList = Type.Object({ sessions: Type.Array(SessionInfo) }, { additionalProperties: false })
export type SessionList = Static<typeof SessionList>
/** 注销前给人看：删什么、依法留什么（含年限与依据）、还有什么没办完。 */
export const ClosePreview = Type.Object(
  {
    erased: Type.Array(Type.String()),
    kept: Type.Array(Type.Object({ what: Type.String(), why: Type.String() }, { additionalProperties: false })),
    openCases: Type.Integer()
  },
  { additionalProperties: false }
)
export type ClosePreview = Static<typeof ClosePreview>
export const CloseAccount = Type.Object({ confirm: Type.Literal('注销账号') }, { additionalProperties: false })
/** 撤回同意，从现在起生效；撤回隐私说明后要重新同意才能继续用。 */
export const WithdrawConsents = Type.Object(
  { kinds: Type.Array(ConsentKind, { uniqueItems: true, minItems: 1, maxItems: 3 }) },
  { additionalProperties: false }
)
