import { Type, type Static } from 'typebox'
import type { Plan as DomainPlan } from '../domain/bundle/plan-types'
import { Day, Nullable, Slug } from './wire'

const closed = { additionalProperties: false }
const Reason = Type.Object({ text: Type.String(), question: Nullable(Type.String()) }, closed)
const Fee = Nullable(Type.Object({ amount: Nullable(Type.Integer({ description: '分；null = 标准待核' })), note: Type.String() }, closed))
const Pair = Type.Object({ single: Type.Integer(), bundled: Type.Integer() }, closed)
const Unit = Type.Enum(['workday', 'natural'])
export const HolderRole = Type.Enum(['applicant', 'spouse', 'legalRepresentative', 'ward', 'company'])

export const PlanMatter = Type.Object(
  {
    key: Type.String(),
    matterId: Slug,
    name: Type.String(),
    plainName: Nullable(Type.String()),
    departmentId: Slug,
    departmentName: Type.String(),
    optional: Type.Boolean(),
    handlingType: Type.Enum(['instant', 'promised']),
    statutoryDays: Nullable(Type.Integer()),
    promisedDays: Nullable(Type.Integer()),
    unit: Unit,
    specialProcedures: Type.Array(
      Type.Object(
        {
          kind: Type.Enum(['siteInspection', 'hearing', 'expertReview', 'appraisal', 'test', 'publicNotice', 'coolingOff']),
          name: Type.String(),
          days: Type.Integer(),
          unit: Unit
        },
        closed
      )
    ),
    after: Type.Array(Type.String()),
    result: Type.Object({ kind: Type.Enum(['licence', 'document']), name: Type.String() }, closed),
    fee: Fee,
    visitReason: Nullable(Type.String()),
    why: Type.Array(Reason),
    startDay: Nullable(Day),
    promisedDay: Nullable(Day),
    finishDay: Nullable(Day)
  },
  closed
)

export const PlanMaterial = Type.Object(
  {
    id: Type.String(),
    materialId: Type.String(),
    name: Type.String(),
    state: Type.Enum(['exempt', 'fill', 'generated', 'predecessor', 'consent', 'upload']),
    reason: Type.String(),
    neededBy: Type.Array(Type.Object({ key: Type.String(), name: Type.String(), why: Type.String() }, closed)),
    holder: HolderRole,
    licenceType: Nullable(Type.String()),
    canUpload: Type.Boolean(),
    canDefer: Nullable(Type.Object({ workdays: Type.Integer(), until: Day }, closed)),
    canPromise: Type.Boolean(),
    consent: Nullable(Type.Object({ fields: Type.Array(Type.String()), purpose: Type.String(), validDays: Type.Integer() }, closed))
  },
  closed
)

const NotIncluded = Type.Object({ key: Type.String(), name: Type.String(), optional: Type.Boolean(), why: Type.Array(Reason) }, closed)

/** 方案：domain/bundle/plan.ts 的结果原样上线路。 */
export const Plan = Type.Object(
  {
    bundleId: Slug,
    verdict: Type.Enum(['ready', 'incomplete', 'stopped', 'nothing']),
    stops: Type.Array(Type.Object({ say: Type.String(), blocking: Type.Boolean() }, closed)),
    missing: Type.Array(Type.String()),
    matters: Type.Array(PlanMatter),
    excluded: Type.Array(NotIncluded),
    undecided: Type.Array(NotIncluded),
    edges: Type.Array(Type.Object({ from: Type.String(), to: Type.String() }, closed)),
    layers: Type.Array(Type.Array(Type.String())),
    criticalPath: Type.Array(Type.String()),
    materials: Type.Array(PlanMaterial),
    promise: Type.Object({ workdays: Type.Integer(), day: Day, estimated: Type.Boolean() }, closed),
    finish: Type.Object(
      { workdays: Type.Integer(), naturalDays: Type.Integer(), day: Day, estimated: Type.Boolean(), includes: Type.Array(Type.String()) },
      closed
    ),
    savings: Type.Object({ applications: Pair, materials: Pair, workdays: Pair, visits: Pair }, closed),
    fees: Type.Array(Type.Object({ matter: Type.String(), amount: Nullable(Type.Integer()), note: Type.String() }, closed))
  },
  closed
)
/** 编译期核对：线路与 domain 的方案是同一形状，不同则此类型为 never，用到它的地方编译不过。 */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? A : never) : never
export type Plan = Same<Static<typeof Plan>, DomainPlan>

export const Answers = Type.Record(
  Type.String({ pattern: '^[a-z][a-zA-Z0-9-]{0,31}$' }),
  Type.Union([Type.String({ maxLength: 64 }), Type.Array(Type.String({ maxLength: 64 }), { maxItems: 20 })])
)
export const PlanRequest = Type.Object(
  { answers: Answers, picks: Type.Optional(Type.Array(Type.String({ maxLength: 32 }), { maxItems: 40 })) },
  closed
)
/** signedIn = false 时没有查证照，界面要说「登录后看看哪些免交」。 */
export const PlanReply = Type.Object({ revision: Type.String(), plan: Plan, holdingsChecked: Type.Boolean() }, closed)
export type PlanReply = Static<typeof PlanReply>
