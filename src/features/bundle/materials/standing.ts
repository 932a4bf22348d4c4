import type { Draft } from '../../../../contract/drafts'
import type { PlanMaterial } from '../../../../domain/bundle/plan-types'

type Invitation = Draft['invitations'][number]

/** The latest word on a material that somebody else holds. */
export const invitationOf = ({ invitations }: Draft, { materialId }: PlanMaterial): Invitation | undefined =>
  [...invitations].sort((one, other) => Date.parse(other.sentAt) - Date.parse(one.sentAt))
    .find(({ materialIds, status }) => materialIds.includes(materialId) && status !== 'cancelled')

/** Files of a material that are there, in the chosen order. */
export function filesOf({ materials, files }: Draft, materialId: string): Draft['files'] {
  const ids = materials[materialId]?.files ?? []
  return ids.reduce<Draft['files']>((found, id) => [...found, ...files.filter((file) => file.id === id)], [])
}

/** Whether a material is seen to as far as the device can tell; the review before signing has the last word. */
export function isMet(material: PlanMaterial, draft: Draft): boolean {
  if (material.state !== 'upload' && material.state !== 'consent') return true
  const choice = draft.materials[material.id]?.choice
  if (choice === 'defer') return material.canDefer !== null
  if (choice === 'promise') return material.canPromise
  if (choice === 'upload' && filesOf(draft, material.id).length > 0) return true
  return invitationOf(draft, material)?.way?.way === 'window'
}
