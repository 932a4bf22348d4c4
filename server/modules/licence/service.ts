import type { DispatchedMaterial, IssuedLicence } from '../../../contract/gateways/departments'
import type { ShareReply } from '../../../contract/gateways/licence-library'
import { grantedFace } from '../../../domain/licence/grant-terms'
import type { LicenceStatus } from '../../../domain/licence/types'
import { dayOf } from '../../../domain/time'
import type { Queryable } from '../../db/pool'
import type { Deps } from '../../deps'
import { GatewayUnavailable } from '../../gateways/ports'
import { readSubject } from '../identity/subjects'
import { askedOnce } from './asked-once'
import { changesBy, keepAsIs, noteChanges } from './changes'
import { refresh, sourceOf, traceFetch, type FetchedBy, type Look } from './refresh'
import { putLicence } from './intake-repository'
import { licenceById, licencesOf, type StoredLicence } from './repository'
import { fetchedAt, flawsOf, putShare, shareOf as storedShare } from './source-repository'
import { isUsable, statusOn } from './status'

/** For how long what a source said is taken as it is, without asking again. */
const freshMs = 10 * 60_000

/** A licence with its status of today. */
export interface HeldLicence extends Omit<StoredLicence, 'status'> {
  status: LicenceStatus
}

export interface Holdings {
  licences: HeldLicence[]
  /** False: the library could not be reached, these are what was last known. */
  reachable: boolean
  /** Types that could not be asked for now and never were before. */
  unknownTypes: string[]
  /** Types of which the library gave something that was not taken, and why. */
  flaws: { type: string; reason: string }[]
  /** The moment as of which all of it was true; null when nothing was ever fetched. */
  fetchedAt: number | null
}

const asHeld =
  (deps: Deps) =>
  (licence: StoredLicence): HeldLicence => ({
    ...licence,
    status: statusOn(licence.status, licence.validTo, dayOf(deps.now()))
  })

/**
 * What a subject holds of the given types. Types not asked for within ten minutes are fetched from the licence library and
 * recorded, leaving a trace; when the library is down the last known stands and `reachable` is false. A subject without an ID
 * number (a newborn) has what was issued to it here.
 */
export async function holdingsOf(deps: Deps, look: Look): Promise<Holdings> {
  const { asked, stale, reachable } = await askedOnce(deps, { ...look, sources: look.types.map(sourceOf) }, async () => {
    const before = await fetchedAt(deps.pool, look.subjectId, look.types.map(sourceOf))
    const old = look.types.filter((type) => deps.now() - (before.get(sourceOf(type)) ?? -Infinity) >= freshMs)
    return { asked: before, stale: old, reachable: old.length === 0 || (await refresh(deps, { ...look, types: old })) }
  })
  const licences = await licencesOf(deps.pool, deps.vault, look.subjectId, look.types)
  const flaws = await flawsOf(deps.pool, look.subjectId, look.types.map(sourceOf))
  const instants = look.types.map((type) => (reachable && stale.includes(type) ? deps.now() : (asked.get(sourceOf(type)) ?? null)))
  return {
    licences: licences.map(asHeld(deps)),
    reachable,
    flaws: look.types.flatMap((type) => {
      const reason = flaws.get(sourceOf(type))
      return reason === undefined ? [] : [{ type, reason }]
    }),
    fetchedAt: instants.includes(null) ? null : Math.min(deps.now(), ...instants.map(Number)),
    unknownTypes: reachable ? [] : stale.filter((type) => !asked.has(sourceOf(type)) && !licences.some((licence) => licence.type === type))
  }
}

/**
 * What a shared-data system says about a subject; kept for ten minutes, each fetch leaves a trace. When the system is down the last
 * known stands; null when there is none either, or the subject has no ID number yet.
 */
export const shareOf = (deps: Deps, ask: ShareLook): Promise<ShareReply | null> =>
  askedOnce(deps, { ...ask, sources: [shareSourceOf(ask.system)] }, () => freshShare(deps, ask))

interface ShareLook {
  subjectId: string
  system: string
  purpose: string
  by?: FetchedBy
}

const shareSourceOf = (system: string) => `share:${system}`

async function freshShare(deps: Deps, { subjectId, system, purpose, by }: ShareLook): Promise<ShareReply | null> {
  const source = shareSourceOf(system)
  const known = await storedShare(deps.pool, deps.vault, subjectId, source)
  if (known && deps.now() - known.fetchedAt < freshMs) return known
  const { idCode } = await readSubject(deps.pool, deps, subjectId)
  if (idCode === null) return null
  try {
    const reply = await deps.gateways.dataShare.query({ system, holderIdCode: idCode, purpose })
    await putShare(deps.pool, deps.vault, { subjectId, source, reply, now: new Date(deps.now()) })
    await traceFetch(deps.pool, deps, { subjectId, purpose, by }, Object.keys(reply.data).length > 0 ? Object.keys(reply.data) : [system])
    return reply
  } catch (error) {
    if (!(error instanceof GatewayUnavailable)) throw error
    deps.log.warn({ system }, '共享数据连不上，用上次查到的')
    return known
  }
}

/**
 * Records a licence that a department has just issued, in the caller's transaction: an older version of it becomes `changed`, which the
 * running cases that rely on it hear of. `isNew` is false when the same version was there already.
 */
export async function recordIssued(
  deps: Deps,
  db: Queryable,
  { subjectId, licence, caseId }: { subjectId: string; licence: IssuedLicence; caseId: string }
): Promise<{ id: string; isNew: boolean }> {
  const { result, changes } = await changesBy(db, deps, subjectId, [licence.type], () =>
    putLicence(db, deps.vault, {
      id: deps.newId(),
      subjectId,
      licence: { ...licence, status: 'valid' },
      caseId,
      now: new Date(deps.now())
    })
  )
  // The case itself tells the applicant of the new one.
  await noteChanges(db, deps, changes, { at: deps.now(), reason: null })
  return result
}

/** One licence of one of these subjects, with its status of today; null when there is none. */
export async function licenceOf(deps: Deps, id: string, subjectIds: string[]): Promise<HeldLicence | null> {
  const licence = await licenceById(deps.pool, deps.vault, id)
  return licence && subjectIds.includes(licence.subjectId) ? asHeld(deps)(licence) : null
}

/** A licence as it goes to a department. */
export type DispatchedLicence = NonNullable<DispatchedMaterial['licence']>

/**
 * A licence as it goes to a department: the newest one of the subject that is good today, or the one that one of these cases issued; when
 * none is good any more, the newest without its face, saying what became of it. Of the face only `fields`, whatever a newer version may
 * hold besides; null is the whole face. Until the transaction ends its state can't change: who
 * changes it afterwards finds who relies on it.
 */
export async function licenceForDispatch(
  db: Queryable,
  deps: Deps,
  want: { type: string; subjectId: string; caseIds: string[] | null; fields: string[] | null }
): Promise<DispatchedLicence | null> {
  const all = await lockedLicences(db, deps, want)
  const held = want.caseIds ? all.filter(({ caseId }) => caseId !== null && want.caseIds?.includes(caseId)) : all
  const licence = held.find(({ status }) => isUsable(status)) ?? held[0]
  if (!licence) return null
  const { type, identifier, version, status } = licence
  const face = want.fields ? grantedFace(licence.face, want.fields) : licence.face
  return asOfToday({ type, identifier, version, face }, status)
}

/** What its holder released of a licence, as it goes to a department today: without its face once the licence is not good any more. */
export async function releasedForDispatch(
  db: Queryable,
  deps: Deps,
  subjectId: string,
  released: Pick<DispatchedLicence, 'type' | 'identifier' | 'version' | 'face'>
): Promise<DispatchedLicence> {
  const { type, identifier, version } = released
  const held = await lockedLicences(db, deps, { subjectId, type })
  const known = held.find((each) => each.identifier === identifier && each.version === version)
  return known ? asOfToday(released, known.status) : released
}

async function lockedLicences(db: Queryable, deps: Deps, { subjectId, type }: { subjectId: string; type: string }): Promise<HeldLicence[]> {
  await keepAsIs(db, subjectId)
  return (await licencesOf(db, deps.vault, subjectId, [type])).map(asHeld(deps))
}

const asOfToday = (licence: DispatchedLicence, status: LicenceStatus): DispatchedLicence =>
  status === 'valid' || status === 'expiring' ? licence : { ...licence, face: {}, status }
