import type { PoolClient } from 'pg'
import type { CaseMessage, DispatchCase, DispatchedMaterial } from '../../../contract/gateways/departments'
import type { FormValues } from '../../../domain/form/types'
import type { Deps } from '../../deps'
import { accountOf, ownerOf, readReachability, readSubject } from '../identity/subjects'
import { recordGrant } from '../licence/grants'
import { enqueue } from '../outbox/service'
import { recordTrace } from '../trace/service'
import { materialsFor, type OutgoingMaterial } from './outgoing-materials'
import type { LoadedCase } from './repository'
import { applicantOf, currentValues, departmentName, fieldsOf, holderOf, matterOf, type WorkingSet } from './working-set'

/** What goes to a department through the outbox: a new case, or a message about one. */
export type DepartmentPayload = { caseId: string } & (
  { kind: 'case'; message: DispatchCase } | { kind: 'message'; departmentId: string; message: CaseMessage }
)

/**
 * Puts a case that has become ready into the outbox, with everything its department needs and nothing else; leaves a trace with
 * everybody whose data it is. What the applicant says is wrong in authoritative data follows right behind it.
 */
export async function sendToDepartment(client: PoolClient, deps: Deps, set: WorkingSet, subject: LoadedCase): Promise<void> {
  const { submission, bundle } = set
  const matter = matterOf(set, subject)
  const applicantId = await applicantOf(client, submission)
  const applicant = await readSubject(client, deps, applicantId)
  const applicantAccount = await accountOf(client, applicantId)
  const phone = applicantAccount && (await readReachability(client, deps, applicantAccount)).phone
  const values = valuesFor(set, subject.key)
  const materials = await materialsFor(client, deps, set, subject)
  const planned = submission.plan.matters.find(({ key }) => key === subject.key)
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
    ...(await agentFor(client, deps, set)),
    values,
    materials: materials.map(({ material }) => material),
    result: await resultFor(client, deps, set, subject),
    specialProcedures: (planned?.specialProcedures ?? []).map(({ kind, name, days }) => ({ kind, name, days }))
  }
  await send(client, deps, subject, { kind: 'case', caseId: subject.id, message })
  await traceSend(client, deps, set, subject, applicantId, labelsOf(set, subject.key, values))
  for (const { ownerId, fields } of materials) await traceSend(client, deps, set, subject, ownerId ?? applicantId, fields)
  await grantSent(client, deps, set, subject, materials, applicantId)
  await sendObjections(client, deps, set, subject, values)
}

/** Keeps which licences went with a case, until it ends: their holders see it, may take it back, and the case hears when they change. */
async function grantSent(
  client: PoolClient,
  deps: Deps,
  set: WorkingSet,
  subject: LoadedCase,
  materials: OutgoingMaterial[],
  applicantId: string
): Promise<void> {
  for (const { material, ownerId } of materials) {
    const { licence } = material
    if (!licence?.identifier || licence.status) continue
    const { type, identifier, version, face } = licence
    await recordGrant(client, deps, {
      subjectId: ownerId ?? (material.how === 'consent' ? null : applicantId),
      licence: { type, identifier, version },
      recipient: departmentName(set, subject),
      purpose: purposeOf(set, subject),
      fields: Object.keys(face),
      caseId: subject.id,
      until: null
    })
  }
}

/** What something of a case goes to its department for, as its owner reads it. */
const purposeOf = (set: WorkingSet, subject: LoadedCase): string => `办理${matterOf(set, subject).name}（${subject.caseNo}）`

/** Who signed in the applicant's place, for the department to check and to call. */
async function agentFor(client: PoolClient, deps: Deps, { submission }: WorkingSet): Promise<Pick<DispatchCase, 'agent'>> {
  const { agent } = submission.content
  if (!agent) return {}
  const { name, idCode } = await readSubject(client, deps, await ownerOf(client, submission.accountId))
  const { phone } = await readReachability(client, deps, submission.accountId)
  return { agent: { role: agent.role, name, idCode: idCode ?? '', phone, until: agent.until } }
}

/** What the department shall issue, and to whom: the child or the company may not be there yet, or have no number. */
async function resultFor(client: PoolClient, deps: Deps, set: WorkingSet, subject: LoadedCase): Promise<DispatchCase['result']> {
  const { result } = matterOf(set, subject)
  if (result.kind === 'document') return { kind: 'document', name: result.name }
  const holderId = await holderOf(client, set, result.holder)
  const holder = holderId === null ? null : await readSubject(client, deps, holderId)
  const type = set.catalogue.licenceTypes[result.licenceType]
  return {
    kind: 'licence',
    licenceType: result.licenceType,
    licenceName: type?.name ?? result.licenceType,
    holderName: holder?.name ?? null,
    holderIdCode: holder?.idCode ?? null,
    face: type?.face.map(({ name }) => name) ?? []
  }
}

/** Tells a department more about a case that it has: what was corrected or brought later, objected to, or that it was withdrawn. */
export async function sendMessage(
  client: PoolClient,
  deps: Deps,
  set: WorkingSet,
  subject: LoadedCase,
  about: {
    kind: CaseMessage['kind']
    values?: FormValues
    materials?: DispatchedMaterial[]
    note?: string | null
    licence?: CaseMessage['licence']
  }
): Promise<void> {
  const { kind, values = {}, materials = [], note = null, licence } = about
  const { caseNo } = subject
  const message: CaseMessage = { messageId: deps.newId(), caseNo, kind, values, materials, note, ...(licence && { licence }) }
  await send(client, deps, subject, { kind: 'message', caseId: subject.id, departmentId: subject.departmentId, message })
  const ownerId = await applicantOf(client, set.submission)
  await traceSend(client, deps, set, subject, ownerId, [...labelsOf(set, subject.key, values), ...materials.map(({ name }) => name)])
}

async function sendObjections(client: PoolClient, deps: Deps, set: WorkingSet, subject: LoadedCase, values: FormValues): Promise<void> {
  const claims = Object.fromEntries(
    set.submission.content.objections.filter(({ fieldId }) => fieldId in values).map(({ fieldId, claim }) => [fieldId, claim])
  )
  if (Object.keys(claims).length === 0) return
  const note = `申请人指出权威数据有误，请核实：${labelsOf(set, subject.key, claims).join('、')}`
  await sendMessage(client, deps, set, subject, { kind: 'objection', values: claims, note })
}

/** One lane for each case: its department hears everything in the order in which it happened. */
async function send(client: PoolClient, deps: Deps, subject: LoadedCase, payload: DepartmentPayload): Promise<void> {
  await enqueue(client, deps, { messageId: payload.message.messageId, lane: `case:${subject.id}`, kind: 'department', payload })
}

export async function traceSend(
  client: PoolClient,
  deps: Deps,
  set: WorkingSet,
  subject: LoadedCase,
  subjectId: string,
  fields: OutgoingMaterial['fields']
): Promise<void> {
  if (fields.length === 0) return
  await recordTrace(client, deps, {
    subjectId,
    actor: departmentName(set, subject),
    actorKind: 'department',
    action: 'send',
    purpose: purposeOf(set, subject),
    fields
  })
}

/** The values of the fields that this node of the bundle needs. */
function valuesFor(set: WorkingSet, key: string): FormValues {
  const values = currentValues(set)
  const filled = fieldsOf(set, key).flatMap(({ id }) => (values[id] === undefined || values[id] === null ? [] : [[id, values[id]]]))
  return Object.fromEntries(filled) as FormValues
}

const labelsOf = (set: WorkingSet, key: string, values: FormValues): string[] =>
  fieldsOf(set, key).flatMap(({ id, label }) => (id in values ? [label] : []))
