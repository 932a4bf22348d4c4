import type { Condition } from '../condition/types'
import type { FormGroup } from '../form/types'
import type { SpecialProcedure } from './special-procedure'

/** 「一件事」目录的形状（glossary: bundle）。内容在 catalogue/，由 catalogue/schema.ts 逐字段校验；此处是全工程共用的类型。 */
export type BundleId = string
export type MatterId = string
export type MaterialId = string
export type LicenceTypeId = string
export type DepartmentId = string

/** 每条内容都要说明出处与复核日期；`pending` 为真表示数字待核，界面照样标注。 */
export interface Provenance {
  source: string
  reviewedOn: string
  pending?: string[]
}

export type Audience = 'person' | 'company'

export interface Stage {
  id: string
  name: string
  audience: Audience
  order: number
  /** 首页上的图标名 */
  icon?: string
  /** 该阶段已上架的一件事；为空时 `elsewhere` 必填：告诉人现在该去哪里办。 */
  bundles: BundleId[]
  elsewhere?: string
}

export interface QuestionOption {
  value: string
  label: string
}

/** 情形引导的一问（glossary: guideQuestion）。`why` 说明为什么问。 */
export interface Question {
  id: string
  text: string
  why?: string
  options: QuestionOption[]
  multiple?: boolean
  show?: Condition
}

/** 劝阻或分流：`when` 为真时先说 `say`；`blocking` 缺省真，「仅提示」的为 false。 */
export interface Stop {
  when: Condition
  say: string
  blocking: boolean
}

/** 时限。工作日 0 = 当场办结；natural = 自然日（冷静期、公告）；null = 无法定时限。 */
export interface TimeLimit {
  statutory: number | null
  promised: number | null
  unit: 'workday' | 'natural'
}

/**
 * 材料来源：电子证照 / 数据共享核验 / 表单内填报 / 上传 / 上一环节或系统生成。前两种为免提交。
 * 证照的 `fields` 是只给部门的那几格（照面字段名）；不写就是整张照面。要持有人同意的写在 consent.fields，不写在这里。
 */
export type MaterialSource =
  | { kind: 'licence'; licenceType: LicenceTypeId; fields?: string[] }
  | { kind: 'share'; system: string; note?: string }
  | { kind: 'form' }
  | { kind: 'upload' }
  | { kind: 'generated' }

/** 持有人：办事人本人、另一方（配偶/另一方父母）、法定代表人、孩子等。非本人须持有人在线同意。 */
export type HolderRole = 'applicant' | 'spouse' | 'legalRepresentative' | 'ward' | 'company'

export interface Material {
  id: MaterialId
  name: string
  source: MaterialSource
  holder: HolderRole
  /** 持有人不是申请人时必填：谁同意、放出哪些字段、多久有效、四种不顺利时的出路。 */
  consent?: HolderConsentRule
  note?: string
  sample?: string
}

export interface HolderConsentRule {
  /** 同意书里写明放出的字段，名称与证照照面一致。 */
  fields: string[]
  purpose: string
  validDays: number
  /** 拒绝 / 逾期未答 / 联系不上 / 已故 各自的出路。 */
  ways: Record<'declined' | 'unanswered' | 'unreachable' | 'deceased', { way: 'upload' | 'window' | 'waive'; say: string }>
}

export interface MatterMaterial {
  id: MaterialId
  /** 确指旧版本（如落户时交的父母户口簿），不等同件前置事项新产出的版本。 */
  existing?: boolean
  /** 可容缺：先受理后补，补交期（工作日）。 */
  deferDays?: number
  /** 可用告知承诺替代。 */
  promise?: boolean
  /** 要这份材料的理由（给人看的一句话）。 */
  why: string
}

export type MatterResult =
  | { kind: 'licence'; licenceType: LicenceTypeId; holder: HolderRole }
  | { kind: 'document'; name: string }

/** 政务服务事项（glossary: matter），最小可办单元。 */
export interface Matter extends Provenance {
  id: MatterId
  name: string
  plainName?: string
  alias: string[]
  department: DepartmentId
  /** 会同或受托办理的部门，如「助产机构/市卫健委」的后者；派件只派 department。 */
  partners?: DepartmentId[]
  limit: TimeLimit
  handlingType: 'instant' | 'promised'
  specialProcedures: SpecialProcedure[]
  materials: MatterMaterial[]
  result: MatterResult
  /** 收费；无 = 不收费。金额以「分」计，null = 标准待核，只显示说明。 */
  fee?: { amount: number | null; note: string }
  /** 必须到场或踏勘的原因；缺省 = 无需到场。 */
  visitReason?: string
  /** 单办时要跑的次数，算「省了几次跑动」用。 */
  separateVisits: number
  /** 收件即受理（不经网上预审）。 */
  acceptOnReceipt?: boolean
  note?: string
}

/** 一件事里的一个节点：引用事项，写清何时适用、在谁之后。 */
export interface BundleMatter {
  key: string
  matter: MatterId
  after: string[]
  when?: Condition
  pick?: boolean
  /** 材料的附加条件：材料码 → 条件；不满足则不收该材料。 */
  materialsWhen: Record<MaterialId, Condition>
}

export interface Bundle extends Provenance {
  id: BundleId
  name: string
  fullName: string
  audience: Audience
  stage: string
  lead: DepartmentId
  who: string
  trigger: string
  summary: string
  questions: Question[]
  stops: Stop[]
  matters: BundleMatter[]
  form: FormGroup[]
  /** 由谁产生的被监护人：新生儿在签发出生证的节点上成为家庭成员。键指向表单字段与产证节点，不在代码里写死。 */
  ward?: { nameField: string; sexField: string; birthField: string; createdBy: string[]; idNumberFrom: string[]; idNumberFace: string }
  /** 材料的其他持有人在表单哪两格：据此发出同意邀请；填的就是申请人本人时无须邀请。 */
  parties?: { spouse?: PartyFields; legalRepresentative?: PartyFields }
  /** 办成后申请人新增的主体（如新设企业）。 */
  company?: { nameField: string; createdBy: string[]; creditCodeFace: string }
  /** 整件终止规则：all = 任一不予即停；否则列出「一旦不予，整件停」的节点。缺省只拦后代。 */
  failAll?: 'any' | string[]
  minutes: number
}

export interface PartyFields {
  nameField: string
  idNumberField: string
}

/** 服务端解析好的一件事：引用已展开，设备拿这一份就能分支。 */
export interface ResolvedBundle extends Bundle {
  matterOf: Record<MatterId, Matter>
  materialOf: Record<MaterialId, Material>
  departmentOf: Record<DepartmentId, Department>
  licenceTypeOf: Record<LicenceTypeId, { id: LicenceTypeId; name: string }>
}

export interface Department {
  id: DepartmentId
  name: string
  phone?: string
  address?: string
}
