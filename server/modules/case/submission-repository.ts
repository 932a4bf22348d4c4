import type { PoolClient } from 'pg'
import type { Plan } from '../../../domain/bundle/plan-types'
import type { SubmissionStatus } from '../../../domain/submission/progress'
import type { Queryable } from '../../db/pool'
import { VaultError, type Vault } from '../../vault/vault'
import type { SignedContent } from '../draft/signed-content'
import { mayGoOn } from '../identity/actors'

export interface SubmissionRecord {
  id: string
  draftId: string
  bundleId: string
  revision: string
  accountId: string
  subjectId: string
  wardId: string | null
  companyId: string | null
  /** The delegation by which it was signed; null: by none. */
  delegationId: string | null
  status: SubmissionStatus
  plan: Plan
  content: SignedContent
  contentHash: Buffer
  signature: Buffer
  keyId: string
  receiptCode: string
  submittedAt: number
  closedAt: number | null
}

interface SubmissionRow {
  id: string
  draft_id: string
  bundle_id: string
  revision: string
  account_id: string
  subject_id: string
  ward_id: string | null
  company_id: string | null
  delegation_id: string | null
  status: SubmissionStatus
  plan: Plan
  content_sealed: Buffer
  content_hash: Buffer
  signature: Buffer
  key_id: string
  receipt_code: string
  submitted_at: Date
  closed_at: Date | null
}
const submissionColumns = `id, draft_id, bundle_id, revision, account_id, subject_id, ward_id, company_id, status, plan, content_sealed,
  content_hash, signature, key_id, receipt_code, submitted_at, closed_at, delegation_id`
const contentContext = (id: string) => `submission.content_sealed:${id}`

const toSubmission = (vault: Vault, row: SubmissionRow): SubmissionRecord => ({
  ...withoutContent(row),
  content: JSON.parse(vault.open(row.content_sealed, contentContext(row.id))) as SignedContent
})

function withoutContent(row: SubmissionRow): Omit<SubmissionRecord, 'content'> {
  return {
    id: row.id,
    draftId: row.draft_id,
    bundleId: row.bundle_id,
    revision: row.revision,
    accountId: row.account_id,
    subjectId: row.subject_id,
    wardId: row.ward_id,
    companyId: row.company_id,
    delegationId: row.delegation_id,
    status: row.status,
    plan: row.plan,
    contentHash: row.content_hash,
    signature: row.signature,
    keyId: row.key_id,
    receiptCode: row.receipt_code,
    submittedAt: row.submitted_at.getTime(),
    closedAt: row.closed_at?.getTime() ?? null
  }
}

export type SubmissionKey = { id: string } | { draftId: string }

/** One submission; `lock` makes everybody else who wants to move one of its cases wait until this transaction ends. */
export async function submissionBy(db: Queryable, vault: Vault, key: SubmissionKey, lock = false): Promise<SubmissionRecord | null> {
  const [column, value] = 'id' in key ? ['id', key.id] : ['draft_id', key.draftId]
  const { rows } = await db.query<SubmissionRow>(
    `select ${submissionColumns} from submission where ${column} = $1 ${lock ? 'for update' : ''}`,
    [value]
  )
  return rows[0] ? toSubmission(vault, rows[0]) : null
}

/** A submission as its receipt's code finds it; the content is null when what lies in the database is not what was sealed. */
export async function submissionByReceipt(
  db: Queryable,
  vault: Vault,
  code: string
): Promise<(Omit<SubmissionRecord, 'content'> & { content: SignedContent | null }) | null> {
  const { rows } = await db.query<SubmissionRow>(`select ${submissionColumns} from submission where receipt_code = $1`, [code])
  const row = rows[0]
  if (!row) return null
  try {
    return toSubmission(vault, row)
  } catch (error) {
    if (!(error instanceof VaultError)) throw error
    return { ...withoutContent(row), content: null }
  }
}

const begun = {
  accountId: 'submission.account_id',
  subjectId: 'submission.subject_id',
  bundleId: 'submission.bundle_id',
  delegationId: 'submission.delegation_id'
}
const isActor = `exists (select 1 from relation r where r.account_id = $1 and ${mayGoOn(begun)})`
const ofAccount = `(account_id = $1 or delegation_id is not null and subject_id = (select a.subject_id from account a where a.id = $1))
  and ${isActor}`
const ofSubject = `subject_id = $5 and ${isActor}`

/**
 * Newest first, after the cursor (submitted_at, id) when given. Without a subject: what the account made for those whom it may act for
 * now, and what was made for the person by delegation. With one: what the account may go on with of it (identity/actors).
 */
export async function submissionsOf(
  db: Queryable,
  vault: Vault,
  owner: { accountId: string; subjectId: string | null },
  page: { after: { at: Date; id: string } | null; limit: number }
): Promise<SubmissionRecord[]> {
  const { accountId, subjectId } = owner
  const { rows } = await db.query<SubmissionRow>({
    name: subjectId === null ? 'submissions-of-account' : 'submissions-of-subject',
    text: `select ${submissionColumns} from submission where ${subjectId === null ? ofAccount : ofSubject}
           and ($2::timestamptz is null or (submitted_at, id) < ($2, $3::uuid)) order by submitted_at desc, id desc limit $4`,
    values: [accountId, page.after?.at ?? null, page.after?.id ?? null, page.limit, ...(subjectId === null ? [] : [subjectId])]
  })
  return rows.map((row) => toSubmission(vault, row))
}

export async function insertSubmission(client: PoolClient, vault: Vault, record: SubmissionRecord): Promise<void> {
  await client.query(
    `insert into submission (${submissionColumns})
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
    [
      record.id,
      record.draftId,
      record.bundleId,
      record.revision,
      record.accountId,
      record.subjectId,
      record.wardId,
      record.companyId,
      record.status,
      JSON.stringify(record.plan),
      vault.seal(JSON.stringify(record.content), contentContext(record.id)),
      record.contentHash,
      record.signature,
      record.keyId,
      record.receiptCode,
      new Date(record.submittedAt),
      null,
      record.delegationId
    ]
  )
}

export async function updateSubmission(
  client: PoolClient,
  id: string,
  change: { status: SubmissionStatus; closedAt: number | null }
): Promise<void> {
  await client.query('update submission set status = $2, closed_at = $3 where id = $1', [
    id,
    change.status,
    change.closedAt === null ? null : new Date(change.closedAt)
  ])
}

/** The child or the company that a submission brought into being. */
export async function nameOffspring(client: PoolClient, id: string, column: 'ward_id' | 'company_id', subjectId: string): Promise<void> {
  await client.query(`update submission set ${column} = $2 where id = $1`, [id, subjectId])
}
