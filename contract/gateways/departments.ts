import { Type, type Static } from 'typebox'
import { Instant, Nullable, Slug } from '../wire'

const closed = { additionalProperties: false }
/**
 * 与部门审批系统的往来（HTTP，双向 RFC 9421 HTTP Message Signatures / Ed25519，公钥在各自的 JWKS）。
 * 每个部门用自己的钥匙：JWKS 里每把公钥带成员 department（部门短名），没有的不认；只能以它的名义回告、取它的办件的文件。
 * 至少一次投递：messageId / eventId 重复即视为同一条，收方回同样的答复。
 */
export const DispatchedMaterial = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    /** window：到窗口核验；waived：持有人已故等，不再收。 */
    how: Type.Enum(['licence', 'share', 'form', 'generated', 'upload', 'deferred', 'promised', 'consent', 'window', 'waived']),
    licence: Nullable(
      Type.Object(
        {
          type: Slug,
          identifier: Nullable(Type.String()),
          version: Type.Integer(),
          face: Type.Record(Type.String(), Type.String()),
          /** 签名以后、送办以前已不能用的，变成了什么；这时不给照面。能用的不写。 */
          status: Type.Optional(Type.Enum(['expired', 'suspended', 'changed', 'cancelled', 'revoked', 'annulled']))
        },
        closed
      )
    ),
    /** 部门用签名 GET 取文件；href 里有办件号，只有这一件的部门取得到。 */
    files: Type.Array(
      Type.Object(
        { id: Type.String(), name: Type.String(), mime: Type.String(), bytes: Type.Integer(), sha256: Type.String(), href: Type.String() },
        closed
      )
    )
  },
  closed
)
/** POST {departments}/{departmentId}/cases → 202 */
export const DispatchCase = Type.Object(
  {
    messageId: Type.String(),
    caseNo: Type.String(),
    matterId: Slug,
    matterName: Type.String(),
    departmentId: Slug,
    bundleName: Type.String(),
    submittedAt: Instant,
    promisedDays: Nullable(Type.Integer()),
    callbackUrl: Type.String(),
    /** 收件即受理：部门直接发 accepted；否则先预审，发 preReviewPassed（即受理）或 correctionRequested。 */
    acceptOnReceipt: Type.Boolean(),
    applicant: Type.Object({ name: Type.String(), idCode: Type.String(), phone: Nullable(Type.String()) }, closed),
    /** 凭授权代为签字的人：亲友代办人或企业经办人；本人办的没有。 */
    agent: Type.Optional(
      Type.Object(
        {
          role: Type.Enum(['proxy', 'operator']),
          name: Type.String(),
          idCode: Type.String(),
          phone: Nullable(Type.String()),
          until: Instant
        },
        closed
      )
    ),
    values: Type.Record(Type.String(), Type.Unknown()),
    materials: Type.Array(DispatchedMaterial),
    result: Type.Union([
      Type.Object(
        {
          kind: Type.Literal('licence'),
          licenceType: Slug,
          licenceName: Type.String(),
          holderName: Nullable(Type.String()),
          holderIdCode: Nullable(Type.String()),
          face: Type.Array(Type.String())
        },
        closed
      ),
      Type.Object({ kind: Type.Literal('document'), name: Type.String() }, closed)
    ]),
    specialProcedures: Type.Array(Type.Object({ kind: Type.String(), name: Type.String(), days: Type.Integer() }, closed))
  },
  closed
)
export type DispatchCase = Static<typeof DispatchCase>
export type DispatchedMaterial = Static<typeof DispatchedMaterial>

/** POST {departments}/{departmentId}/messages → 202：补正、容缺补齐、撤回（含逾期终止）、申请人指出权威数据有误（values 是其主张）、
 * 所依据的证照有变（licence：变更、到期、暂扣、注销、吊销、撤销，或持证人收回了授权）。 */
export const CaseMessage = Type.Object(
  {
    messageId: Type.String(),
    caseNo: Type.String(),
    kind: Type.Enum(['correction', 'supplement', 'withdrawal', 'objection', 'licence']),
    values: Type.Record(Type.String(), Type.Unknown()),
    materials: Type.Array(DispatchedMaterial),
    note: Nullable(Type.String()),
    /** 只有 kind 是 licence 时才有。 */
    licence: Type.Optional(
      Type.Object(
        {
          type: Slug,
          identifier: Nullable(Type.String()),
          status: Type.Enum(['valid', 'expired', 'suspended', 'changed', 'cancelled', 'revoked', 'annulled', 'grantRevoked'])
        },
        closed
      )
    )
  },
  closed
)
export type CaseMessage = Static<typeof CaseMessage>

export const IssuedLicence = Type.Object(
  {
    identifier: Type.String(),
    type: Slug,
    version: Type.Integer({ minimum: 1 }),
    holderName: Type.String(),
    holderIdCode: Nullable(Type.String()),
    issuer: Type.String(),
    issuedOn: Type.String({ format: 'date' }),
    validTo: Nullable(Type.String({ format: 'date' })),
    face: Type.Record(Type.String(), Type.String())
  },
  closed
)
export type IssuedLicence = Static<typeof IssuedLicence>

/** POST /api/v1/departments/callbacks → 200 */
export const DepartmentCallback = Type.Object(
  {
    eventId: Type.String({ minLength: 8, maxLength: 64 }),
    caseNo: Type.String({ maxLength: 64 }),
    departmentId: Slug,
    at: Instant,
    type: Type.Enum([
      'preReviewPassed',
      'correctionRequested',
      'rejected',
      'accepted',
      'examineStarted',
      'specialProcedureStarted',
      'specialProcedureEnded',
      'extended',
      'decided',
      'issued',
      'resultReady',
      'delivered'
    ]),
    by: Type.String({ maxLength: 60 }),
    reason: Type.Optional(Type.String({ maxLength: 500 })),
    remedy: Type.Optional(Type.String({ maxLength: 500 })),
    items: Type.Optional(
      Type.Array(
        Type.Object(
          {
            kind: Type.Enum(['field', 'material']),
            target: Type.String({ maxLength: 64 }),
            problem: Type.String({ maxLength: 300 }),
            mend: Type.String({ maxLength: 300 }),
            sample: Type.Optional(Type.String({ maxLength: 300 }))
          },
          closed
        ),
        { maxItems: 30 }
      )
    ),
    outcome: Type.Optional(Type.Enum(['approve', 'disapprove'])),
    procedure: Type.Optional(
      Type.Object(
        {
          kind: Type.String({ maxLength: 32 }),
          name: Type.String({ maxLength: 60 }),
          expectedDays: Type.Integer({ minimum: 1, maximum: 365 })
        },
        closed
      )
    ),
    extendDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 10 })),
    documentNo: Type.Optional(Type.String({ maxLength: 60 })),
    licence: Type.Optional(IssuedLicence),
    document: Type.Optional(Type.Object({ name: Type.String({ maxLength: 100 }), number: Type.String({ maxLength: 60 }) }, closed))
  },
  closed
)
export type DepartmentCallback = Static<typeof DepartmentCallback>
export const CallbackReceived = Type.Object({ eventId: Type.String() }, closed)
