import type { ReliedStatus } from '../../../domain/case/types'
import { stemOf } from '../../../domain/identifier/licence-identifier'
import { dayOf, type IsoDay } from '../../../domain/time'
import type { Queryable } from '../../db/pool'
import type { Deps } from '../../deps'
import { lockSubjects } from '../identity/locking'
import { enqueue } from '../outbox/service'
import { submissionsAwaiting } from './awaiting'
import { endGrants, isReliedOn } from './grant-repository'
import { putCause } from './intake-repository'
import { licencesOf, type StoredLicence } from './repository'

/** A licence whose state is another than before; `from` is null for one that was not there. */
export interface Change {
  licence: StoredLicence
  from: StoredLicence['status'] | null
}

/** When the state changed at its source, epoch ms, and by what category of cause; null when the source did not say. */
export interface Cause {
  at: number
  reason: string | null
}

/** What lies in an outbox row of kind `licence`: a change that the cases relying on the licence are to hear of. */
export interface LicenceChangeNote {
  type: string
  stem: string
  identifier: string | null
  status: ReliedStatus
  day: IsoDay
  reason: string | null
  /** The holder, where known here: what is signed and not sent yet relies on the holder's licences of the type. */
  holderId: string | null
}

/**
 * Runs `act` on what is kept of a subject's licences of these types while nobody else changes them, and answers what came to be in another
 * state by it: however the news came, and however often, a change is noticed once.
 */
export async function changesBy<T>(
  client: Queryable,
  { vault }: Pick<Deps, 'vault'>,
  subjectId: string,
  types: string[],
  act: () => Promise<T>
): Promise<{ result: T; changes: Change[] }> {
  await lockSubjects(client, [subjectId])
  const before = new Map((await licencesOf(client, vault, subjectId, types)).map(({ id, status }) => [id, status]))
  const result = await act()
  const after = await licencesOf(client, vault, subjectId, types)
  const changes = after.filter(({ id, status }) => before.get(id) !== status)
  return { result, changes: changes.map((licence) => ({ licence, from: before.get(licence.id) ?? null })) }
}

/** Keeps out what `changesBy` runs: a subject's licences stay as they are until the transaction ends. Others may do the same meanwhile. */
export async function keepAsIs(client: Queryable, subjectId: string): Promise<void> {
  await client.query('select 1 from subject where id = $1 for share', [subjectId])
}

/**
 * Keeps when and why licences changed, ends what they were granted for when they were cancelled, revoked or annulled (licences.md §4.7),
 * and lets the cases that rely on them know through the outbox: in the transaction of the change itself, so that none goes without the
 * other.
 */
export async function noteChanges(client: Queryable, deps: Deps, changes: Change[], cause: Cause): Promise<void> {
  for (const { licence, from } of changes) {
    if (from === null) continue
    const { id, type, identifier, status } = licence
    await putCause(client, deps.vault, id, status === 'valid' ? { at: cause.at, reason: null } : cause)
    if (identifier !== null) await noteForCases(client, deps, { type, identifier, status, holderId: licence.subjectId }, cause)
  }
}

/** The same for a licence of which nothing is kept here but that cases rely on, such as one that somebody else consented to. */
export async function noteForCases(
  client: Queryable,
  deps: Deps,
  { type, identifier, status, holderId }: { type: string; identifier: string; status: ReliedStatus; holderId: string | null },
  { at, reason }: Cause
): Promise<void> {
  const stem = stemOf(identifier)
  const isAwaited = async () => holderId !== null && (await submissionsAwaiting(client, deps, holderId)).length > 0
  if ((await isReliedOn(client, type, stem)) || (await isAwaited())) {
    const payload: LicenceChangeNote = { type, stem, identifier, status, day: dayOf(at), reason, holderId }
    await enqueue(client, deps, { messageId: deps.newId(), lane: `licence:${stem}`, kind: 'licence', payload })
  }
  if (status === 'cancelled' || status === 'revoked' || status === 'annulled') await endGrants(client, type, stem, new Date(deps.now()))
}
