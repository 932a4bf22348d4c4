import type { HolderRole } from '../../../../domain/bundle/types'
import type { PlanMaterial } from '../../../../domain/bundle/plan-types'

export interface HolderGroup {
  holder: HolderRole
  materials: PlanMaterial[]
}

/** Materials that need somebody's consent, by whose it is: one invitation asks one person for all of them. */
export function groupsOf(materials: PlanMaterial[]): HolderGroup[] {
  const asked = materials.filter(({ consent }) => consent !== null)
  const holders = asked.map(({ holder }) => holder).filter((holder, at, all) => all.indexOf(holder) === at)
  return holders.map((holder) => ({ holder, materials: asked.filter((material) => material.holder === holder) }))
}
