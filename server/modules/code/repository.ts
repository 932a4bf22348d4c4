import { failureLifeMs } from '../../../domain/code/locking'
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
  /** Keys of the fields that were asked for; null of a code that was not used. */
  fields: string[] | null
}

/** A code together with what it hangs on at this moment. */
export interface PresentedCode extends StoredCode {
  /** Why the session that it was issued to has ended; null while it lives. */
  sessionEnded: 'closed' | 'ended' | null
  /** How the account relates to the subject now; null when it may not act for it any more. */
  role: Acting['role'] | null
  /** When readings of the account's codes failed, as far back as it matters. */
  failedAt: number[]
}

export interface CodeRow {
  id: string
  account_id: string
  subject_id: string
  issued_at: Date
  used_at: Date | null
  reader_id: string | null
  scene_id: string | null
  fields: string[] | null
}

export const codeColumns = 'c.id, c.account_id, c.subject_id, c.issued_at, c.used_at, c.reader_id, c.scene_id, c.fields'

export const toCode = (row: CodeRow): StoredCode => ({
  id: row.id,
  accountId: row.account_id,
  subjectId: row.subject_id,
  issuedAt: row.issued_at.getTime(),
  usedAt: row.used_at?.getTime() ?? null,
  readerId: row.reader_id,
  sceneId: row.scene_id,
  fields: row.fields
})

export async function insertCode(db: Queryable, code: { id: string; tokenHash: Buffer; acting: Acting; now: Date }): Promise<void> {
  const { id, tokenHash, acting, now } = code
  await db.query({
    name: 'insert-code',
    text: 'insert into code (id, token_hash, session_id, account_id, subject_id, issued_at) values ($1, $2, $3, $4, $5, $6)',
    values: [id, tokenHash, acting.sessionId, acting.accountId, acting.subjectId, now]
  })
}

/** A code of this account for this subject. */
export async function codeOf(db: Queryable, { accountId, subjectId }: Acting, id: string): Promise<StoredCode | null> {
  const { rows } = await db.query<CodeRow>(`select ${codeColumns} from code c where id = $1 and account_id = $2 and subject_id = $3`, [
    id,
    accountId,
    subjectId
  ])
  return rows[0] ? toCode(rows[0]) : null
}

/** Whose code the token is, without touching it. */
export async function subjectOfToken(db: Queryable, tokenHash: Buffer): Promise<string | null> {
  const { rows } = await db.query<{ subject_id: string }>('select subject_id from code where token_hash = $1', [tokenHash])
  return rows[0]?.subject_id ?? null
}

/** The code, locked until the caller's transaction ends: who comes second waits, and finds it used. */
export async function lockCode(db: Queryable, which: { tokenHash: Buffer } | { id: string }, now: number): Promise<PresentedCode | null> {
  const [column, value] = 'id' in which ? ['id', which.id] : ['token_hash', which.tokenHash]
  const { rows } = await db.query<
    CodeRow & { ended: boolean; ended_because: string | null; role: Acting['role'] | null; failed_at: Date[] }
  >({
    name: `lock-code-by-${column}`,
    text: `select ${codeColumns}, s.ended_at is not null or s.expires_at <= $2 as ended, s.ended_because, r.role,
                  array(select f.at from code_failure f where f.account_id = c.account_id and f.at > $3) as failed_at
           from code c join session s on s.id = c.session_id
           left join relation r on r.account_id = c.account_id and r.subject_id = c.subject_id and r.until is null
           where c.${column} = $1 for update of c`,
    values: [value, new Date(now), new Date(now - failureLifeMs)]
  })
  const row = rows[0]
  if (!row) return null
  const sessionEnded = !row.ended ? null : row.ended_because === 'closed' ? 'closed' : 'ended'
  return { ...toCode(row), sessionEnded, role: row.role, failedAt: row.failed_at.map((at) => at.getTime()) }
}

export async function markUsed(
  db: Queryable,
  id: string,
  by: { readerId: string; sceneId: string; fields: string[]; at: Date }
): Promise<void> {
  await db.query({
    name: 'mark-code-used',
    text: 'update code set used_at = $2, reader_id = $3, scene_id = $4, fields = $5 where id = $1',
    values: [id, by.at, by.readerId, by.sceneId, by.fields]
  })
}

export async function forgetCodes(db: Queryable, issuedBefore: Date): Promise<void> {
  await db.query('delete from code where issued_at < $1', [issuedBefore])
}
