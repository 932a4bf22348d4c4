import type { SpecialProcedureKind } from './special-procedure'
import type { HolderConsentRule, HolderRole } from './types'

/** plan() 的结果：纯 JSON，服务端算好原样上线路，设备照着画。日子一律 'YYYY-MM-DD'（北京时间）。 */
export type PlanVerdict = 'ready' | 'incomplete' | 'stopped' | 'nothing'

export type MaterialState =
  /** 免提交：电子证照或数据共享替代 */
  | 'exempt'
  /** 表单内填报 */
  | 'fill'
  /** 系统生成，你只需签名确认 */
  | 'generated'
  /** 上一环节产出，不用交 */
  | 'predecessor'
  /** 需持有人在线同意 */
  | 'consent'
  /** 需上传 */
  | 'upload'

export interface PlanReason {
  /** 给人看的一句话。 */
  text: string
  /** 关联的题目，界面可以跳回去改。 */
  question: string | null
}

export interface PlanMatter {
  key: string
  matterId: string
  name: string
  plainName: string | null
  departmentId: string
  departmentName: string
  optional: boolean
  handlingType: 'instant' | 'promised'
  statutoryDays: number | null
  promisedDays: number | null
  unit: 'workday' | 'natural'
  specialProcedures: { kind: SpecialProcedureKind; name: string; days: number; unit: 'workday' | 'natural' }[]
  /** 有效的直接前置（被剪掉的节点已由其前置顶替）。 */
  after: string[]
  result: { kind: 'licence' | 'document'; name: string }
  fee: { amount: number | null; note: string } | null
  visitReason: string | null
  why: PlanReason[]
  /** 预计开始、承诺完成、真正办完（含预审与特别程序）的日子；无时限的事项为 null。 */
  startDay: string | null
  promisedDay: string | null
  finishDay: string | null
}

export interface PlanMaterial {
  /** 本方案内唯一；上一环节新产出的版本记作「材料码:new」，与旧版本分开列。 */
  id: string
  materialId: string
  name: string
  state: MaterialState
  reason: string
  /** 用到它的事项节点与名称。 */
  neededBy: { key: string; name: string; why: string }[]
  holder: HolderRole
  licenceType: string | null
  /** 除 state 外还可选的路：上传、容缺（到哪天）、告知承诺。 */
  canUpload: boolean
  canDefer: { workdays: number; until: string } | null
  canPromise: boolean
  consent: Pick<HolderConsentRule, 'fields' | 'purpose' | 'validDays'> | null
}

export interface PlanExcluded {
  key: string
  name: string
  /** 适用但可选、没有勾选：界面可以让人勾上。 */
  optional: boolean
  why: PlanReason[]
}

export interface Plan {
  bundleId: string
  verdict: PlanVerdict
  stops: { say: string; blocking: boolean }[]
  /** 还没答、又影响方案的题目。 */
  missing: string[]
  matters: PlanMatter[]
  excluded: PlanExcluded[]
  /** 题没答完，还不知道办不办的事项。 */
  undecided: PlanExcluded[]
  edges: { from: string; to: string }[]
  layers: string[][]
  criticalPath: string[]
  materials: PlanMaterial[]
  promise: { workdays: number; day: string; estimated: boolean }
  finish: { workdays: number; naturalDays: number; day: string; estimated: boolean; includes: string[] }
  /** 与逐件单办相比，由目录算出。 */
  savings: Record<'applications' | 'materials' | 'workdays' | 'visits', { single: number; bundled: number }>
  fees: { matter: string; amount: number | null; note: string }[]
}
