import type { LicenceGrant, LicenceGrantList } from '../../../contract/licences'
import { graceMs } from '../../../domain/code/freshness'
import { stemOf } from '../../../domain/identifier/licence-identifier'
import type { Queryable } from '../../db/pool'
import type { Acting, Deps } from '../../deps'
import { actorsFor, isDelegate } from '../identity/actors'
import { readSubject } from '../identity/subjects'
import {
  casesRelyingOn,
  deleteUnseen,
  grantById,
  grantOfCase,
  grantsOfLicence,
  insertGrant,
  markRevoked,
  markSeen,
  type GrantRecord
} from './grant-repository'
import { ownLicence } from './wallet'

export type { GrantRecord }

export interface NewGrant {
  /** The holder; null for another party of whom nothing is kept here. */
  subjectId: string | null
  licence: { type: string; identifier: string; version: number }
  recipient: string
  purpose: string
  /** Names of the fields given, never their values. */
  fields: string[]
  caseId: string | null
  /** Epoch ms; null: until the case ends. */
  until: number | null
}

/** Keeps to whom a licence was given, in the transaction in which it was (用证, licences.md §4.1). @returns the grant's id */
export async function recordGrant(client: Queryable, deps: Pick<Deps, 'now' | 'newId'>, grant: NewGrant): Promise<string> {
  const { licence, until, ...rest } = grant
  const id = deps.newId()
  await insertGrant(client, {
    ...rest,
    ...licence,
    id,
    stem: stemOf(licence.identifier),
    since: new Date(deps.now()),
    until: until === null ? null : new Date(until)
  })
  return id
}

/**
 * To whom a licence in one's wallet was given, in all its versions: with cases, and by showing it. What was shown and never verified was
 * seen by nobody, and is not among them once its time is over. Errors: not_found, consent_required.
 */
export async function listGrants(deps: Deps, acting: Acting, licenceId: string): Promise<LicenceGrantList> {
  const { licence } = await ownLicence(deps, acting, licenceId)
  if (licence.identifier === null) return { grants: [] }
  const grants = await grantsOfLicence(deps.pool, licence.subjectId, licence.type, stemOf(licence.identifier))
  const isShowingUnseen = ({ caseId, seenAt, revokedAt }: GrantRecord) => caseId === null && seenAt === null && revokedAt === null
  const given = grants.filter((grant) => !(isShowingUnseen(grant) && isOver(grant, deps.now())))
  return { grants: await Promise.all(given.map((grant) => grantView(deps.pool, deps, acting, grant))) }
}

/** A grant as its holder sees it; the case can be opened by who may see the case. */
export async function grantView(db: Queryable, deps: Deps, acting: Acting, grant: GrantRecord): Promise<LicenceGrant> {
  const status = await grantStatus(db, deps, grant)
  const seesCase = grant.begun !== null && (await actorsFor(db, grant.begun)).includes(acting.accountId)
  const { id, recipient, purpose, fields, since, until } = grant
  return {
    id,
    to: recipient,
    purpose,
    fields,
    since: new Date(since).toISOString(),
    until: until === null ? null : new Date(until).toISOString(),
    status,
    caseId: seesCase ? grant.caseId : null,
    allowedActions: status === 'active' && !isDelegate(acting.role) ? ['revoke'] : []
  }
}

/** A grant ends with its case or its time, with its licence, with its holder's death (licences.md §4.7); a showing once it is verified. */
export async function grantStatus(db: Queryable, deps: Deps, grant: GrantRecord): Promise<LicenceGrant['status']> {
  if (grant.revokedAt !== null) return 'revoked'
  if (grant.endedAt !== null || grant.seenAt !== null || grant.caseClosed || isOver(grant, deps.now())) return 'ended'
  const isDead = grant.subjectId !== null && (await readSubject(db, deps, grant.subjectId)).deceased
  return isDead ? 'ended' : 'active'
}

/** What is shown can still be verified in the grace after its minute, and so can be taken back until then. */
const isOver = ({ caseId, until }: GrantRecord, now: number): boolean =>
  until !== null && (caseId === null ? until + graceMs < now : until <= now)

/** One grant, locked when it is to be changed; null when there is none. */
export const findGrant = (client: Queryable, id: string, lock = false): Promise<GrantRecord | null> => grantById(client, id, lock)

/** What of a licence went with a case, by any version's identifier, locked; null when nothing did. */
export const grantWithCase = (
  client: Queryable,
  caseId: string,
  { type, identifier }: { type: string; identifier: string }
): Promise<GrantRecord | null> => grantOfCase(client, caseId, type, stemOf(identifier))

/** The running cases that a licence was given to and that still may use it, in the order in which their submissions are to be locked. */
export const reliedCases = (client: Queryable, { type, stem }: { type: string; stem: string }): ReturnType<typeof casesRelyingOn> =>
  casesRelyingOn(client, type, stem)

/** Takes a grant back from now on. */
export const revoke = (client: Queryable, { now }: Pick<Deps, 'now'>, id: string): Promise<void> => markRevoked(client, id, new Date(now()))

/** What was shown has been verified: it was seen, and can't be taken back any more. */
export const noteSeen = (client: Queryable, { now }: Pick<Deps, 'now'>, id: string): Promise<void> => markSeen(client, id, new Date(now()))

/** Forgets what was on show until before then and was neither verified nor taken back. */
export const forgetUnseen = (client: Queryable, before: Date): Promise<void> => deleteUnseen(client, before)
