import { Type, type Static } from 'typebox'
import { Instant, Nullable } from './wire'

const closed = { additionalProperties: false }
export const ReceiptParams = Type.Object({ code: Type.String({ pattern: '^[A-Za-z0-9_-]{22,43}$' }) }, closed)
/**
 * 公开核验：只说真伪与概要，不含个人信息。签名对 RFC 8785 规范化内容（Ed25519），签名时刻也在其中；
 * submittedAt 取自被签的内容，内容已读不出时取自提交记录。
 */
export const ReceiptCheck = Type.Object(
  {
    verdict: Type.Enum(['genuine', 'tampered']),
    bundleName: Type.String(),
    submittedAt: Instant,
    matterNames: Type.Array(Type.String()),
    maskedApplicantName: Type.String(),
    contentHash: Type.String(),
    signature: Type.String(),
    keyId: Type.String(),
    publicKeyJwk: Type.Unknown()
  },
  closed
)
export type ReceiptCheck = Static<typeof ReceiptCheck>
/** 本人下载的完整回执：规范化内容原文 + 签名，可离线核验；signedAt 就是 content 里被签的那个时刻。 */
export const Receipt = Type.Object(
  {
    code: Type.String(),
    content: Type.Unknown(),
    contentHash: Type.String(),
    signature: Type.String(),
    keyId: Type.String(),
    signedAt: Instant,
    publicKeyJwk: Type.Unknown(),
    verifyUrl: Type.String(),
    note: Nullable(Type.String())
  },
  closed
)
export type Receipt = Static<typeof Receipt>
