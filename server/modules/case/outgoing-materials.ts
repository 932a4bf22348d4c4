import type { PoolClient } from 'pg'
import type { DispatchedMaterial } from '../../../contract/gateways/departments'
import type { PlanMaterial } from '../../../domain/bundle/plan-types'
import type { Deps } from '../../deps'
import type { SignedMaterial } from '../draft/signed-content'
import { storedFiles } from '../file/service'
import { findSubject } from '../identity/subjects'
import { invitedHolder, releasedFor } from '../invitation/standing'
import { licenceForDispatch, releasedForDispatch } from '../licence/service'
import type { LoadedCase } from './repository'
import { caseByKey, holderOf, matterOf, materialsOf, type WorkingSet } from './working-set'

/** A material on its way to a department. */
export interface OutgoingMaterial {
  material: DispatchedMaterial
  /** Whose data it is; null: the applicant's. */
  ownerId: string | null
  /** What of it goes, by name, for the owner's trace: of a licence each field. */
  fields: string[]
}

/** The materials that this node of the bundle needs, each in the way that was signed. */
export async function materialsFor(
  client: PoolClient,
  deps: Deps,
  set: WorkingSet,
  { key, caseNo }: Pick<LoadedCase, 'key' | 'caseNo'>
): Promise<OutgoingMaterial[]> {
  const outgoing: OutgoingMaterial[] = []
  for (const planned of materialsOf(set, key)) outgoing.push(await materialFor(client, deps, set, { key, caseNo }, planned))
  return outgoing
}

async function materialFor(
  client: PoolClient,
  deps: Deps,
  set: WorkingSet,
  { key, caseNo }: Pick<LoadedCase, 'key' | 'caseNo'>,
  planned: PlanMaterial
): Promise<OutgoingMaterial> {
  const { submission, bundle } = set
  const material = bundle.materialOf[planned.materialId]
  const signed = submission.content.materials[planned.id]
  if (!material || !signed) throw new Error(`submission ${submission.id} says nothing of the material ${planned.id}`)
  const brought = await storedFiles(deps, client, suppliedFiles(caseByKey(set, key), planned.id))
  const as = (how: DispatchedMaterial['how'], licence: DispatchedMaterial['licence'] = null): DispatchedMaterial => ({
    id: material.id,
    name: material.name,
    how,
    licence,
    files: [...signed.files, ...brought].map((file) => fileLink(deps, caseNo, file))
  })
  const substitute = brought.length > 0 ? 'upload' : substitutes[signed.how]
  if (substitute) return { material: as(substitute), ownerId: null, fields: sendsNothing.has(substitute) ? [] : [material.name] }
  if (material.source.kind !== 'licence') return { material: as(material.source.kind), ownerId: null, fields: [material.name] }
  if (signed.how === 'consent') return consented(client, deps, as, signed.invitationId, material.id)
  const { licenceType: type } = material.source
  const holderId = await holderOf(client, set, planned.holder)
  const caseIds = signed.how === 'predecessor' ? siblingIssuers(set, type) : null
  const fields = grantedFields(signed)
  const licence = holderId && (await licenceForDispatch(client, deps, { type, subjectId: holderId, caseIds, fields }))
  return { material: as('licence', licence || null), ownerId: holderId, fields: faceFields(material, licence || null) }
}

/** The fields of a licence that signing gave; null, the whole face, of what was signed before that was part of it. */
const grantedFields = ({ grant }: SignedMaterial): string[] | null => (grant === undefined ? null : (grant?.fields ?? []))

/** What of a licence goes, field by field, as its owner reads it in the trace. */
const faceFields = ({ name }: Pick<DispatchedMaterial, 'name'>, licence: DispatchedMaterial['licence']): string[] =>
  Object.keys(licence?.face ?? {}).map((field) => `${name}·${field}`)

/** What was deferred when signing and has been brought while the case still waited for others. */
const suppliedFiles = ({ events }: LoadedCase, materialId: string): string[] =>
  events.flatMap(({ type, data }) => (type === 'supplemented' ? (data.files?.[materialId] ?? []) : []))

/** What the other holder agreed to release, and nothing more; no licence when they took it back meanwhile. */
async function consented(
  client: PoolClient,
  deps: Deps,
  as: (how: 'consent', licence?: DispatchedMaterial['licence']) => DispatchedMaterial,
  invitationId: string | null,
  materialId: string
): Promise<OutgoingMaterial> {
  const released = invitationId && (await releasedFor(deps, client, invitationId, materialId))
  if (!released) return { material: as('consent'), ownerId: null, fields: [] }
  const { licenceType: type, identifier, version, face } = released
  const holder = await findSubject(client, deps, (await invitedHolder(deps, client, invitationId)) ?? '')
  const agreed = { type, identifier, version, face }
  const licence = holder ? await releasedForDispatch(client, deps, holder.id, agreed) : agreed
  const material = as('consent', licence)
  return { material, ownerId: holder?.id ?? null, fields: faceFields(material, licence) }
}

/** Ways of meeting a material that stand for the licence or share itself. */
const substitutes: Partial<Record<SignedMaterial['how'], DispatchedMaterial['how']>> = {
  upload: 'upload',
  defer: 'deferred',
  promise: 'promised',
  window: 'window',
  waived: 'waived'
}
const sendsNothing: ReadonlySet<DispatchedMaterial['how']> = new Set(['deferred', 'promised', 'window', 'waived'])

/** The sibling cases that issued this licence type: of a licence that a predecessor brings, only their version counts. */
function siblingIssuers(set: WorkingSet, licenceType: string): string[] {
  const hasIssued = (each: LoadedCase) => {
    const { result } = matterOf(set, each)
    return result.kind === 'licence' && result.licenceType === licenceType && each.state.result !== null
  }
  return set.cases.filter(hasIssued).map(({ id }) => id)
}

/** A file as the department is told of it: fetched from here by a request that it signs, for this case. */
export function fileLink(
  { config }: Pick<Deps, 'config'>,
  caseNo: string,
  { id, name, mime, bytes, sha256 }: SignedMaterial['files'][number]
): DispatchedMaterial['files'][number] {
  return { id, name, mime, bytes, sha256, href: `${config.publicOrigin}/api/v1/departments/cases/${caseNo}/files/${id}` }
}
