import type { LibraryChange } from '../../../contract/gateways/licence-library'
import { licenceIdentifierFlaw, stemOf } from '../../../domain/identifier/licence-identifier'
import { tx, type Queryable } from '../../db/pool'
import type { Deps } from '../../deps'
import { Refusal } from '../../errors'
import { findSubject, type SubjectRecord } from '../identity/subjects'
import { changesBy, noteChanges, noteForCases, type Cause } from './changes'
import { warnWithheld } from './flaws'
import { isReliedOn } from './grant-repository'
import { putCause, putLicence } from './intake-repository'
import { licencesOf } from './repository'
import { tellHolders, viewersOf } from './telling'

/** So long after it was taken in an event of the library is remembered. */
export const EVENT_DAYS = 90

/**
 * Takes in one change from the licence library, once: the wallet, its holders' messages and what the cases relying on it are to hear are
 * written with the event's number in one transaction. Of somebody who is not known here nothing is kept, and the answer is the same.
 * News that are older than what is known are passed over. Errors: invalid_fields for an identifier that does not hold.
 */
export async function receiveChange(deps: Deps, change: LibraryChange): Promise<void> {
  const { eventId, licence, reason } = change
  const flaw = licenceIdentifierFlaw(licence.identifier, licence.version)
  if (flaw !== null) {
    warnWithheld(deps.log, licence.type, flaw)
    throw new Refusal('invalid_fields', { errors: [{ pointer: '/licence/identifier', code: 'flaw', message: flaw }] })
  }
  const cause: Cause = { at: Math.min(Date.parse(change.at), deps.now()), reason }
  await tx(deps.pool, async (client) => {
    const holder = await holderHere(client, deps, change)
    const stem = stemOf(licence.identifier)
    if (!holder && !(await isReliedOn(client, licence.type, stem))) return
    const { rowCount } = await client.query(
      'insert into licence_change (event_id, received_at) values ($1, $2) on conflict (event_id) do nothing',
      [eventId, new Date(deps.now())]
    )
    if (!rowCount) return
    if (holder) return takeIn(client, deps, holder, change, cause)
    const status = licence.status === 'valid' && licence.version > 1 ? 'changed' : licence.status
    await noteForCases(client, deps, { type: licence.type, identifier: licence.identifier, status, holderId: null }, cause)
  })
}

async function takeIn(client: Queryable, deps: Deps, holder: SubjectRecord, { licence }: LibraryChange, cause: Cause): Promise<void> {
  const { type, identifier, version, status } = licence
  const { result: known, changes } = await changesBy(client, deps, holder.id, [type], async () => {
    const existing = (await licencesOf(client, deps.vault, holder.id, [type])).find(
      (each) => each.identifier === identifier && each.version === version
    )
    const isStale = existing !== undefined && existing.statusAt !== null && existing.statusAt > cause.at && existing.status !== status
    if (!isStale)
      await putLicence(client, deps.vault, { id: deps.newId(), subjectId: holder.id, licence, caseId: null, now: new Date(deps.now()) })
    return existing
  })
  await noteChanges(client, deps, changes, cause)
  await tellHolders(client, deps, holder.id, changes, cause)
  // The library was asked before its word came: the state was known, but not why.
  const isWhy = changes.length === 0 && known?.status === status && status !== 'valid' && cause.reason !== null
  if (known && isWhy) await putCause(client, deps.vault, known.id, cause)
}

/** The holder, where the licence belongs into a wallet of somebody here or is in one. */
async function holderHere(client: Queryable, deps: Deps, { licence }: LibraryChange): Promise<SubjectRecord | null> {
  const { type, holderIdCode, identifier } = licence
  const kind = deps.catalogue.current().catalogue.licenceTypes[type]?.holder
  const subject = kind && holderIdCode ? await findSubject(client, deps, holderIdCode) : null
  if (!subject || (kind !== 'both' && (kind === 'person') !== (subject.kind === 'natural_person'))) return null
  if ((await viewersOf(client, subject.id)).length > 0) return subject
  const kept = await licencesOf(client, deps.vault, subject.id, [type])
  return kept.some((each) => each.identifier !== null && stemOf(each.identifier) === stemOf(identifier)) ? subject : null
}

/** Forgets events long after the library has stopped repeating them. Safe to run often and on several servers. */
export const sweepChanges = async ({ pool, now }: Pick<Deps, 'pool' | 'now'>): Promise<void> =>
  void (await pool.query('delete from licence_change where received_at < $1', [new Date(now() - EVENT_DAYS * 86_400_000)]))
