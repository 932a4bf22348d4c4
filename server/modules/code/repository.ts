import type { Queryable } from '../../db/pool'
import type { Acting } from '../../deps'

export interface StoredCode {
  id: string
  accountId: string
  subjectId: string
  issuedAt: number
  usedAt: number | null
  readerId: string | null
  sceneId: string | null
}

/** A code together with what it hangs on at this moment. */
export interface PresentedCode extends StoredCode {
  /** Why the session that it was issued to has ended; null while it lives. */
  sessionEnded: 'closed' | 'ended' | null
  /** How the account relates to the subject now; null when it may not act for it any more. */
  role: Acting['role'] | null
}

type Row = {
  id: string
  account_id: string
  subject_id: string
  issued_at: Date
  used_at: Date | null
  reader_id: string | null
  scene_id: string | null
}

const columns = 'c.id, c.account_id, c.subject_id, c.issued_at, c.used_at, c.reader_id, c.scene_id'

const toCode = (row: Row): StoredCode => ({
  id: row.id,
  accountId: row.account_id,
  subjectId: row.subject_id,
  issuedAt: row.issued_at.getTime(),
  usedAt: row.used_at?.getTime() ?? null,
  readerId: row.reader_id,
  sceneId: row.scene_id
})

/** Keeps a new code, and forgets those of the session that nobody asks about any more. */
export async function insertCode(
  db: Queryable,
  code: { id: string; tokenHash: Buffer; acting: Acting; now: Date; forgetBefore: Date }
): Promise<void> {
  const { id, tokenHash, acting, now, forgetBefore } = code
  await db.query('delete from code where session_id = $1 and issued_at < $2', [acting.sessionId, forgetBefore])
  await db.query('insert into code (id, token_hash, session_id, account_id, subject_id, issued_at) values ($1, $2, $3, $4, $5, $6)', [
    id,
    tokenHash,
    acting.sessionId,
    acting.accountId,
    acting.subjectId,
    now
  ])
}

/** A code of this account for this subject. */
export async function codeOf(db: Queryable, { accountId, subjectId }: Acting, id: string): Promise<StoredCode | null> {
  const { rows } = await db.query<Row>(`select ${columns} from code c where id = $1 and account_id = $2 and subject_id = $3`, [
    id,
    accountId,
    subjectId
  ])
  return rows[0] ? toCode(rows[0]) : null
}

/** The code of a token, locked until the caller's transaction ends: who comes second waits, and finds it used. */
export async function lockByToken(db: Queryable, tokenHash: Buffer, now: Date): Promise<PresentedCode | null> {
  const { rows } = await db.query<Row & { ended: boolean; ended_because: string | null; role: Acting['role'] | null }>(
    `select ${columns}, s.ended_at is not null or s.expires_at <= $2 as ended, s.ended_because, r.role
     from code c join session s on s.id = c.session_id
     left join relation r on r.account_id = c.account_id and r.subject_id = c.subject_id and r.until is null
     where c.token_hash = $1 for update of c`,
    [tokenHash, now]
  )
  const row = rows[0]
  if (!row) return null
  const sessionEnded = !row.ended ? null : row.ended_because === 'closed' ? 'closed' : 'ended'
  return { ...toCode(row), sessionEnded, role: row.role }
}

export async function markUsed(db: Queryable, id: string, by: { readerId: string; sceneId: string; at: Date }): Promise<void> {
  await db.query('update code set used_at = $2, reader_id = $3, scene_id = $4 where id = $1', [id, by.at, by.readerId, by.sceneId])
}
