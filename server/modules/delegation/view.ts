import type { Delegation } from '../../../contract/delegations'
import { delegationNumber } from '../../../domain/identifier/delegation-number'
import { lastDayText } from '../../../domain/time'
import type { Queryable } from '../../db/pool'
import type { Acting, Deps } from '../../deps'
import { ownerOf, readSubject, shownName } from '../identity/subjects'
import type { DelegationRecord } from './repository'

const iso = (instant: number) => new Date(instant).toISOString()
const isoOrNull = (instant: number | null) => (instant === null ? null : iso(instant))

/** How it stands at this moment, whether or not anything has run for it. */
export function statusAt(record: DelegationRecord, now: number): Delegation['status'] {
  if (record.endedBecause) return record.endedBecause
  if (record.delegateId === null) return record.codeExpiresAt > now && record.until > now ? 'offered' : 'lapsed'
  return record.until > now ? 'active' : 'expired'
}

/** As both sides see it; only the side and what each may do differ. */
export async function viewOf(
  db: Queryable,
  deps: Deps,
  record: DelegationRecord,
  side: Delegation['side'],
  allowedActions: Delegation['allowedActions']
): Promise<Delegation> {
  const { scenes, bundles } = deps.catalogue.current().catalogue
  return {
    id: record.id,
    number: delegationNumber(record.id),
    role: record.role,
    side,
    shownSubjectName: await subjectName(db, deps, record),
    maskedDelegateName: record.delegateId && (await delegateName(db, deps, record.delegateId)),
    scope: { scenes: record.scenes, bundles: record.bundles },
    // What has come to demand the person's presence since is covered no more.
    sceneNames: record.scenes.filter((id) => !scenes[id]?.inPerson).map((id) => scenes[id]?.name ?? id),
    bundleNames: record.bundles.map((id) => bundles[id]?.name ?? id),
    status: statusAt(record, deps.now()),
    offeredAt: iso(record.offeredAt),
    until: iso(record.until),
    acceptedAt: isoOrNull(record.acceptedAt),
    endedAt: isoOrNull(record.endedAt),
    allowedActions
  }
}

/**
 * What this account may do about it: give it up who accepted it, take it back who speaks for the one whom it is about at this moment.
 * Null: it is none of its business.
 */
export async function actionsFor(
  db: Queryable,
  deps: Deps,
  { accountId }: Pick<Acting, 'accountId'>,
  record: DelegationRecord
): Promise<Delegation['allowedActions'] | null> {
  const isOpen = ['offered', 'active'].includes(statusAt(record, deps.now()))
  if (record.delegateId === accountId) return isOpen ? ['resign'] : []
  if (!(await speakersFor(db, record.subjectId)).includes(accountId)) return null
  return isOpen ? ['revoke'] : []
}

/** The accounts that give and take back in the subject's name: the person's own, or whoever represents the company now. */
export async function speakersFor(db: Queryable, subjectId: string): Promise<string[]> {
  const { rows } = await db.query<{ account_id: string }>(
    `select account_id from relation where subject_id = $1 and until is null and role in ('self', 'legalRepresentative')
     order by since, account_id`,
    [subjectId]
  )
  return rows.map((row) => row.account_id)
}

export const subjectName = async (db: Queryable, deps: Deps, { subjectId }: Pick<DelegationRecord, 'subjectId'>): Promise<string> =>
  shownName(await readSubject(db, deps, subjectId))

/** Masked; also of an account that has been closed since. */
export const delegateName = async (db: Queryable, deps: Deps, accountId: string): Promise<string> =>
  shownName(await readSubject(db, deps, await ownerOf(db, accountId)))

/** What it covers, and its last day, as a sentence in a message says them. */
export function scopeText(deps: Deps, { scenes, bundles, until }: DelegationRecord): { scope: string; lastDay: string } {
  const catalogue = deps.catalogue.current().catalogue
  const names = [
    ...bundles.map((id) => `办「${catalogue.bundles[id]?.name ?? id}」`),
    ...scenes.map((id) => `在「${catalogue.scenes[id]?.name ?? id}」亮码`)
  ]
  const shown = names.length > 3 ? `${names.slice(0, 3).join('、')}等 ${names.length} 项` : names.join('、')
  return { scope: shown, lastDay: lastDayText(until, deps.now()) }
}
