import type { PoolClient } from 'pg'
import type { CaseMessage, DispatchCase, DispatchedMaterial } from '../../../contract/gateways/departments'
import type { PlanMaterial } from '../../../domain/bundle/plan-types'
import type { Matter } from '../../../domain/bundle/types'
import type { FormField, FormValues } from '../../../domain/form/types'
import type { Deps } from '../../deps'
import { readReachability, readSubject } from '../identity/subjects'
import type { SignedMaterial } from '../draft/signed-content'
import { releasedFor } from '../invitation/standing'
import { licenceForDispatch } from '../licence/service'
import { enqueue } from '../outbox/service'
import { recordTrace } from '../trace/service'
import type { LoadedCase } from './repository'
import { currentValues, departmentName, matterOf, type WorkingSet } from './working-set'

/** What goes to a department through the outbox: a new case, or a message about one. */
export type DepartmentPayload = { caseId: string } & (
  { kind: 'case'; message: DispatchCase } | { kind: 'message'; departmentId: string; message: CaseMessage }
)

/** Puts a case that has become ready into the outbox, with everything its department needs and nothing else; leaves a trace. */
export async function sendToDepartment(client: PoolClient, deps: Deps, set: WorkingSet, subject: LoadedCase): Promise<void> {
  const { submission, bundle } = set
  const matter = matterOf(bundle, subject)
  const applicant = await readSubject(client, deps, submission.subjectId)
  const { phone } = await readReachability(client, deps, submission.accountId)
  const values = valuesFor(set, subject.key)
  const materials = await materialsFor(client, deps, set, subject)
  const message: DispatchCase = {
    messageId: deps.newId(),
    caseNo: subject.caseNo,
    matterId: matter.id,
    matterName: matter.name,
    departmentId: subject.departmentId,
    bundleName: bundle.fullName,
    submittedAt: new Date(submission.submittedAt).toISOString(),
    promisedDays: matter.limit.promised,
    acceptOnReceipt: matter.acceptOnReceipt ?? false,
    callbackUrl: `${deps.config.publicOrigin}/api/v1/departments/callbacks`,
    applicant: { name: applicant.name, idCode: applicant.idCode ?? '', phone },
    values,
    materials,
    result: await resultFor(client, deps, set, matter),
    specialProcedures:
      submission.plan.matters
        .find(({ key }) => key === subject.key)
        ?.specialProcedures.map(({ kind, name, days }) => ({ kind, name, days })) ?? []
  }
  await send(client, deps, subject, { kind: 'case', caseId: subject.id, message })
  await traceSend(client, deps, set, subject, [...labelsOf(set, Object.keys(values)), ...materials.map(({ name }) => name)])
}

/** What the department shall issue, and to whom: the child or the company may not have a number yet. */
async function resultFor(
  client: PoolClient,
  deps: Deps,
  { submission, bundle }: WorkingSet,
  { result }: Matter
): Promise<DispatchCase['result']> {
  if (result.kind === 'document') return { kind: 'document', name: result.name }
  const holderId =
    { ward: submission.wardId, company: submission.companyId }[result.holder as string] ??
    (result.holder === 'applicant' ? submission.subjectId : null)
  const holder = holderId ? await readSubject(client, deps, holderId) : null
  const type = (await deps.catalogue.at(submission.revision)).licenceTypes[result.licenceType]
  return {
    kind: 'licence',
    licenceType: result.licenceType,
    licenceName: bundle.licenceTypeOf[result.licenceType]?.name ?? result.licenceType,
    holderName: holder?.name ?? null,
    holderIdCode: holder?.idCode ?? null,
    face: type?.face.map(({ name }) => name) ?? []
  }
}

/** Tells a department more about a case that it has: what was corrected or brought later, or that it was withdrawn. */
export async function sendMessage(
  client: PoolClient,
  deps: Deps,
  set: WorkingSet,
  subject: LoadedCase,
  about: { kind: CaseMessage['kind']; values: FormValues; materials: DispatchedMaterial[]; note: string | null }
): Promise<void> {
  const message: CaseMessage = { messageId: deps.newId(), caseNo: subject.caseNo, ...about }
  await send(client, deps, subject, { kind: 'message', caseId: subject.id, departmentId: subject.departmentId, message })
  if (Object.keys(about.values).length || about.materials.length) {
    await traceSend(client, deps, set, subject, [...labelsOf(set, Object.keys(about.values)), ...about.materials.map(({ name }) => name)])
  }
}

async function send(client: PoolClient, deps: Deps, subject: LoadedCase, payload: DepartmentPayload): Promise<void> {
  await enqueue(client, deps, { messageId: payload.message.messageId, lane: `case:${subject.id}`, kind: 'department', payload })
}

async function traceSend(
  client: PoolClient,
  deps: Deps,
  { submission, bundle }: WorkingSet,
  subject: LoadedCase,
  fields: string[]
): Promise<void> {
  await recordTrace(client, deps, {
    subjectId: submission.subjectId,
    actor: departmentName(bundle, subject.departmentId),
    actorKind: 'department',
    action: 'send',
    purpose: `办理${matterOf(bundle, subject).name}（${subject.caseNo}）`,
    fields
  })
}

/** The values of the fields that this node of the bundle needs. */
function valuesFor(set: WorkingSet, key: string): FormValues {
  const values = currentValues(set)
  const needed = set.bundle.form
    .flatMap(({ fields }) => fields)
    .filter((field) => field.for.includes(key) && values[field.id] !== undefined && values[field.id] !== null)
  return Object.fromEntries(needed.map(({ id }) => [id, values[id] ?? null]))
}

function labelsOf(set: WorkingSet, ids: string[]): string[] {
  const fields: FormField[] = set.bundle.form.flatMap((group) => group.fields)
  return ids.map((id) => fields.find((field) => field.id === id)?.label ?? id)
}

function materialsFor(client: PoolClient, deps: Deps, set: WorkingSet, subject: LoadedCase): Promise<DispatchedMaterial[]> {
  const due = set.submission.plan.materials.filter(({ neededBy }) => neededBy.some(({ key }) => key === subject.key))
  return Promise.all(due.map((material) => materialFor(client, deps, set, material)))
}

async function materialFor(client: PoolClient, deps: Deps, set: WorkingSet, planned: PlanMaterial): Promise<DispatchedMaterial> {
  const { submission, bundle } = set
  const material = bundle.materialOf[planned.materialId]
  if (!material) throw new Error(`catalogue: ${bundle.id} has no material ${planned.materialId}`)
  const signed = submission.content.materials[planned.id]
  const files = (signed?.files ?? []).map((file) => fileLink(deps, file))
  const plain = (how: DispatchedMaterial['how']): DispatchedMaterial => ({
    id: material.id,
    name: material.name,
    how,
    licence: null,
    files
  })
  const substitute = substitutes[signed?.how ?? 'exempt']
  if (substitute) return plain(substitute)
  if (material.source.kind !== 'licence') return plain(material.source.kind)
  const type = material.source.licenceType
  if (signed?.how === 'consent' && signed.invitationId)
    return { ...plain('consent'), licence: await releasedLicence(client, deps, signed.invitationId, material.id) }
  const caseIds = planned.state === 'predecessor' ? siblingIssuers(set, type) : null
  return {
    ...plain('licence'),
    licence: await licenceForDispatch(client, deps, { type, subjectId: holderOf(set, planned.holder), caseIds })
  }
}

/** What the other holder agreed to release, and nothing more; null when they took it back meanwhile. */
async function releasedLicence(
  client: PoolClient,
  deps: Deps,
  invitationId: string,
  materialId: string
): Promise<DispatchedMaterial['licence']> {
  const released = await releasedFor(deps, client, invitationId, materialId)
  return released && { type: released.licenceType, identifier: released.identifier, version: released.version, face: released.face }
}

/** Ways of meeting a material that stand for the licence or share itself. */
const substitutes: Partial<Record<SignedMaterial['how'], DispatchedMaterial['how']>> = {
  upload: 'upload',
  defer: 'deferred',
  promise: 'promised'
}

function holderOf({ submission }: WorkingSet, role: string): string {
  if (role === 'ward' && submission.wardId) return submission.wardId
  if (role === 'company' && submission.companyId) return submission.companyId
  return submission.subjectId
}

/** The sibling cases that issued this licence type: of a licence that a predecessor brings, only their version counts. */
function siblingIssuers({ bundle, cases }: WorkingSet, licenceType: string): string[] {
  const issued = (each: LoadedCase) => {
    const { result } = matterOf(bundle, each)
    return result.kind === 'licence' && result.licenceType === licenceType && each.state.result !== null
  }
  return cases.filter(issued).map(({ id }) => id)
}

export function fileLink(
  deps: Deps,
  file: { id: string; name: string; mime: string; bytes: number; sha256: string }
): DispatchedMaterial['files'][number] {
  return { ...file, href: `${deps.config.publicOrigin}/api/v1/departments/files/${file.id}` }
}
