import { Type, type Static } from 'typebox'
import { Id, Instant, Nullable, Slug } from './wire'

const closed = { additionalProperties: false }
const Holder = Type.Enum(['person', 'company'])
/** POST /codes：给此刻代表的主体发一个在线码；刷新就是再发一个。text 原样画成二维码（docs/code/format.md）。 */
export const IssuedCode = Type.Object(
  {
    id: Id,
    text: Type.String(),
    holder: Holder,
    shownName: Type.String(),
    issuedAt: Instant,
    /** 到这时该换下一个；服务端另容 5 秒。 */
    expiresAt: Instant
  },
  closed
)
export type IssuedCode = Static<typeof IssuedCode>

/** 谁在哪里、为什么、要看哪几格；从不带值。 */
const asked = {
  at: Instant,
  organisation: Type.String(),
  place: Type.String(),
  sceneName: Type.String(),
  purpose: Type.String(),
  /** 字段的叫法，带怎么给：「姓名（打码）」「是否年满 18 周岁」。 */
  fields: Type.Array(Type.String())
}

/** 要亮码人在手机上点头的一次核码（scene.confirm）：到 expiresAt 不答就作罢。 */
export const PendingReading = Type.Object(
  {
    id: Id,
    codeId: Id,
    ...asked,
    legalBasis: Type.String(),
    /** 核码端最多留几个自然日；0 是核完即删。 */
    retentionDays: Type.Integer({ minimum: 0 }),
    /** 码是谁的：打码的姓名或企业名称。 */
    shownName: Type.String(),
    expiresAt: Instant
  },
  closed
)
export type PendingReading = Static<typeof PendingReading>
/** GET /codes/pending-readings：这个账号此刻等着点头的，不论在代表谁。 */
export const PendingReadingList = Type.Object({ pending: Type.Array(PendingReading) }, closed)
export type PendingReadingList = Static<typeof PendingReadingList>
/** POST /codes/pending-readings/{id}/answer → 204；晚了、答过了、此刻已经不能给出（同意撤回、退出登录……）的是 gone。 */
export const AnswerReading = Type.Object({ agree: Type.Boolean() }, closed)

/** GET /codes/{id}：还亮着、等你点头、用过、你没有同意、过期（没人答的、点了同意却没来取的也是）。asking 时 pending 有值，used 时 reading 有值。 */
export const CodeStatus = Type.Object(
  {
    status: Type.Enum(['live', 'asking', 'used', 'declined', 'expired']),
    pending: Nullable(PendingReading),
    reading: Nullable(Type.Object(asked, closed))
  },
  closed
)
export type CodeStatus = Static<typeof CodeStatus>

const Base64Url = (bytes: number) => Type.String({ pattern: `^[A-Za-z0-9_-]{${Math.ceil((bytes * 4) / 3)}}$` })

/**
 * POST /codes/certificates：为此刻代表的主体、这台设备的钥匙签一张最长 24 小时的证书，离线码用。
 * proof 是设备私钥对 `SFM-PROOF` + 码的前十个字符 + 公钥 32 字节 + signedAt（1970 年起的秒，4 字节）的签名：证明钥匙在它手里。
 */
export const CertifyDevice = Type.Object(
  { publicKey: Base64Url(32), signedAt: Type.Integer({ minimum: 0, maximum: 0xffffffff }), proof: Base64Url(64) },
  closed
)
export type CertifyDevice = Static<typeof CertifyDevice>
/** 证书的各段（domain/code/format.ts Certificate）与签发方的签名；base64url。设备照它们自己拼码。 */
export const DeviceCertificate = Type.Object(
  {
    issuer: Type.String(),
    issuerKey: Type.Integer(),
    id: Base64Url(16),
    holder: Holder,
    /** 起，1970 年起的秒 */
    from: Type.Integer(),
    minutes: Type.Integer(),
    name: Type.String(),
    idLastFour: Type.String(),
    signature: Base64Url(64),
    /** 服务端此刻的时钟：设备的钟差多少，从这里知道。 */
    serverTime: Instant
  },
  closed
)
export type DeviceCertificate = Static<typeof DeviceCertificate>

/** GET /codes/scenes：在哪里亮码、给出什么、凭什么、留多久（目录数据）。 */
export const CodeScene = Type.Object(
  {
    id: Slug,
    name: Type.String(),
    /** 归在 CodeSceneList.groups 的哪一组。 */
    group: Slug,
    purpose: Type.String(),
    legalBasis: Type.String(),
    holder: Type.Enum(['person', 'company', 'both']),
    fields: Type.Array(Type.String()),
    confirm: Type.Boolean(),
    offline: Type.Boolean(),
    /** 要本人到场：授权给别人的范围里不能有它，代办人、经办人亮的码在这里不收。 */
    inPerson: Type.Boolean(),
    retentionDays: Type.Integer(),
    /** 名单与规则还没有核定的，界面标「演示」。 */
    pending: Type.Boolean()
  },
  closed
)
export type CodeScene = Static<typeof CodeScene>
/** groups：按去的地方分的组，照显示的顺序；授权给别人时一组一组地选。 */
export const CodeSceneList = Type.Object(
  { groups: Type.Array(Type.Object({ id: Slug, name: Type.String() }, closed)), scenes: Type.Array(CodeScene) },
  closed
)
export type CodeSceneList = Static<typeof CodeSceneList>

/** GET /codes/issuer（公开）：核码端离线验码要的全部——签发方的公钥，和已经作废、还没到期的证书。 */
export const CodeIssuer = Type.Object(
  {
    issuer: Type.String(),
    keys: Type.Array(Type.Object({ number: Type.Integer(), publicKey: Base64Url(32) }, closed)),
    revokedCertificates: Type.Array(Base64Url(16)),
    at: Instant
  },
  closed
)
export type CodeIssuer = Static<typeof CodeIssuer>
