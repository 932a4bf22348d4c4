import { Type, type Static } from 'typebox'
import { Nullable, Slug } from '../wire'
import { IssuedLicence } from './departments'

const closed = { additionalProperties: false }
/** 电子证照库（GB/T 36906 共享服务接口的演示简化）。POST {library}/query，请求与答复都签名（RFC 9421）。 */
export const LibraryQuery = Type.Object({ holderIdCode: Type.String(), types: Type.Array(Slug), purpose: Type.String() }, closed)
export type LibraryQuery = Static<typeof LibraryQuery>
export const LibraryLicence = Type.Object(
  { ...IssuedLicence.properties, status: Type.Enum(['valid', 'suspended', 'changed', 'cancelled', 'revoked']) },
  closed
)
export type LibraryLicence = Static<typeof LibraryLicence>
/** 列出该持证人这些类型的全部证照；以前列过、现在不再列出的，视为已换发（有更新的一版）或已注销。 */
export const LibraryReply = Type.Object({ licences: Type.Array(LibraryLicence) }, closed)
export type LibraryReply = Static<typeof LibraryReply>

/** 数据共享核验。POST {dataShare}/query；查无记录 found = false，系统不可用为 503。 */
export const ShareQuery = Type.Object({ system: Type.String(), holderIdCode: Type.String(), purpose: Type.String() }, closed)
export type ShareQuery = Static<typeof ShareQuery>
export const ShareReply = Type.Object(
  { found: Type.Boolean(), data: Type.Record(Type.String(), Type.String()), asOf: Nullable(Type.String()) },
  closed
)
export type ShareReply = Static<typeof ShareReply>
