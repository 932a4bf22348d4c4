import type { Presentation } from '../../../contract/presentations'
import type { Queryable } from '../../db/pool'
import type { Acting } from '../../deps'
import type { Vault } from '../../vault/vault'
import { indexesOf } from './tokens'

/** Exactly what was put on show, as the holder saw it, and the same as a credential. */
export interface Snapshot {
  shown: Presentation['shown']
  purpose: string
  sdJwt: string
}

/** A presentation as its holder may ask about it. */
export interface PresentationRecord {
  issuedAt: number
  verifiedAt: number | null
  /** Whether the holder took it back, or it ended with the licence. */
  ended: boolean
}

/** A presentation together with what it hangs on at this moment. */
export interface TakenPresentation extends PresentationRecord {
  id: string
  grantId: string
  licenceId: string
  type: string
  subjectId: string
  accountId: string
  fields: string[]
  /** Null once it was verified or swept. */
  snapshot: Snapshot | null
  /** Whether the session that it was made in has ended. */
  sessionEnded: boolean
}

const snapshotContext = (id: string) => `presentation.snapshot_sealed:${id}`

/** Keeps a new presentation; what the session's older ones showed is wiped, as nobody needs it any more once they ran out. */
export async function insertPresentation(
  db: Queryable,
  vault: Vault,
  input: {
    id: string
    grantId: string
    token: string
    code: string
    licenceId: string
    acting: Acting
    fields: string[]
    snapshot: Snapshot
    now: Date
    wipeBefore: Date
  }
): Promise<void> {
  const { id, acting, now } = input
  await db.query(
    'update presentation set snapshot_sealed = null where session_id = $1 and issued_at < $2 and snapshot_sealed is not null',
    [acting.sessionId, input.wipeBefore]
  )
  await db.query(
    `insert into presentation (id, token_index, code_index, licence_id, session_id, account_id, fields, snapshot_sealed, issued_at,
       grant_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      id,
      indexesOf(vault, input.token).token,
      indexesOf(vault, input.code).code,
      input.licenceId,
      acting.sessionId,
      acting.accountId,
      input.fields,
      vault.seal(JSON.stringify(input.snapshot), snapshotContext(id)),
      now,
      input.grantId
    ]
  )
}

/** SQL: whether the grant `g` of a presentation was taken back, or ended with its licence. */
const endedSql = '(g.revoked_at is not null or g.ended_at is not null)'

/** A presentation that this account made. */
export async function presentationOf(db: Queryable, accountId: string, id: string): Promise<PresentationRecord | null> {
  const { rows } = await db.query<{ issued_at: Date; verified_at: Date | null; ended: boolean }>(
    `select p.issued_at, p.verified_at, ${endedSql} as ended
     from presentation p join licence_grant g on g.id = p.grant_id where p.id = $1 and p.account_id = $2`,
    [id, accountId]
  )
  const [row] = rows
  return row ? { issuedAt: row.issued_at.getTime(), verifiedAt: row.verified_at?.getTime() ?? null, ended: row.ended } : null
}

type TakenRow = {
  id: string
  grant_id: string
  licence_id: string
  type: string
  subject_id: string
  account_id: string
  fields: string[]
  snapshot_sealed: Buffer | null
  issued_at: Date
  verified_at: Date | null
  session_ended: boolean
  ended: boolean
}

/**
 * The presentation of a token or code, locked with its grant until the caller's transaction ends: who comes second waits, and finds it
 * verified or taken back.
 */
export async function lockByCode(db: Queryable, vault: Vault, text: string, now: Date): Promise<TakenPresentation | null> {
  const { token, code } = indexesOf(vault, text)
  const { rows } = await db.query<TakenRow>(
    `select p.id, p.grant_id, p.licence_id, l.type, l.subject_id, p.account_id, p.fields, p.snapshot_sealed, p.issued_at, p.verified_at,
            s.ended_at is not null or s.expires_at <= $3 as session_ended, ${endedSql} as ended
     from presentation p join licence l on l.id = p.licence_id join session s on s.id = p.session_id
     join licence_grant g on g.id = p.grant_id
     where p.token_index = $1 or p.code_index = $2 for update of p, g`,
    [token, code, now]
  )
  const row = rows[0]
  if (!row) return null
  return {
    id: row.id,
    grantId: row.grant_id,
    licenceId: row.licence_id,
    type: row.type,
    subjectId: row.subject_id,
    accountId: row.account_id,
    fields: row.fields,
    snapshot: row.snapshot_sealed && (JSON.parse(vault.open(row.snapshot_sealed, snapshotContext(row.id))) as Snapshot),
    issuedAt: row.issued_at.getTime(),
    verifiedAt: row.verified_at?.getTime() ?? null,
    ended: row.ended,
    sessionEnded: row.session_ended
  }
}

/** Spends a presentation and wipes what it showed. */
export async function markVerified(db: Queryable, id: string, now: Date): Promise<void> {
  await db.query('update presentation set verified_at = $2, snapshot_sealed = null where id = $1', [id, now])
}

/** Wipes what presentations issued before `wipeBefore` showed, and forgets those issued before `forgetBefore`. */
export async function sweepPresentations(
  db: Queryable,
  { wipeBefore, forgetBefore }: { wipeBefore: Date; forgetBefore: Date }
): Promise<void> {
  await db.query('update presentation set snapshot_sealed = null where issued_at < $1 and snapshot_sealed is not null', [wipeBefore])
  await db.query('delete from presentation where issued_at < $1', [forgetBefore])
}
