import { Type, type Static } from 'typebox'
import { Id, Instant, Nullable, Slug } from './wire'
import { FaceType, LicenceLook } from './licences'

const closed = { additionalProperties: false }
/** GET /licences/{id}/presentable：亮证时能选的。fields 按敏感级，0、1 级缺省选上；predicates 是只答是否的（「已满 18 周岁」）。 */
export const Presentable = Type.Object(
  {
    fields: Type.Array(
      Type.Object({ name: Type.String(), sensitivity: Type.Integer({ minimum: 0, maximum: 3 }), chosen: Type.Boolean() }, closed)
    ),
    predicates: Type.Array(Type.Object({ key: Type.String(), label: Type.String() }, closed))
  },
  closed
)
export type Presentable = Static<typeof Presentable>

/** POST /licences/{id}/presentations：亮证，给出选中的几格。purpose 印在水印里；一次有效，60 秒换一个。 */
export const Present = Type.Object(
  {
    fields: Type.Array(Type.String({ maxLength: 60 }), { maxItems: 40, uniqueItems: true }),
    predicates: Type.Array(Type.String({ maxLength: 60 }), { maxItems: 10, uniqueItems: true }),
    purpose: Type.String({ minLength: 1, maxLength: 40 })
  },
  closed
)
export type Present = Static<typeof Present>
/** type 不写：当文本画（「已满 18 周岁」这样只答是否的也不写）。 */
const Shown = Type.Array(Type.Object({ name: Type.String(), text: Type.String(), type: Type.Optional(FaceType) }, closed))
/** href 画成二维码：任何手机扫开就是核证页；code 是同一个的十二位写法，读给对方听。 */
export const Presentation = Type.Object(
  {
    id: Id,
    href: Type.String(),
    code: Type.String(),
    shown: Shown,
    /** 谁发的；照面上有这一格而没有选它时是 null，屏上也不画。 */
    issuer: Nullable(Type.String()),
    /** 水印：时刻与用途。 */
    watermark: Type.String(),
    issuedAt: Instant,
    expiresAt: Instant
  },
  closed
)
export type Presentation = Static<typeof Presentation>
/** GET /presentations/{id}：核过没有。 */
export const PresentationStatus = Type.Object({ status: Type.Enum(['live', 'verified', 'expired']), verifiedAt: Nullable(Instant) }, closed)
export type PresentationStatus = Static<typeof PresentationStatus>

/** GET /licences/{id}/pdf：purpose 印在页上，不写是「本人留存」。答 application/pdf，附件。 */
export const LicencePdfQuery = Type.Object({ purpose: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })) }, closed)

/** POST /verifications（公开）：核一个亮证码或 PDF 上的核验码。 */
export const VerifyCode = Type.Object({ code: Type.String({ minLength: 8, maxLength: 200 }) }, closed)
/**
 * 核证结果：只有真伪、状态和持证人选了给看的。not_genuine 不说是哪里不对；spent 是用过、过期、收回了的亮证码，或持证人不再让人核验的 PDF。
 * POST /verifications/pdf（公开，整个 PDF 作请求体）：另查文件有没有被改过。
 */
export const Verification = Type.Object(
  {
    result: Type.Enum(['valid', 'expired', 'suspended', 'revoked', 'annulled', 'cancelled', 'replaced', 'spent', 'not_genuine']),
    /** 一句话：核到什么、该怎么办。 */
    say: Type.String(),
    verifiedAt: Instant,
    licence: Nullable(
      Type.Object(
        {
          type: Slug,
          name: Type.String(),
          /** 谁发的；照面上有这一格而持证人没有选它时是 null。 */
          issuer: Nullable(Type.String()),
          look: LicenceLook,
          shown: Shown,
          purpose: Nullable(Type.String()),
          presentedAt: Nullable(Instant)
        },
        closed
      )
    ),
    /** 机器可核的同一份（SD-JWT VC，application/dc+sd-jwt）：只含给看的；吊销与否看它指向的状态列表。 */
    sdJwt: Nullable(Type.String())
  },
  closed
)
export type Verification = Static<typeof Verification>
