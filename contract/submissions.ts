import { Type, type Static } from 'typebox'
import { caseEventTypes, caseStatuses } from '../domain/case/types'
import type { FieldValue, FormField } from '../domain/form/types'
import { FieldValues } from './drafts'
import { Day, Id, Instant, Nullable, Slug } from './wire'

const closed = { additionalProperties: false }
export const CaseStatus = Type.Enum([...caseStatuses])
export const Light = Type.Enum(['green', 'yellow', 'red'])
export const CaseAction = Type.Enum(['correct', 'withdraw', 'supplement', 'rate'])
export type CaseAction = Static<typeof CaseAction>

/** 时钟：承诺几日、用了几日、剩几日、何时到期、按什么日历。暂停时 light 是停表前的灯。 */
export const ClockView = Type.Object(
  {
    promisedDays: Nullable(Type.Integer()),
    used: Type.Integer(),
    remaining: Type.Integer(),
    dueAt: Nullable(Instant),
    state: Type.Enum(['notStarted', 'running', 'paused', 'stopped', 'overdue']),
    light: Nullable(Light),
    paused: Nullable(Type.Object({ reason: Type.String(), since: Instant, expectedDay: Nullable(Day) }, closed)),
    calendar: Type.String(),
    estimated: Type.Boolean()
  },
  closed
)
export type ClockView = Static<typeof ClockView>

export const CaseResult = Type.Union([
  Type.Object({ kind: Type.Literal('licence'), licenceId: Id, name: Type.String() }, closed),
  Type.Object({ kind: Type.Literal('document'), name: Type.String(), number: Type.String() }, closed)
])
export const CaseSummary = Type.Object(
  {
    id: Id,
    caseNo: Nullable(Type.String()),
    key: Type.String(),
    matterName: Type.String(),
    departmentName: Type.String(),
    status: CaseStatus,
    statusText: Type.String(),
    after: Type.Array(Type.String()),
    clock: ClockView,
    /** 一句话：现在在谁那里、接下来发生什么。 */
    nextStep: Type.String(),
    blockedBy: Nullable(Type.String()),
    result: Nullable(CaseResult),
    allowedActions: Type.Array(CaseAction),
    rated: Type.Boolean()
  },
  closed
)
export type CaseSummary = Static<typeof CaseSummary>

export const SubmissionStatus = Type.Enum(['submitted', 'running', 'partial', 'done', 'failed', 'withdrawn'])
export const SubmissionSummary = Type.Object(
  {
    id: Id,
    bundleId: Slug,
    bundleName: Type.String(),
    subjectId: Id,
    maskedSubjectName: Type.String(),
    status: SubmissionStatus,
    statusText: Type.String(),
    submittedAt: Instant,
    done: Type.Integer(),
    total: Type.Integer(),
    light: Nullable(Light),
    nextStep: Type.String(),
    /** 等我做的事（补正、容缺补齐、评价）。 */
    waitingForMe: Type.Array(Type.Object({ caseId: Id, action: CaseAction, say: Type.String(), dueAt: Nullable(Instant) }, closed))
  },
  closed
)
export type SubmissionSummary = Static<typeof SubmissionSummary>
export const SubmissionList = Type.Object({ submissions: Type.Array(SubmissionSummary), nextCursor: Nullable(Type.String()) }, closed)
export type SubmissionList = Static<typeof SubmissionList>
export const Submission = Type.Object(
  {
    ...SubmissionSummary.properties,
    catalogueRevision: Type.String(),
    receiptCode: Type.String(),
    cases: Type.Array(CaseSummary),
    edges: Type.Array(Type.Object({ from: Type.String(), to: Type.String() }, closed)),
    promisedDay: Day,
    finishDay: Day,
    estimated: Type.Boolean(),
    allowedActions: Type.Array(Type.Enum(['withdraw'])),
    ward: Nullable(Type.Object({ subjectId: Id, maskedName: Type.String() }, closed))
  },
  closed
)
export type Submission = Static<typeof Submission>

export const TimelineEntry = Type.Object(
  {
    seq: Type.Integer(),
    type: Type.Enum([...caseEventTypes]),
    at: Instant,
    title: Type.String(),
    detail: Nullable(Type.String()),
    by: Type.String(),
    documentNo: Nullable(Type.String())
  },
  closed
)
export const CorrectionItem = Type.Object(
  {
    id: Type.String(),
    kind: Type.Enum(['field', 'material']),
    target: Type.String(),
    label: Type.String(),
    /** kind = field：这一项的定义，取自办件所依据的那一版目录；部门点了表单里没有的项时为空。 */
    field: Nullable(Type.Unsafe<FormField>(Type.Object({}, { additionalProperties: true }))),
    /** kind = field：现在填的，改正从它改起。 */
    given: Nullable(Type.Unsafe<FieldValue>(Type.Unknown())),
    problem: Type.String(),
    mend: Type.String(),
    sample: Nullable(Type.String())
  },
  closed
)
/** 容缺的材料。 */
export const DeferredMaterial = Type.Object(
  {
    materialId: Type.String(),
    name: Type.String(),
    /** 最晚哪天补；办件送到部门时重新起算，只会更晚。 */
    until: Day,
    /** 给几个工作日。 */
    workdays: Nullable(Type.Integer()),
    supplied: Type.Boolean()
  },
  closed
)
export type DeferredMaterial = Static<typeof DeferredMaterial>

export const CaseDetail = Type.Object(
  {
    ...CaseSummary.properties,
    submissionId: Id,
    bundleName: Type.String(),
    timeline: Type.Array(TimelineEntry),
    /** 还没走到的步骤名，画成空心点。 */
    ahead: Type.Array(Type.String()),
    holder: Type.Object({ organisation: Type.String(), phone: Nullable(Type.String()), since: Instant }, closed),
    correction: Nullable(Type.Object({ items: Type.Array(CorrectionItem), dueAt: Nullable(Instant) }, closed)),
    deferred: Type.Array(DeferredMaterial),
    materials: Type.Array(Type.Object({ name: Type.String(), how: Type.String() }, closed)),
    /** 撤回这一件会随之停下的事项名称。 */
    stopsWith: Type.Array(Type.String()),
    refusal: Nullable(Type.Object({ reason: Type.String(), remedy: Type.String() }, closed))
  },
  closed
)
export type CaseDetail = Static<typeof CaseDetail>

/** 补正须一次补齐全部告知项：字段给新值，材料给文件。 */
export const CorrectCase = Type.Object(
  { values: FieldValues, files: Type.Record(Type.String({ maxLength: 64 }), Type.Array(Id, { minItems: 1, maxItems: 9 })) },
  closed
)
export const SupplementCase = Type.Object(
  { materialId: Type.String({ maxLength: 64 }), files: Type.Array(Id, { minItems: 1, maxItems: 9 }) },
  closed
)
export const WithdrawBody = Type.Object({ reason: Type.Optional(Type.String({ maxLength: 200 })) }, closed)
export const ListQuery = Type.Object(
  { cursor: Type.Optional(Type.String({ maxLength: 200 })), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50 })) },
  closed
)
