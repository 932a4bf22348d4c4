import type { PoolClient } from 'pg'
import type { DepartmentCallback } from '../../../contract/gateways/departments'
import type { CaseEventData } from '../../../domain/case/types'
import { licenceIdentifierFlaw } from '../../../domain/identifier/licence-identifier'
import { addDays, dayOf, instantOf } from '../../../domain/time'
import type { Deps } from '../../deps'
import { Refusal } from '../../errors'
import { audienceOf } from '../identity/actors'
import { announce } from '../live/service'
import { recordIssued } from '../licence/service'
import { holderOfIssued } from './offspring'
import type { LoadedCase } from './repository'
import { fieldsOf, materialsOf, matterOf, type WorkingSet } from './working-set'

const refuse = (pointer: string, message: string) => new Refusal('invalid_fields', { errors: [{ pointer, code: 'not_of_case', message }] })

/**
 * What a department's event carries into the log; an issued licence is recorded on the way. That nothing is missing is the
 * domain's to say (domain/case/completeness); here it is made sure that what came belongs to this case. Errors: invalid_fields.
 */
export async function eventData(
  client: PoolClient,
  deps: Deps,
  set: WorkingSet,
  subject: LoadedCase,
  callback: DepartmentCallback
): Promise<CaseEventData> {
  const { type, reason, remedy, documentNo, outcome, procedure, extendDays } = callback
  const words: CaseEventData = { ...(reason && { reason }), ...(remedy && { remedy }), ...(documentNo && { documentNo }) }
  switch (type) {
    case 'correctionRequested':
      return { ...words, ...correction(deps, set, subject, callback.items ?? []) }
    case 'decided':
      return { ...words, ...(outcome && { outcome }) }
    case 'specialProcedureStarted':
      return { ...words, ...(procedure && { procedure }) }
    case 'extended':
      return { ...words, ...(extendDays && { extendDays }) }
    case 'issued':
      return { ...words, ...(await issued(client, deps, set, subject, callback)) }
    case 'resultReady':
      return { ...words, ...document(set, subject, callback) }
    default:
      return words
  }
}

/** Each item must be something that the applicant can mend: a field or a material of this very case. */
function correction(deps: Deps, set: WorkingSet, subject: LoadedCase, items: NonNullable<DepartmentCallback['items']>): CaseEventData {
  const fields = fieldsOf(set, subject.key).map(({ id }) => id)
  const materials = materialsOf(set, subject.key).flatMap(({ id, materialId }) => [id, materialId])
  items.forEach(({ kind, target }, index) => {
    const known = kind === 'field' ? fields : materials
    if (!known.includes(target)) throw refuse(`/items/${index}/target`, `本件没有「${target}」这${kind === 'field' ? '一项' : '份材料'}`)
  })
  const { correctionDays } = set.catalogue.deadlines
  return {
    items: items.map((item, index) => ({ ...item, id: String(index + 1) })),
    dueAt: instantOf(addDays(dayOf(deps.now()), correctionDays), '23:59')
  }
}

async function issued(
  client: PoolClient,
  deps: Deps,
  set: WorkingSet,
  subject: LoadedCase,
  { licence }: DepartmentCallback
): Promise<CaseEventData> {
  const { result } = matterOf(set, subject)
  if (result.kind !== 'licence') throw refuse('/type', '本事项的结果不是证照，请用 resultReady')
  if (!licence) return {}
  if (licence.type !== result.licenceType) throw refuse('/licence/type', `本事项应出 ${result.licenceType}`)
  const flaw = licenceIdentifierFlaw(licence.identifier, licence.version)
  if (flaw !== null) throw refuse('/licence/identifier', flaw)
  const subjectId = await holderOfIssued(client, deps, set, subject.key, result.holder, licence)
  const { id } = await recordIssued(deps, client, { subjectId, licence, caseId: subject.id })
  await announce(client, await audienceOf(client, set.submission), { kind: 'licence', id })
  return { result: { kind: 'licence', licenceId: id, name: set.bundle.licenceTypeOf[licence.type]?.name ?? licence.type } }
}

/** A document instead of the licence due would let successors go on without what they need. */
function document(set: WorkingSet, subject: LoadedCase, callback: DepartmentCallback): CaseEventData {
  if (matterOf(set, subject).result.kind !== 'document') throw refuse('/type', '本事项的结果是证照，请用 issued')
  return callback.document ? { result: { kind: 'document', ...callback.document } } : {}
}
