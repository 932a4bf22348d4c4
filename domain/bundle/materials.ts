import { evaluateOptional } from '../condition/evaluate'
import type { Facts } from '../condition/evaluate'
import { addWorkdays } from '../calendar/workday'
import type { WorkCalendar } from '../calendar/types'
import { dayText } from '../time'
import type { IsoDay } from '../time'
import { ancestorsOf } from './graph'
import { settle } from './material-state'
import type { MaterialCircumstances } from './material-state'
import type { PlanMaterial } from './plan-types'
import type { ScheduledMatter } from './schedule'
import type { BundleMatter, Material, MatterMaterial, ResolvedBundle } from './types'

/** 判断材料怎么交所需的情况。 */
export interface MaterialContext extends MaterialCircumstances {
  facts: Facts
  calendar: WorkCalendar
  /** 收件日：容缺补交期从这一日起数 */
  received: IsoDay
}

/** 一份要收的材料，以及要它的各个事项。 */
interface Demand {
  id: string
  material: Material
  /** 由本件哪个前置事项新产出；null 为不是 */
  producer: string | null
  refs: { key: string; name: string; ref: MatterMaterial }[]
}

/** 前置事项新产出的证照只认新版本；目录标明 existing 的除外。 */
function producerOf(material: Material, ref: MatterMaterial, item: ScheduledMatter, items: ScheduledMatter[]): string | null {
  const source = material.source
  if (source.kind !== 'licence' || ref.existing) return null
  const ancestors = ancestorsOf(item.key, items)
  const producer = items.find(({ key, matter }) =>
    ancestors.has(key) && matter.result.kind === 'licence' && matter.result.licenceType === source.licenceType)
  return producer?.matter.name ?? null
}

/** 同一材料被多个事项引用只列一次；新产出的版本与旧版本是两份。 */
function demandsOf(bundle: ResolvedBundle, items: ScheduledMatter[], nodes: BundleMatter[], facts: Facts): Demand[] {
  const demands: Demand[] = []
  for (const item of items) {
    const conditions = nodes.find(node => node.key === item.key)?.materialsWhen ?? {}
    for (const ref of item.matter.materials) {
      const material = bundle.materialOf[ref.id]
      if (!material || evaluateOptional(conditions[ref.id], facts).verdict !== 'yes') continue
      const producer = producerOf(material, ref, item, items)
      const id = producer === null ? ref.id : `${ref.id}:new`
      const asked = { key: item.key, name: item.matter.name, ref }
      const known = demands.find(demand => demand.id === id)
      if (known) known.refs.push(asked)
      else demands.push({ id, material, producer, refs: [asked] })
    }
  }
  return demands
}

/** 容缺的材料最晚哪天补：从收件日起数这么多个工作日。等前一步的办件送到部门才算收件，到那时重新起算。 */
export const deferredUntil = (received: IsoDay, workdays: number, calendar: WorkCalendar): IsoDay =>
  addWorkdays(received, workdays, calendar)

/** 各事项都容缺才可容缺，取最短的补交期。 */
function deferralOf(refs: Demand['refs'], context: MaterialContext): PlanMaterial['canDefer'] {
  const days = refs.map(({ ref }) => ref.deferDays)
  if (days.some(count => count === undefined)) return null
  const workdays = Math.min(...days.map(Number))
  return { workdays, until: deferredUntil(context.received, workdays, context.calendar) }
}

/** 除本来的交法外还有什么路，写进理由里。 */
function waysText(canDefer: PlanMaterial['canDefer'], canPromise: boolean, barred: boolean, today: IsoDay): string {
  const defer = canDefer ? `；也可先受理，${dayText(canDefer.until, today)}前补交` : ''
  const promise = canPromise ? '；也可签告知承诺书代替' : ''
  return defer + promise + (barred ? '；因信用记录，本次不能用告知承诺' : '')
}

function merge(demand: Demand, context: MaterialContext, bundle: ResolvedBundle): PlanMaterial {
  const { material, refs } = demand
  const outcome = settle(material, demand.producer, context, bundle)
  const open = outcome.state === 'upload' || outcome.state === 'consent'
  const promisable = open && refs.every(({ ref }) => ref.promise === true)
  const barred = promisable && context.promiseBarred
  const canDefer = open ? deferralOf(refs, context) : null
  const canPromise = promisable && !barred
  return {
    id: demand.id,
    materialId: material.id,
    name: material.name,
    state: outcome.state,
    reason: outcome.reason + waysText(canDefer, canPromise, barred, context.received),
    neededBy: refs.map(({ key, name, ref }) => ({ key, name, why: ref.why })),
    holder: material.holder,
    licenceType: material.source.kind === 'licence' ? material.source.licenceType : null,
    canUpload: outcome.canUpload,
    canDefer,
    canPromise,
    consent: material.consent
      ? { fields: material.consent.fields, purpose: material.consent.purpose, validDays: material.consent.validDays }
      : null
  }
}

/** 本次要的全部材料，合并后各带状态与理由。 */
export const materialsOf = (bundle: ResolvedBundle, items: ScheduledMatter[], context: MaterialContext): PlanMaterial[] =>
  demandsOf(bundle, items, bundle.matters, context.facts).map(demand => merge(demand, context, bundle))
