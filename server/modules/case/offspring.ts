import type { PoolClient } from 'pg'
import type { IssuedLicence } from '../../../contract/gateways/departments'
import { checkCreditCode } from '../../../domain/identifier/credit-code'
import { checkIdNumber } from '../../../domain/identifier/id-number'
import { dayOf } from '../../../domain/time'
import type { HolderRole } from '../../../domain/bundle/types'
import type { Deps } from '../../deps'
import { Refusal } from '../../errors'
import { accountOf, findSubject, giveIdCode, readSubject, recordSubject, relate } from '../identity/subjects'
import { nameOffspring } from './submission-repository'
import { applicantOf, currentValues, holderOf, type WorkingSet } from './working-set'

const refuse = (pointer: string, message: string) =>
  new Refusal('invalid_fields', { errors: [{ pointer: `/licence/${pointer}`, code: 'holder', message }] })

/**
 * Whose licence a department has just issued. Brings into being whom it names for the first time: the newborn becomes a ward of the
 * applicant, the new company one that its founder may act for; the first household registration gives the child its ID number.
 * Errors: invalid_fields when the licence names somebody else, or a number that is wrong or somebody else's.
 */
export async function holderOfIssued(
  client: PoolClient,
  deps: Deps,
  set: WorkingSet,
  key: string,
  role: HolderRole,
  licence: IssuedLicence
): Promise<string> {
  const known = await holderOf(client, set, role)
  const holderId =
    known ?? (role === 'ward' ? await newWard(client, deps, set, licence) : await newCompany(client, deps, set, key, licence))
  if (role === 'ward') await nameNumber(client, deps, set, key, holderId, licence)
  const { idCode } = await readSubject(client, deps, holderId)
  const named = licence.holderIdCode?.toUpperCase()
  if (idCode && named && idCode !== named) throw refuse('holderIdCode', '证照的持有人与本件不符')
  return holderId
}

async function newWard(client: PoolClient, deps: Deps, set: WorkingSet, licence: IssuedLicence): Promise<string> {
  const { submission, bundle } = set
  const name = bundle.ward && currentValues(set)[bundle.ward.nameField]
  const wardId = await recordSubject(client, deps, {
    kind: 'natural_person',
    name: typeof name === 'string' ? name : licence.holderName,
    idCode: null,
    bornOfSubmission: submission.id
  })
  const guardian = await accountOf(client, await applicantOf(client, submission))
  if (guardian) await relate(client, deps, guardian, wardId, 'guardian')
  await nameOffspring(client, submission.id, 'ward_id', wardId)
  set.submission = { ...submission, wardId }
  return wardId
}

/** The licence of the node that registers the child carries its number. */
async function nameNumber(
  client: PoolClient,
  deps: Deps,
  { bundle: { ward } }: WorkingSet,
  key: string,
  wardId: string,
  { face, holderIdCode }: IssuedLicence
): Promise<void> {
  const idNumber = ward?.idNumberFrom.includes(key) ? (face[ward.idNumberFace] ?? holderIdCode) : null
  if (!ward || !idNumber) return
  const pointer = `face/${ward.idNumberFace}`
  const checked = checkIdNumber(idNumber, dayOf(deps.now()))
  if (!checked.ok) throw refuse(pointer, checked.message)
  if (!(await giveIdCode(client, deps, wardId, checked.value))) throw refuse(pointer, '这个公民身份号码已属于别人，请核对')
}

async function newCompany(client: PoolClient, deps: Deps, set: WorkingSet, key: string, licence: IssuedLicence): Promise<string> {
  const { submission, bundle } = set
  if (!bundle.company?.createdBy.includes(key)) throw refuse('holderName', '这件事还没有登记企业，不能给企业发证')
  const { nameField, creditCodeFace } = bundle.company
  const code = checkCreditCode(licence.face[creditCodeFace] ?? licence.holderIdCode ?? '')
  if (!code.ok) throw refuse(`face/${creditCodeFace}`, code.message)
  // The licence library may have told of the company before its department did; a person's code it can't be.
  if ((await findSubject(client, deps, code.value))?.kind === 'natural_person') throw refuse(`face/${creditCodeFace}`, '这个代码不属于企业')
  const name = currentValues(set)[nameField]
  const companyId = await recordSubject(client, deps, {
    kind: 'legal_person',
    name: typeof name === 'string' ? name : licence.holderName,
    idCode: code.value
  })
  // Who handles it for others does not come to represent it: who does, the business licence says when they sign in.
  if (submission.delegationId === null) await relate(client, deps, submission.accountId, companyId, 'legalRepresentative')
  await nameOffspring(client, submission.id, 'company_id', companyId)
  set.submission = { ...submission, companyId }
  return companyId
}
