import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { PlanMaterial } from '../../../domain/bundle/plan-types'
import { formValues } from '../../../domain/form/view'
import { grantTerms, type GrantTerms } from '../../../domain/licence/grant-terms'
import { isUsable } from '../licence/status'
import type { AssembledDraft } from './assemble'
import { commitmentsOf } from './commitments'
import { filesOf, materialStandings } from './materials'
import type { ReviewedContent, SignedMaterial } from './signed-content'

/**
 * The content to review and sign of a draft as it stands now. The same draft, catalogue, sources and day give the same content.
 * Materials that are still open are left out: a draft with open materials can't be submitted.
 */
export function frozenContent(draft: AssembledDraft): ReviewedContent {
  const { bundle, content, form, plan, record } = draft
  const applying = new Set(plan.matters.map((matter) => matter.key))
  const values = formValues(form)
  return {
    bundleId: bundle.id,
    bundleName: bundle.name,
    revision: draft.revision,
    subjectId: record.subjectId,
    answers: content.answers,
    picks: content.picks.filter((key) => applying.has(key)),
    matters: plan.matters.map(({ key, name }) => ({ key, name })),
    values,
    objections: Object.entries(content.objections)
      .filter(([fieldId]) => fieldId in values)
      .map(([fieldId, claim]) => ({ fieldId, claim })),
    materials: signedMaterials(draft),
    commitments: commitmentsOf(draft).map(({ id, title, text }) => ({ id, title, text })),
    ...(draft.agent && { agent: draft.agent })
  }
}

function signedMaterials(draft: AssembledDraft): ReviewedContent['materials'] {
  return Object.fromEntries(
    materialStandings(draft).flatMap(({ material, how }) => {
      if (how === null) return []
      const signed: SignedMaterial = {
        name: material.name,
        how,
        files:
          how === 'upload'
            ? filesOf(draft, material.id).map(({ id, name, mime, bytes, sha256 }) => ({ id, name, mime, bytes, sha256 }))
            : [],
        deferUntil: how === 'defer' ? (material.canDefer?.until ?? null) : null,
        invitationId: how === 'consent' ? (draft.consents.invitationOf[material.materialId]?.id ?? null) : null,
        grant: grantOf(draft, material, how)
      }
      return [[material.id, signed]]
    })
  )
}

/** What signing gives of a licence; null when neither one's own nor one that is still to be issued here stands for the material. */
function grantOf(draft: AssembledDraft, planned: PlanMaterial, how: SignedMaterial['how']): GrantTerms | null {
  const { bundle, plan, licenceTypes, held } = draft
  const material = bundle.materialOf[planned.materialId]
  const type = licenceTypes[planned.licenceType ?? '']
  if (!material || !type || (how !== 'exempt' && how !== 'predecessor')) return null
  if (how === 'predecessor') return grantTerms(planned, plan.matters, material, type, null)
  const own = held.find(({ holder, licence }) => holder === planned.holder && licence.type === type.id && isUsable(licence.status))
  return own ? grantTerms(planned, plan.matters, material, type, Object.keys(own.licence.face)) : null
}

/** SHA-256 over the RFC 8785 canonical form, in hexadecimal. @throws when the content is not JSON */
export function contentHash(content: ReviewedContent): string {
  const canonical = canonicalize(content)
  if (canonical === undefined) throw new Error('content is not JSON')
  return createHash('sha256').update(canonical).digest('hex')
}
