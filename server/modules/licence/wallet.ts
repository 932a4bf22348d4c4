import type { Licence, LicenceCard, LicenceList } from '../../../contract/licences'
import { isSensitive } from '../../../domain/licence/sensitivity'
import { dayOf } from '../../../domain/time'
import type { Acting, Deps } from '../../deps'
import { Refusal } from '../../errors'
import { consentsInForce } from '../identity/accounts'
import { readSubject, wardsOf, type SubjectRecord } from '../identity/subjects'
import { actorOf } from '../trace/actor'
import { recordTrace } from '../trace/service'
import { cardOf } from './card'
import { faceLines } from './face'
import { rectificationOf } from './rectification-view'
import { caseOf, markSeen } from './repository'
import { licenceName } from './name'
import { holdingsOf, licenceOf, type HeldLicence, type Holdings } from './service'
import { fetchedAt } from './source-repository'
import { usesOf } from './uses'

/** Whose licences the one acting sees together: acting for oneself, the wards' too, where their data may be used (个保法第 31 条). */
export async function walletSubjects(deps: Deps, { role, accountId, subjectId }: Acting): Promise<string[]> {
  const mayUseMinors = (await consentsInForce(deps.pool, accountId)).includes('minor')
  if (role === 'guardian' && !mayUseMinors)
    throw new Refusal('consent_required', { detail: '这里有孩子的信息，请先以监护人身份单独同意，再来查看' })
  return role === 'self' && mayUseMinors ? [subjectId, ...(await wardsOf(deps.pool, accountId))] : [subjectId]
}

/** Refuses with consent_required unless the person agreed to sensitive data being used (个保法第 29 条). */
export async function requireSensitiveConsent(deps: Deps, { accountId }: Acting): Promise<void> {
  if ((await consentsInForce(deps.pool, accountId)).includes('sensitive')) return
  throw new Refusal('consent_required', { detail: '证照里有敏感个人信息，请先单独同意，再来查看' })
}

/** What one subject's part of the wallet holds: as the library has it now, or as it was last known. */
interface Part {
  subject: SubjectRecord
  found: Holdings
}

/** The whole wallet of the one acting, the library asked where its word is older than ten minutes. */
export async function lookThrough(deps: Deps, acting: Acting, purpose: string): Promise<Part[]> {
  const parts: Part[] = []
  for (const subjectId of await walletSubjects(deps, acting)) {
    const subject = await readSubject(deps.pool, deps, subjectId)
    parts.push({ subject, found: await holdingsOf(deps, { subjectId, types: typesFor(deps, subject), purpose }) })
  }
  return parts
}

/**
 * The licences of the one acted for and, acting for oneself, of the wards: fetched anew every ten minutes, or the last known when the
 * library is out of reach. Errors: consent_required.
 */
export async function listLicences(deps: Deps, acting: Acting): Promise<LicenceList> {
  await requireSensitiveConsent(deps, acting)
  const parts = await lookThrough(deps, acting, '查看我的证照')
  const learntAt = Math.min(deps.now(), ...parts.flatMap(({ found }) => found.fetchedAt ?? []))
  return {
    licences: parts.flatMap(({ subject, found }) => found.licences.map((licence) => cardOf(deps, licence, subject))),
    withheld: parts.flatMap(({ subject, found }) =>
      found.flaws.map(({ type, reason }) => ({ subjectId: subject.id, type, name: licenceName(deps, type), reason }))
    ),
    fetchedAt: new Date(learntAt).toISOString(),
    trustedUntil: trustedUntil(learntAt),
    libraryReachable: parts.every(({ found }) => found.reachable)
  }
}

/** The licences that end within sixty days, the first to end first. */
export async function expiringLicences(deps: Deps, acting: Acting): Promise<LicenceCard[]> {
  const { licences } = await listLicences(deps, acting)
  return licences.filter(({ status }) => status === 'expiring').sort((one, other) => (one.validTo ?? '').localeCompare(other.validTo ?? ''))
}

/**
 * One licence with its face, sensitive fields masked; `reveal` shows them. Either leaves a trace; the licence is not new any more.
 * Errors: not_found, consent_required, licence_unclaimed.
 */
export async function readLicence(deps: Deps, acting: Acting, id: string, reveal: boolean): Promise<Licence> {
  const { licence, subject } = await ownLicence(deps, acting, id)
  if (licence.claimedAt === null) throw new Refusal('licence_unclaimed', { detail: '先领取，再看照面' })
  const type = deps.catalogue.current().catalogue.licenceTypes[licence.type]
  const face = faceLines(type, licence.face, reveal)
  await traceReading(deps, acting, licence, face, reveal)
  await markSeen(deps.pool, id, new Date(deps.now()))
  const { mayRectify, ...rectification } = await rectificationOf(deps, licence, subject)
  const { allowedActions, reasons } = usesOf(licence, subject, type, dayOf(deps.now()))
  return {
    ...cardOf(deps, licence, subject),
    identifier: licence.identifier,
    version: licence.version,
    face,
    fromCase: await fromCase(deps, licence),
    trustedUntil: trustedUntil(await learntAt(deps, licence, subject)),
    ...rectification,
    allowedActions: mayRectify ? [...allowedActions, 'rectify'] : allowedActions,
    reasons
  }
}

/** A licence in the wallet of the one acting, claimed or not. Errors: not_found, consent_required. */
export async function ownLicence(deps: Deps, acting: Acting, id: string): Promise<{ licence: HeldLicence; subject: SubjectRecord }> {
  await requireSensitiveConsent(deps, acting)
  const licence = await licenceOf(deps, id, await walletSubjects(deps, acting))
  if (!licence) throw new Refusal('not_found', { detail: '没有找到这本证照' })
  return { licence, subject: await readSubject(deps.pool, deps, licence.subjectId) }
}

/** For how long after it was learnt what a device keeps of a licence may be trusted. */
const trustedMs = 24 * 3_600_000
const trustedUntil = (learnt: number): string => new Date(learnt + trustedMs).toISOString()

/** When the source last said so: by listing its type, or by telling of it. For who has no number yet, what we issued is the source. */
async function learntAt(deps: Deps, { subjectId, type, recordedAt }: HeldLicence, { idCode }: SubjectRecord): Promise<number> {
  if (idCode === null) return deps.now()
  const source = `licence:${type}`
  return Math.max(recordedAt, (await fetchedAt(deps.pool, subjectId, [source])).get(source) ?? 0)
}

function typesFor(deps: Deps, { kind }: SubjectRecord): string[] {
  const holder = kind === 'natural_person' ? 'person' : 'company'
  const types = Object.values(deps.catalogue.current().catalogue.licenceTypes)
  return types.filter((type) => type.holder === holder || type.holder === 'both').map(({ id }) => id)
}

async function traceReading(deps: Deps, acting: Acting, licence: HeldLicence, face: Licence['face'], reveal: boolean): Promise<void> {
  const shown = face.filter((line) => !line.masked && (!reveal || isSensitive(line))).map(({ name }) => name)
  await recordTrace(deps.pool, deps, {
    subjectId: licence.subjectId,
    ...(await actorOf(deps.pool, deps, acting, licence.subjectId)),
    action: reveal ? 'reveal' : 'read',
    purpose: `查看${licenceName(deps, licence.type)}`,
    fields: shown
  })
}

async function fromCase(deps: Deps, { caseId }: HeldLicence): Promise<Licence['fromCase']> {
  const matterId = caseId && (await caseOf(deps.pool, caseId))
  return caseId && matterId ? { caseId, matterName: deps.catalogue.current().catalogue.matters[matterId]?.name ?? matterId } : null
}
