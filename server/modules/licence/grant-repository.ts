import type { Queryable } from '../../db/pool'

/** To whom a licence was given, what for and which of its fields; with the case that it went with, and how that stands. */
export interface GrantRecord {
  id: string
  subjectId: string | null
  type: string
  identifier: string | null
  recipient: string
  purpose: string
  fields: string[]
  since: number
  until: number | null
  revokedAt: number | null
  endedAt: number | null
  /** When what was shown was verified; null for what went with a case. */
  seenAt: number | null
  caseId: string | null
  caseClosed: boolean
  /** The submission that the case belongs to, and by what it is decided who may see it (identity/actors). */
  submissionId: string | null
  begun: { accountId: string; subjectId: string; bundleId: string; delegationId: string | null } | null
}

interface GrantRow {
  id: string
  subject_id: string | null
  licence_type: string
  identifier: string | null
  recipient: string
  purpose: string
  fields: string[]
  since: Date
  until: Date | null
  revoked_at: Date | null
  ended_at: Date | null
  seen_at: Date | null
  case_id: string | null
  case_closed: boolean
  submission_id: string | null
  account_id: string | null
  about_id: string | null
  bundle_id: string | null
  delegation_id: string | null
}

const selectGrants = `select g.id, g.subject_id, g.licence_type, g.identifier, g.recipient, g.purpose, g.fields, g.since, g.until,
    g.revoked_at, g.ended_at, g.seen_at, g.case_id, c.closed_at is not null as case_closed, c.submission_id,
    s.account_id, s.subject_id as about_id, s.bundle_id,
    s.delegation_id
  from licence_grant g left join case_file c on c.id = g.case_id left join submission s on s.id = c.submission_id`

function toGrant(row: GrantRow): GrantRecord {
  const { account_id: accountId, about_id: subjectId, bundle_id: bundleId, delegation_id: delegationId } = row
  return {
    id: row.id,
    subjectId: row.subject_id,
    type: row.licence_type,
    identifier: row.identifier,
    recipient: row.recipient,
    purpose: row.purpose,
    fields: row.fields,
    since: row.since.getTime(),
    until: row.until?.getTime() ?? null,
    revokedAt: row.revoked_at?.getTime() ?? null,
    endedAt: row.ended_at?.getTime() ?? null,
    seenAt: row.seen_at?.getTime() ?? null,
    caseId: row.case_id,
    caseClosed: row.case_closed,
    submissionId: row.submission_id,
    begun: accountId && subjectId && bundleId ? { accountId, subjectId, bundleId, delegationId } : null
  }
}

/** Keeps a grant; the same licence for the same case again changes nothing. */
export async function insertGrant(
  db: Queryable,
  grant: Pick<GrantRecord, 'id' | 'subjectId' | 'type' | 'recipient' | 'purpose' | 'fields' | 'caseId'> & {
    stem: string
    identifier: string
    version: number
    since: Date
    until: Date | null
  }
): Promise<void> {
  await db.query(
    `insert into licence_grant (id, subject_id, licence_type, stem, identifier, version, case_id, recipient, purpose, fields, since, until)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict do nothing`,
    [
      grant.id,
      grant.subjectId,
      grant.type,
      grant.stem,
      grant.identifier,
      grant.version,
      grant.caseId,
      grant.recipient,
      grant.purpose,
      grant.fields,
      grant.since,
      grant.until
    ]
  )
}

/** Of one licence in all its versions, the newest first. */
export async function grantsOfLicence(db: Queryable, subjectId: string, type: string, stem: string): Promise<GrantRecord[]> {
  const { rows } = await db.query<GrantRow>(
    `${selectGrants} where g.subject_id = $1 and g.licence_type = $2 and g.stem = $3 order by g.since desc, g.id`,
    [subjectId, type, stem]
  )
  return rows.map(toGrant)
}

/** What of a licence went with a case, kept from everybody else until the transaction ends; null when nothing did. */
export async function grantOfCase(db: Queryable, caseId: string, type: string, stem: string): Promise<GrantRecord | null> {
  const { rows } = await db.query<GrantRow>(
    `${selectGrants} where g.case_id = $1 and g.licence_type = $2 and g.stem = $3 for update of g`,
    [caseId, type, stem]
  )
  return rows[0] ? toGrant(rows[0]) : null
}

/** One grant; `lock` keeps everybody else from it until the transaction ends. */
export async function grantById(db: Queryable, id: string, lock = false): Promise<GrantRecord | null> {
  const { rows } = await db.query<GrantRow>(`${selectGrants} where g.id = $1 ${lock ? 'for update of g' : ''}`, [id])
  return rows[0] ? toGrant(rows[0]) : null
}

const running = 'g.licence_type = $1 and g.stem = $2 and g.revoked_at is null and c.closed_at is null'

/** Whether a running case relies on the licence. */
export async function isReliedOn(db: Queryable, type: string, stem: string): Promise<boolean> {
  const { rowCount } = await db.query(`select 1 from licence_grant g join case_file c on c.id = g.case_id where ${running} limit 1`, [
    type,
    stem
  ])
  return rowCount !== 0
}

/** The running cases that rely on a licence, with its holder where known here; in the order in which submissions are locked. */
export async function casesRelyingOn(
  db: Queryable,
  type: string,
  stem: string
): Promise<{ submissionId: string; caseId: string; subjectId: string | null }[]> {
  const { rows } = await db.query<{ submission_id: string; case_id: string; subject_id: string | null }>(
    `select c.submission_id, g.case_id, g.subject_id from licence_grant g join case_file c on c.id = g.case_id where ${running}
     order by c.submission_id, c.case_no`,
    [type, stem]
  )
  return rows.map((row) => ({ submissionId: row.submission_id, caseId: row.case_id, subjectId: row.subject_id }))
}

/** The submissions of which a case still waits and that are about one of these: their subject's, their signer's, or from these drafts. */
export async function submissionsWaiting(db: Queryable, subjectId: string, draftIds: string[]): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select s.id from submission s where s.closed_at is null
       and exists (select 1 from case_file c where c.submission_id = s.id and c.status = 'waiting')
       and ($1 in (s.subject_id, s.ward_id, s.company_id) or s.draft_id = any($2)
         or exists (select 1 from account a where a.id = s.account_id and a.subject_id = $1))`,
    [subjectId, draftIds]
  )
  return rows.map(({ id }) => id)
}

export async function endGrants(db: Queryable, type: string, stem: string, now: Date): Promise<void> {
  await db.query(
    'update licence_grant set ended_at = $3 where licence_type = $1 and stem = $2 and ended_at is null and revoked_at is null',
    [type, stem, now]
  )
}

export async function markRevoked(db: Queryable, id: string, now: Date): Promise<void> {
  await db.query('update licence_grant set revoked_at = $2 where id = $1', [id, now])
}

export async function markSeen(db: Queryable, id: string, now: Date): Promise<void> {
  await db.query('update licence_grant set seen_at = $2 where id = $1', [id, now])
}

export async function deleteUnseen(db: Queryable, before: Date): Promise<void> {
  await db.query('delete from licence_grant where case_id is null and seen_at is null and revoked_at is null and until < $1', [before])
}
