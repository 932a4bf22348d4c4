import type { Queryable } from '../../db/pool'
import type { Acting } from '../../deps'
import { lockAccounts } from '../identity/locking'
import { notice } from '../identity/notice'

/** A certificate of a device, by what we know of it: name and last four of the ID number stand only in the certificate itself. */
export interface CertificateRecord {
  id: string
  accountId: string
  subjectId: string
  /** Since when it is no longer good, before its time; null while it is. */
  revokedAt: number | null
}

export async function sessionEnd(db: Queryable, sessionId: string): Promise<number> {
  const { rows } = await db.query<{ expires_at: Date }>('select expires_at from session where id = $1', [sessionId])
  return rows[0]?.expires_at.getTime() ?? 0
}

/** @param certificate.issuedAt to the millisecond, not the whole second in it: a consent given in that second must count as earlier */
export async function insertCertificate(
  db: Queryable,
  certificate: { id: string; acting: Acting; deviceKey: Uint8Array; issuedAt: Date; until: Date }
): Promise<void> {
  const { id, acting, deviceKey, issuedAt, until } = certificate
  await db.query(
    `insert into code_certificate (id, session_id, account_id, subject_id, device_key, issued_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [id, acting.sessionId, acting.accountId, acting.subjectId, deviceKey, issuedAt, until]
  )
}

/**
 * Ends what the session was certified before for the same subject with another key. Until the caller's transaction ends nobody else
 * gets a certificate for this account.
 */
export async function revokeOtherKeys(db: Queryable, acting: Acting, deviceKey: Uint8Array, at: Date): Promise<void> {
  const { accountId, sessionId, subjectId } = acting
  await lockAccounts(db, [accountId])
  await db.query(
    `update code_certificate set revoked_at = $4
     where session_id = $1 and subject_id = $2 and device_key <> $3 and revoked_at is null and expires_at > $4`,
    [sessionId, subjectId, deviceKey, at]
  )
}

/**
 * Whether a certificate is good is not written down where a session, a relation, a consent ends: it follows from them, so that none of
 * the many ways in which they end can forget it. A relation or consent that ended and began anew does not bring it back.
 */
const standing = `from code_certificate k
  join session s on s.id = k.session_id
  join subject p on p.id = k.subject_id
  left join relation r on r.account_id = k.account_id and r.subject_id = k.subject_id
  left join consent g on g.account_id = k.account_id and g.kind = 'privacy' and g.version = '${notice.version}'
  left join consent m on m.account_id = k.account_id and m.kind = 'minor' and m.version = '${notice.version}'`
const good = `(k.revoked_at is null and s.ended_at is null and not p.deceased
  and coalesce(r.until is null and r.since <= k.issued_at, false)
  and coalesce(g.withdrawn_at is null and g.given_at <= k.issued_at, false)
  and (r.role <> 'guardian' or coalesce(m.withdrawn_at is null and m.given_at <= k.issued_at, false)))`
/** Where it is not known since when: from its beginning. */
const revokedAt = `case when ${good} then null else coalesce(least(k.revoked_at, s.ended_at, r.until, g.withdrawn_at,
  case when r.role = 'guardian' then m.withdrawn_at end), k.issued_at) end`

/** The certificates that would still be accepted if nobody were told. */
export async function revokedIds(db: Queryable, now: Date): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(`select k.id ${standing} where k.expires_at > $1 and not ${good} order by k.id`, [now])
  return rows.map(({ id }) => id)
}

/**
 * The certificate, locked until the caller's transaction ends: two readers that report the same code come one after the other. Its account
 * is locked before it, because what is reported may count against that.
 */
export async function lockCertificate(db: Queryable, id: string): Promise<CertificateRecord | null> {
  const { rows: owners } = await db.query<{ account_id: string }>('select account_id from code_certificate where id = $1', [id])
  await lockAccounts(db, owners.map((owner) => owner.account_id))
  const { rows } = await db.query<{ id: string; account_id: string; subject_id: string; revoked_at: Date | null }>(
    `select k.id, k.account_id, k.subject_id, ${revokedAt} as revoked_at ${standing} where k.id = $1 for update of k`,
    [id]
  )
  const row = rows[0]
  if (!row) return null
  return { id: row.id, accountId: row.account_id, subjectId: row.subject_id, revokedAt: row.revoked_at?.getTime() ?? null }
}

export interface OfflineReading {
  certificateId: string
  /** When the code was made, seconds since 1970. */
  codeTime: number
  readerId: string
  sceneId: string
  readAt: number
  outcome: 'recorded' | 'refused' | 'replayed'
  reason: string | null
}

type Row = { reader_id: string; scene_id: string; read_at: Date; outcome: OfflineReading['outcome']; reason: string | null }

/** All that was reported of this code, the earliest reading first. */
export async function reportsOf(db: Queryable, certificateId: string, codeTime: number): Promise<OfflineReading[]> {
  const { rows } = await db.query<Row>(
    `select reader_id, scene_id, read_at, outcome, reason from offline_reading
     where certificate_id = $1 and code_time = $2 order by read_at, reader_id`,
    [certificateId, codeTime]
  )
  return rows.map((row) => ({
    certificateId,
    codeTime,
    readerId: row.reader_id,
    sceneId: row.scene_id,
    readAt: row.read_at.getTime(),
    outcome: row.outcome,
    reason: row.reason
  }))
}

export async function insertReport(db: Queryable, report: OfflineReading): Promise<void> {
  const { certificateId, codeTime, readerId, sceneId, readAt, outcome, reason } = report
  await db.query(
    `insert into offline_reading (certificate_id, code_time, reader_id, scene_id, read_at, outcome, reason)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [certificateId, codeTime, readerId, sceneId, new Date(readAt), outcome, reason]
  )
}

/** Forgets certificates, with what was reported of them; those of closed accounts as soon as nobody would accept them any more. */
export async function forgetCertificates(db: Queryable, { expiredBefore, now }: { expiredBefore: Date; now: Date }): Promise<void> {
  await db.query(
    `delete from code_certificate k using account a
     where a.id = k.account_id and (k.expires_at < $1 or (k.expires_at < $2 and a.closed_at is not null))`,
    [expiredBefore, now]
  )
}
