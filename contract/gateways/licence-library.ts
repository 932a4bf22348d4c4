import { Type, type Static } from 'typebox'
import { Nullable, Slug } from '../wire'
import { IssuedLicence } from './departments'

const closed = { additionalProperties: false }
/** 电子证照库（GB/T 36906 共享服务接口的演示简化）。POST {library}/query，请求与答复都签名（RFC 9421）。 */
export const LibraryQuery = Type.Object({ holderIdCode: Type.String(), types: Type.Array(Slug), purpose: Type.String() }, closed)
export type LibraryQuery = Static<typeof LibraryQuery>
export const LibraryLicence = Type.Object(
  { ...IssuedLicence.properties, status: Type.Enum(['valid', 'suspended', 'changed', 'cancelled', 'revoked', 'annulled']) },
  closed
)
export type LibraryLicence = Static<typeof LibraryLicence>
/** 列出该持证人这些类型的全部证照；以前列过、现在不再列出的，视为已换发（有更新的一版）或已注销。 */
export const LibraryReply = Type.Object({ licences: Type.Array(LibraryLicence) }, closed)
export type LibraryReply = Static<typeof LibraryReply>

/**
 * POST /api/v1/licences/changes（证照库签名）→ 200：源头有变化——新签发、换发、变更、暂扣、恢复、注销、吊销、撤销。至少一次，eventId 重复即同一条。
 * 我们不认识的持证人照样答 200，什么也不留下。reason 是注销、吊销、撤销、暂扣的原因类别，会说给持证人。
 */
export const LibraryChange = Type.Object(
  {
    eventId: Type.String({ minLength: 8, maxLength: 64 }),
    at: Type.String({ format: 'date-time' }),
    licence: LibraryLicence,
    reason: Nullable(Type.String({ maxLength: 100 }))
  },
  closed
)
export type LibraryChange = Static<typeof LibraryChange>
/**
 * POST {library}/rectifications（我们签名）→ 202：持证人说照面上有一格不对，请发证机关核对（licences.md §4.5）。至少一次投递，
 * rectificationId 重复即同一条。答复：POST /api/v1/licences/rectifications/{id}/answer（证照库签名）；更正了的，新的一版另由 changes 推来。
 */
export const LibraryRectification = Type.Object(
  {
    rectificationId: Type.String({ format: 'uuid' }),
    type: Slug,
    identifier: Type.String(),
    version: Type.Integer(),
    field: Type.String(),
    /** 持证人说应该是什么。 */
    claim: Type.String()
  },
  closed
)
export type LibraryRectification = Static<typeof LibraryRectification>
export const ChangeReceived = Type.Object({ eventId: Type.String() }, closed)

/** 数据共享核验。POST {dataShare}/query；查无记录 found = false，系统不可用为 503。 */
export const ShareQuery = Type.Object({ system: Type.String(), holderIdCode: Type.String(), purpose: Type.String() }, closed)
export type ShareQuery = Static<typeof ShareQuery>
export const ShareReply = Type.Object(
  { found: Type.Boolean(), data: Type.Record(Type.String(), Type.String()), asOf: Nullable(Type.String()) },
  closed
)
export type ShareReply = Static<typeof ShareReply>
