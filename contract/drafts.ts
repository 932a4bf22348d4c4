import { Type, type Static } from 'typebox'
import type { FieldValue, FormView } from '../domain/form/types'
import { Answers, HolderRole, Plan } from './bundles'
import { InvitationSummary } from './invitations'
import { FieldErrorSchema } from './problems'
import { Id, Instant, Nullable, Slug } from './wire'

const closed = { additionalProperties: false }
/** 字段值的形状由目录决定，逐字段核对在 domain/form（未知字段拒收）。 */
export const FieldValues = Type.Record(Type.String({ maxLength: 64 }), Type.Unsafe<FieldValue>(Type.Unknown()), { maxProperties: 200 })
export const DraftStep = Type.Enum(['questions', 'plan', 'form', 'materials', 'sign'])
/** 一份材料怎么交：免交、同意、上传了哪些、容缺、承诺。 */
export const MaterialChoice = Type.Object(
  { choice: Type.Enum(['exempt', 'consent', 'upload', 'defer', 'promise']), files: Type.Array(Id, { maxItems: 9 }) },
  closed
)
export const MaterialChoices = Type.Record(Type.String({ maxLength: 64 }), MaterialChoice)

export const DraftFile = Type.Object(
  { id: Id, name: Type.String(), mime: Type.String(), bytes: Type.Integer(), uploadedAt: Instant },
  closed
)
export type DraftFile = Static<typeof DraftFile>
export const DraftSummary = Type.Object(
  {
    id: Id,
    bundleId: Slug,
    bundleName: Type.String(),
    subjectId: Id,
    step: DraftStep,
    version: Type.Integer(),
    updatedAt: Instant,
    expiresAt: Instant,
    filled: Type.Integer(),
    total: Type.Integer()
  },
  closed
)
export type DraftSummary = Static<typeof DraftSummary>
export const Draft = Type.Object(
  {
    ...DraftSummary.properties,
    catalogueRevision: Type.String(),
    /** 目录已更新：以新规则重算，界面说明变化。 */
    rulesChanged: Type.Boolean(),
    answers: Answers,
    picks: Type.Array(Type.String()),
    plan: Plan,
    form: Type.Unsafe<FormView>(Type.Object({ groups: Type.Array(Type.Unknown()) }, closed)),
    materials: MaterialChoices,
    files: Type.Array(DraftFile),
    invitations: Type.Array(InvitationSummary)
  },
  closed
)
export type Draft = Static<typeof Draft>
export const DraftList = Type.Object({ drafts: Type.Array(DraftSummary) }, closed)
export type DraftList = Static<typeof DraftList>

/** restart = true：放弃旧草稿重来；否则已有草稿时 409 draft_exists（current 为旧草稿摘要）。 */
export const CreateDraft = Type.Object(
  {
    bundleId: Slug,
    answers: Answers,
    picks: Type.Optional(Type.Array(Type.String({ maxLength: 32 }))),
    restart: Type.Optional(Type.Boolean())
  },
  closed
)
/** version 是拿到的版本；不等于服务端版本即 409 draft_conflict，current 带最新草稿。 */
export const SaveDraft = Type.Object(
  {
    version: Type.Integer(),
    step: Type.Optional(DraftStep),
    answers: Type.Optional(Answers),
    picks: Type.Optional(Type.Array(Type.String({ maxLength: 32 }))),
    values: Type.Optional(FieldValues),
    materials: Type.Optional(MaterialChoices)
  },
  closed
)
export type SaveDraft = Static<typeof SaveDraft>
/** 「这一项不对」：锁定字段指出有误，办件时一并转给来源部门核实；本次以填写的更正值办理前须核实。 */
export const FieldObjection = Type.Object(
  { fieldId: Type.String({ maxLength: 64 }), claim: Type.String({ minLength: 1, maxLength: 200 }) },
  closed
)

export const Commitment = Type.Object({ id: Type.String(), title: Type.String(), text: Type.String(), consequence: Type.String() }, closed)
/**
 * 授权用证（licences.md §4.1）：签名就把一本证照的哪几格、给谁、用于哪件事。各到用它的那一件办结为止，办结前可以收回。
 * 这些都在被签的内容里，送给部门的只有这几格。
 */
export const SignedGrant = Type.Object(
  {
    materialId: Type.String(),
    licenceName: Type.String(),
    holder: HolderRole,
    /** 还没有的那一本：由本件先办的事项产出。 */
    issuedHere: Type.Boolean(),
    to: Type.Array(Type.Object({ matterName: Type.String(), departmentName: Type.String() }, closed)),
    /** sensitivity 2 敏感、3 特别敏感（licences.md §2）。 */
    fields: Type.Array(Type.Object({ name: Type.String(), sensitivity: Type.Integer({ minimum: 0, maximum: 3 }) }, closed)),
    until: Type.Literal('caseClosed')
  },
  closed
)
export type SignedGrant = Static<typeof SignedGrant>
/** 签字前的核对：还缺什么、要勾哪些承诺、规范化内容的摘要（SHA-256）。 */
export const DraftReview = Type.Object(
  {
    version: Type.Integer(),
    errors: Type.Array(FieldErrorSchema),
    pending: Type.Array(
      Type.Object({ kind: Type.Enum(['material', 'invitation', 'question']), id: Type.String(), say: Type.String() }, closed)
    ),
    commitments: Type.Array(Commitment),
    grants: Type.Array(SignedGrant),
    /** 代为签字的是谁；本人签的为 null。证照只有持证人和监护人能收回。 */
    agent: Nullable(Type.Enum(['proxy', 'operator'])),
    contentHash: Type.String(),
    summary: Type.Array(
      Type.Object(
        {
          title: Type.String(),
          lines: Type.Array(Type.Object({ label: Type.String(), text: Type.String(), origin: Nullable(Type.String()) }, closed))
        },
        closed
      )
    ),
    reauthenticated: Type.Boolean()
  },
  closed
)
export type DraftReview = Static<typeof DraftReview>
/** 提交：带 Idempotency-Key；contentHash 必须与核对时一致（看到什么签什么）。 */
export const SubmitDraft = Type.Object(
  {
    version: Type.Integer(),
    contentHash: Type.String({ maxLength: 64 }),
    commitments: Type.Array(Type.String({ maxLength: 64 }), { uniqueItems: true, maxItems: 60 })
  },
  closed
)
export const SubmitReply = Type.Object({ submissionId: Id, receiptCode: Type.String() }, closed)
export type SubmitReply = Static<typeof SubmitReply>
export const IdempotencyHeaders = Type.Object({ 'idempotency-key': Type.String({ minLength: 16, maxLength: 64 }) })
