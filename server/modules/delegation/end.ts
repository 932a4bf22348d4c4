import { tx, type Queryable } from '../../db/pool'
import type { Deps } from '../../deps'
import { announce } from '../live/service'
import { tell } from '../message/service'
import { markEnded, ofAccount, overdue, type DelegationRecord, type EndedBecause } from './repository'
import { delegateName, speakersFor, subjectName } from './view'

const titles: Record<EndedBecause, string> = { revoked: '授权收回了', resigned: '授权放弃了', expired: '授权到期了', lapsed: '授权结束了' }

/**
 * Ends a delegation at once, in the caller's transaction: the relation ends with it, so that nothing the delegate holds (a code, a
 * certificate, a draft) is good for anything any more. Drafts not submitted stay with the one whom they are about. Both sides are told.
 * Of one that another replaces nobody is told, and drafts that the new one covers go on under it.
 */
export async function endOne(
  db: Queryable,
  deps: Deps,
  record: DelegationRecord,
  because: EndedBecause,
  replacedBy?: Pick<DelegationRecord, 'id' | 'bundles'>
): Promise<void> {
  const { id, subjectId, delegateId } = record
  await markEnded(db, id, because, new Date(because === 'expired' ? Math.min(record.until, deps.now()) : deps.now()))
  if (delegateId === null) return
  await db.query('update relation set until = $4 where account_id = $1 and subject_id = $2 and role = $3 and until is null', [
    delegateId,
    subjectId,
    record.role,
    new Date(deps.now())
  ])
  const speakers = await speakersFor(db, subjectId)
  if (replacedBy) {
    const keeps = "update draft set delegation_id = $2 where delegation_id = $1 and status = 'live' and bundle_id = any($3)"
    await db.query(keeps, [id, replacedBy.id, replacedBy.bundles])
  }
  await handDraftsOver(db, record, speakers, replacedBy === undefined)
  if (!replacedBy) await tellEnded(db, deps, { ...record, delegateId }, because, speakers)
  await announce(db, [...speakers, delegateId], { kind: 'delegation', id })
}

/**
 * What the delegate had begun and not submitted goes on with the one whom it is about, uploads and invitations included: it is about
 * their affair, by their data. For a company it goes to who represents it. Where nobody is left, it lies until it is swept.
 */
async function handDraftsOver(
  db: Queryable,
  { id, subjectId, delegateId }: DelegationRecord,
  [heir]: string[],
  withUploads: boolean
): Promise<void> {
  if (!heir) return
  const { rows } = await db.query<{ id: string }>(
    "update draft set account_id = $2, delegation_id = null where delegation_id = $1 and status = 'live' returning id",
    [id, heir]
  )
  if (rows.length === 0) return
  await db.query('update invitation set account_id = $2 where draft_id = any($1)', [rows.map((row) => row.id), heir])
  if (!withUploads) return
  await db.query(
    'update file set account_id = $3 where account_id = $1 and subject_id = $2 and kept_since is null and removed_at is null',
    [delegateId, subjectId, heir]
  )
}

async function tellEnded(
  db: Queryable,
  deps: Deps,
  record: DelegationRecord & { delegateId: string },
  because: EndedBecause,
  speakers: string[]
): Promise<void> {
  const { id, subjectId, delegateId } = record
  const delegate = await delegateName(db, deps, delegateId)
  const subject = await subjectName(db, deps, record)
  const words = { kind: 'delegation', title: titles[because], target: { kind: 'delegation', id }, cause: `delegation:${id}:ended` } as const
  for (const accountId of speakers) {
    const body = `${delegate}从现在起不能再替${record.role === 'proxy' ? '你' : subject}办理。没提交的草稿留给你接着办；已经提交的照常办。`
    await tell(db, deps, { ...words, accountId, subjectId, body })
  }
  const body = `你从现在起不能再替${subject}办理，亮着的码也失效了。没提交的草稿留给对方；已经提交的照常办。`
  await tell(db, deps, { ...words, accountId: delegateId, subjectId: null, body })
}

/** Ends what an account has received and has run out. */
export async function endOverdueOf(deps: Deps, accountId: string): Promise<void> {
  await tx(deps.pool, async (db) => {
    for (const record of await overdue(db, new Date(deps.now()), accountId)) await endOne(db, deps, record, 'expired')
  })
}

/**
 * Ends all of an account that is being closed, in the caller's transaction and before its relations end: what it received, and what was
 * given in the name of `subjectIds`, for whom nobody else can speak.
 */
export async function endAllOf(db: Queryable, deps: Deps, accountId: string, subjectIds: string[]): Promise<void> {
  for (const record of await ofAccount(db, accountId, subjectIds)) {
    await endOne(db, deps, record, record.delegateId === accountId ? 'resigned' : 'revoked')
  }
}
