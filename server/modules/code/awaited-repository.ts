import type { Queryable } from '../../db/pool'
import { codeColumns, toCode, type CodeRow, type StoredCode } from './repository'

/** A code that a reader has taken and whose holder is asked first. */
export interface AwaitedRecord {
  id: string
  code: StoredCode
  askedAt: number
  /** Null while nobody has answered and nobody has noticed that it lapsed. */
  outcome: 'agreed' | 'declined' | 'lapsed' | 'refused' | null
  settledAt: number | null
  reason: string | null
  released: Buffer | null
  fetchedAt: number | null
}

type Row = CodeRow & {
  awaited_id: string
  asked_at: Date
  outcome: AwaitedRecord['outcome']
  settled_at: Date | null
  reason: string | null
  released_sealed: Buffer | null
  fetched_at: Date | null
}

const select = `select a.id as awaited_id, a.asked_at, a.outcome, a.settled_at, a.reason, a.released_sealed, a.fetched_at, ${codeColumns}
  from awaited_reading a join code c on c.id = a.code_id`

const toAwaited = (row: Row): AwaitedRecord => ({
  id: row.awaited_id,
  code: toCode(row),
  askedAt: row.asked_at.getTime(),
  outcome: row.outcome,
  settledAt: row.settled_at?.getTime() ?? null,
  reason: row.reason,
  released: row.released_sealed,
  fetchedAt: row.fetched_at?.getTime() ?? null
})

export async function insertAwaited(db: Queryable, awaited: { id: string; codeId: string; at: Date }): Promise<void> {
  await db.query('insert into awaited_reading (id, code_id, asked_at) values ($1, $2, $3)', [awaited.id, awaited.codeId, awaited.at])
}

/** The one of a code, or the one of this id that this reader waits for, or that this account is asked; locked where `lock` says so. */
export async function awaitedOf(
  db: Queryable,
  which: { codeId: string } | { id: string; readerId: string } | { id: string; accountId: string },
  lock = false
): Promise<AwaitedRecord | null> {
  const id = 'id' in which ? which.id : null
  const { rows } = await db.query<Row>(
    `${select} where (a.id = $1 or c.id = $2) and ($3::text is null or c.reader_id = $3) and ($4::uuid is null or c.account_id = $4)
     ${lock ? 'for update of a' : ''}`,
    [
      id,
      'codeId' in which ? which.codeId : null,
      'readerId' in which ? which.readerId : null,
      'accountId' in which ? which.accountId : null
    ]
  )
  return rows[0] ? toAwaited(rows[0]) : null
}

/** Those that the account may still answer, for those whom it may act for now; the oldest first. */
export async function openForAccount(db: Queryable, accountId: string, askedAfter: Date): Promise<AwaitedRecord[]> {
  const { rows } = await db.query<Row>(
    `${select} join relation r on r.account_id = c.account_id and r.subject_id = c.subject_id and r.until is null
     where c.account_id = $1 and a.outcome is null and a.asked_at > $2 order by a.asked_at, a.id`,
    [accountId, askedAfter]
  )
  return rows.map(toAwaited)
}

/**
 * Those whose time to be answered, or agreed to then to be fetched, began before then and is over without anybody having said so; locked,
 * leaving out those that somebody is just answering or fetching.
 */
export async function lockLapsed(db: Queryable, before: Date): Promise<AwaitedRecord[]> {
  const { rows } = await db.query<Row>(
    `${select} where (a.outcome is null and a.asked_at <= $1) or (a.outcome = 'agreed' and a.fetched_at is null and a.settled_at <= $1)
     for update of a skip locked`,
    [before]
  )
  return rows.map(toAwaited)
}

/** Ends an asking; what was released and not fetched is erased with it. */
export async function settleAwaited(
  db: Queryable,
  id: string,
  { outcome, reason = null, at }: { outcome: NonNullable<AwaitedRecord['outcome']>; reason?: string | null; at: Date }
): Promise<void> {
  await db.query('update awaited_reading set outcome = $2, reason = $3, settled_at = $4, released_sealed = null where id = $1', [
    id,
    outcome,
    reason,
    at
  ])
}

/** Keeps what was released until it is fetched. */
export async function keepReleased(db: Queryable, id: string, sealed: Buffer): Promise<void> {
  await db.query("update awaited_reading set released_sealed = $2 where id = $1 and outcome = 'agreed'", [id, sealed])
}

export async function markFetched(db: Queryable, id: string, at: Date): Promise<void> {
  await db.query('update awaited_reading set fetched_at = $2, released_sealed = null where id = $1', [id, at])
}
