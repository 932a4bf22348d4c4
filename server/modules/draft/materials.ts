import type { PlanMaterial } from '../../../domain/bundle/plan-types'
import type { AssembledDraft } from './assemble'
import { isOpen } from './choices'
import type { SignedMaterial } from './signed-content'

/** How one material will be met if the draft were signed now. */
export interface MaterialStanding {
  material: PlanMaterial
  how: SignedMaterial['how'] | null
  /** What is still to be done about it; null when nothing is. */
  pending: { kind: 'material' | 'invitation'; say: string } | null
}

const met = (material: PlanMaterial, how: SignedMaterial['how']): MaterialStanding => ({ material, how, pending: null })
const open = (material: PlanMaterial, kind: 'material' | 'invitation', say: string): MaterialStanding => ({
  material,
  how: null,
  pending: { kind, say }
})

/** Every material of the plan with the way in which it is met, or what is missing. */
export const materialStandings = (draft: AssembledDraft): MaterialStanding[] =>
  draft.plan.materials.map((material) => standingOf(draft, material))

function standingOf(draft: AssembledDraft, material: PlanMaterial): MaterialStanding {
  const { state, materialId } = material
  if (state === 'fill' || state === 'generated' || state === 'predecessor') return met(material, state)
  const answer = draft.consents.answers[materialId]
  const way = answer && answer !== 'granted' ? draft.bundle.materialOf[materialId]?.consent?.ways[answer].way : undefined
  if (state === 'exempt') return met(material, way === 'waive' ? 'waived' : answer === 'granted' ? 'consent' : 'exempt')

  const choice = draft.content.materials[material.id]
  const chosen = choice && isOpen(material, choice) ? choice.choice : null
  if (chosen === 'defer' || chosen === 'promise') return met(material, chosen)
  if (chosen === 'upload' && filesOf(draft, material.id).length > 0) return met(material, 'upload')
  if (state === 'upload') return open(material, 'material', uploadHint(material))
  if (way === 'window') return met(material, 'window')
  const asked = draft.consents.invitationOf[materialId]
  return open(material, 'invitation', asked ? `「${material.name}」在等对方同意` : `「${material.name}」要请持有人同意，请发出邀请`)
}

function uploadHint({ name, canDefer, canPromise }: PlanMaterial): string {
  const others = [...(canDefer ? ['选择容缺后补'] : []), ...(canPromise ? ['用告知承诺代替'] : [])]
  return `「${name}」还没有上传${others.length > 0 ? `，也可以${others.join('或')}` : ''}`
}

/** The files chosen for a material that are still there, in the chosen order. */
export function filesOf({ content, files }: Pick<AssembledDraft, 'content' | 'files'>, materialId: string): AssembledDraft['files'] {
  return (content.materials[materialId]?.files ?? []).flatMap((id) => files.find((file) => file.id === id) ?? [])
}
