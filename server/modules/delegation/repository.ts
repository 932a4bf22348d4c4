import type { Delegation } from '../../../contract/delegations'
import type { Queryable } from '../../db/pool'

export type EndedBecause = 'revoked' | 'resigned' | 'expired' | 'lapsed'

export interface DelegationRecord {
  id: string
  subjectId: string
  role: Delegation['role']
  givenBy: string
  /** The account that accepted it; null before. */
  delegateId: string | null
  scenes: string[]
  bundles: string[]
  codeExpiresAt: number
  offeredAt: number
  until: number
  acceptedAt: number | null
  endedAt: number | null
  endedBecause: EndedBecause | null
}

type Row = {
  id: string
  subject_id: string
  role: Delegation['role']
  given_by: string
  delegate_id: string | null
  scenes: string[]
  bundles: string[]
  code_expires_at: Date
  offered_at: Date
  until: Date
  accepted_at: Date | null
  ended_at: Date | null
  ended_because: EndedBecause | null
}

const columns =
  'id, subject_id, role, given_by, delegate_id, scenes, bundles, code_expires_at, offered_at, until, accepted_at, ended_at, ended_because'
/** How many of a kind a list shows: those in force are never that many. */
const listed = 50
/** SQL: keeps others from changing it, not from naming it: a submission made by it may hold the draft that ending it waits for. */
const locked = 'for no key update'

const toRecord = (row: Row): DelegationRecord => ({
  id: row.id,
  subjectId: row.subject_id,
  role: row.role,
  givenBy: row.given_by,
  delegateId: row.delegate_id,
  scenes: row.scenes,
  bundles: row.bundles,
  codeExpiresAt: row.code_expires_at.getTime(),
  offeredAt: row.offered_at.getTime(),
  until: row.until.getTime(),
  acceptedAt: row.accepted_at?.getTime() ?? null,
  endedAt: row.ended_at?.getTime() ?? null,
  endedBecause: row.ended_because
})

async function read(db: Queryable, where: string, values: unknown[]): Promise<DelegationRecord[]> {
  const { rows } = await db.query<Row>(`select ${columns} from delegation where ${where}`, values)
  return rows.map(toRecord)
}

export async function insertOffer(db: Queryable, record: DelegationRecord, codeHash: Buffer): Promise<void> {
  const { id, subjectId, role, givenBy, scenes, bundles } = record
  await db.query(
    `insert into delegation (id, subject_id, role, given_by, scenes, bundles, code_hash, code_expires_at, offered_at, until)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      id,
      subjectId,
      role,
      givenBy,
      scenes,
      bundles,
      codeHash,
      new Date(record.codeExpiresAt),
      new Date(record.offeredAt),
      new Date(record.until)
    ]
  )
}

/** The offer of a code that can still be accepted. `lock` makes a second who accepts wait, and find it taken. */
export async function openOffer(db: Queryable, codeHash: Buffer, now: Date, lock = false): Promise<DelegationRecord | null> {
  const where = 'code_hash = $1 and delegate_id is null and ended_at is null and code_expires_at > $2 and until > $2'
  return (await read(db, `${where} ${lock ? locked : ''}`, [codeHash, now]))[0] ?? null
}

export async function delegationById(db: Queryable, id: string, lock = false): Promise<DelegationRecord | null> {
  return (await read(db, `id = $1 ${lock ? locked : ''}`, [id]))[0] ?? null
}

/** Newest first: what was given in the subject's name. */
export const givenFor = (db: Queryable, subjectId: string): Promise<DelegationRecord[]> =>
  read(db, `subject_id = $1 order by ended_at is null desc, offered_at desc, id limit ${listed}`, [subjectId])

/** Newest first: what the account accepted. */
export const receivedBy = (db: Queryable, accountId: string): Promise<DelegationRecord[]> =>
  read(db, `delegate_id = $1 order by ended_at is null desc, accepted_at desc, id limit ${listed}`, [accountId])

/** How many offers of the subject are open or in force. */
export const countGiven = (db: Queryable, subjectId: string, now: Date): Promise<number> =>
  count(db, 'subject_id = $1 and ended_at is null and until > $2 and (delegate_id is not null or code_expires_at > $2)', [subjectId, now])

/** How many delegations the account holds. */
export const countHeld = (db: Queryable, accountId: string, now: Date): Promise<number> =>
  count(db, 'delegate_id = $1 and ended_at is null and until > $2', [accountId, now])

/** The delegation by which the account acts for the subject now, locked; it may have run out without having been ended. */
export async function heldFor(db: Queryable, accountId: string, subjectId: string): Promise<DelegationRecord | null> {
  return (await read(db, `delegate_id = $1 and subject_id = $2 and ended_at is null ${locked}`, [accountId, subjectId]))[0] ?? null
}

export async function markAccepted(db: Queryable, id: string, delegateId: string, at: Date): Promise<void> {
  await db.query('update delegation set delegate_id = $2, accepted_at = $3, code_hash = null where id = $1', [id, delegateId, at])
}

export async function markEnded(db: Queryable, id: string, because: EndedBecause, at: Date): Promise<void> {
  await db.query('update delegation set ended_at = $2, ended_because = $3, code_hash = null where id = $1', [id, at, because])
}

/** Accepted and past their day, of one account or of all, not yet ended; locked. */
export const overdue = (db: Queryable, now: Date, accountId: string | null): Promise<DelegationRecord[]> =>
  read(
    db,
    `delegate_id is not null and ended_at is null and until <= $1 and ($2::uuid is null or delegate_id = $2)
     order by until, id limit 200 ${locked} skip locked`,
    [now, accountId]
  )

/** In force, accepted longer ago than the reminder is early, and ending before `until`. */
export const endingBefore = (db: Queryable, now: Date, until: Date): Promise<DelegationRecord[]> =>
  read(
    db,
    `delegate_id is not null and ended_at is null and until > $1 and until <= $2
       and accepted_at < until - ($2::timestamptz - $1::timestamptz)
     order by until, id limit 500`,
    [now, until]
  )

/** Those of a closing account: received, and given for the subjects that nobody is left to speak for. */
export const ofAccount = (db: Queryable, accountId: string, subjectIds: string[]): Promise<DelegationRecord[]> =>
  read(db, `ended_at is null and (delegate_id = $1 or subject_id = any($2)) order by id ${locked}`, [accountId, subjectIds])

/** Offers that nobody accepted are of no use to anybody. */
export async function forgetOffers(db: Queryable, before: Date): Promise<void> {
  await db.query('delete from delegation where delegate_id is null and code_expires_at < $1', [before])
}

async function count(db: Queryable, where: string, values: unknown[]): Promise<number> {
  const { rows } = await db.query<{ count: number }>(`select count(*)::int as count from delegation where ${where}`, values)
  return rows[0]?.count ?? 0
}
