import type { PoolClient } from 'pg'
import type { IssuedLicence } from '../../../contract/gateways/departments'
import { checkIdNumber } from '../../../domain/identifier/id-number'
import { dayOf } from '../../../domain/time'
import type { HolderRole } from '../../../domain/bundle/types'
import type { Deps } from '../../deps'
import { giveIdCode, recordSubject, relate } from '../identity/subjects'
import { nameOffspring } from './submission-repository'
import { currentValues, type WorkingSet } from './working-set'

/**
 * Brings into being whom an issued licence names for the first time: the newborn becomes a ward of the applicant, the new company
 * one that its founder may act for; the first household registration gives the child its ID number. Answers whose licence it is.
 */
export async function holderOfIssued(
  client: PoolClient,
  deps: Deps,
  set: WorkingSet,
  key: string,
  holder: HolderRole,
  licence: IssuedLicence
): Promise<string> {
  if (holder === 'ward') return wardOf(client, deps, set, key, licence)
  if (holder === 'company') return companyOf(client, deps, set, key, licence)
  return set.submission.subjectId
}

async function wardOf(client: PoolClient, deps: Deps, set: WorkingSet, key: string, licence: IssuedLicence): Promise<string> {
  const { ward } = set.bundle
  const { submission } = set
  let wardId = submission.wardId
  if (!wardId) {
    const name = ward && currentValues(set)[ward.nameField]
    wardId = await recordSubject(client, deps, {
      kind: 'natural_person',
      name: typeof name === 'string' ? name : licence.holderName,
      idCode: null,
      bornOfSubmission: submission.id
    })
    await relate(client, deps, submission.accountId, wardId, 'guardian')
    await nameOffspring(client, submission.id, 'ward_id', wardId)
    set.submission = { ...submission, wardId }
  }
  const idNumber = ward?.idNumberFrom.includes(key) ? (licence.face[ward.idNumberFace] ?? licence.holderIdCode) : null
  if (idNumber && checkIdNumber(idNumber, dayOf(deps.now())).ok) await giveIdCode(client, deps, wardId, idNumber)
  return wardId
}

async function companyOf(client: PoolClient, deps: Deps, set: WorkingSet, key: string, licence: IssuedLicence): Promise<string> {
  const { company } = set.bundle
  const { submission } = set
  if (submission.companyId) return submission.companyId
  if (!company?.createdBy.includes(key)) return submission.subjectId
  const name = currentValues(set)[company.nameField]
  const companyId = await recordSubject(client, deps, {
    kind: 'legal_person',
    name: typeof name === 'string' ? name : licence.holderName,
    idCode: licence.face[company.creditCodeFace] ?? licence.holderIdCode
  })
  await relate(client, deps, submission.accountId, companyId, 'legalRepresentative')
  await nameOffspring(client, submission.id, 'company_id', companyId)
  set.submission = { ...submission, companyId }
  return companyId
}
