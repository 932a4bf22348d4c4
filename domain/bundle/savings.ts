import type { Plan, PlanMaterial } from './plan-types'
import type { ScheduledMatter } from './schedule'

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)

const needsPerson = (material: PlanMaterial) => ['upload', 'consent', 'fill'].includes(material.state)

/**
 * 与逐件单办相比，全由目录算出：
 * 申请几次（单办每项一次，合办一次）；材料几份（单办每项各交，系统生成的不算；合办只数仍要本人填、传或请人同意的）；
 * 承诺工作日（单办首尾相接，合办取关键路径）；跑几次（单办取目录所列，合办只数必须到场的）。
 */
export function savingsOf(items: ScheduledMatter[], materials: PlanMaterial[], criticalWorkdays: number): Plan['savings'] {
  const limits = items.map(({ matter }) => (matter.limit.unit === 'workday' ? matter.limit.promised ?? 0 : 0))
  const asked = materials.filter(material => material.state !== 'generated')
  return {
    applications: { single: items.length, bundled: Math.min(1, items.length) },
    materials: { single: sum(asked.map(material => material.neededBy.length)), bundled: materials.filter(needsPerson).length },
    workdays: { single: sum(limits), bundled: criticalWorkdays },
    visits: {
      single: sum(items.map(({ matter }) => matter.separateVisits)),
      bundled: items.filter(({ matter }) => matter.visitReason).length
    }
  }
}
