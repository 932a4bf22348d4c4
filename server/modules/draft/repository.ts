import type { DraftSummary } from '../../../contract/drafts'
import type { Queryable } from '../../db/pool'
import type { Vault } from '../../vault/vault'
import type { DraftContent } from './content'

export interface DraftRecord {
  id: string
  bundleId: string
  accountId: string
  subjectId: string
  revision: string
  version: number
  step: DraftSummary['step']
  filled: number
  total: number
  updatedAt: number
  expiresAt: number
  /** The delegation by which it was begun; null: by none. */
  delegationId: string | null
}

interface DraftRow {
  id: string
  bundle_id: string
  account_id: string
  subject_id: string
  revision: string
  version: number
  step: DraftSummary['step']
  content_sealed: Buffer
  filled: number
  total: number
  updated_at: Date
  expires_at: Date
  delegation_id: string | null
}

const columns =
  'id, bundle_id, account_id, subject_id, revision, version, step, content_sealed, filled, total, updated_at, expires_at, delegation_id'
const contentContext = (id: string) => `draft.content:${id}`

const toRecord = (row: DraftRow): DraftRecord => ({
  id: row.id,
  bundleId: row.bundle_id,
  accountId: row.account_id,
  subjectId: row.subject_id,
  revision: row.revision,
  version: row.version,
  step: row.step,
  filled: row.filled,
  total: row.total,
  updatedAt: row.updated_at.getTime(),
  expiresAt: row.expires_at.getTime(),
  delegationId: row.delegation_id
})

export interface OpenedDraft {
  record: DraftRecord
  content: DraftContent
}

const open = (vault: Vault, row: DraftRow): OpenedDraft => ({
  record: toRecord(row),
  content: JSON.parse(vault.open(row.content_sealed, contentContext(row.id))) as DraftContent
})

/** The live draft with this id, not yet expired. `lock` keeps others from changing it until the transaction ends. */
export async function liveDraft(db: Queryable, vault: Vault, id: string, now: Date, lock = false): Promise<OpenedDraft | null> {
  const { rows } = await db.query<DraftRow>(
    `select ${columns} from draft where id = $1 and status = 'live' and expires_at > $2 ${lock ? 'for update' : ''}`,
    [id, now]
  )
  return rows[0] ? open(vault, rows[0]) : null
}

/** The one draft that keeps another from being begun, even when it is past its day and nobody has cleared it away yet. */
export async function liveDraftOf(db: Queryable, subjectId: string, bundleId: string): Promise<DraftRecord | null> {
  const { rows } = await db.query<DraftRow>(`select ${columns} from draft where subject_id = $1 and bundle_id = $2 and status = 'live'`, [
    subjectId,
    bundleId
  ])
  return rows[0] ? toRecord(rows[0]) : null
}

/** The account's live drafts for the given subjects, last touched first. */
export async function liveDrafts(db: Queryable, accountId: string, subjectIds: string[], now: Date): Promise<DraftRecord[]> {
  const { rows } = await db.query<DraftRow>({
    name: 'live-drafts',
    text: `select ${columns} from draft where account_id = $1 and subject_id = any($2) and status = 'live' and expires_at > $3
           order by updated_at desc, id`,
    values: [accountId, subjectIds, now]
  })
  return rows.map(toRecord)
}

/** Everything in the live drafts of these accounts. */
export async function liveContents(db: Queryable, vault: Vault, accountIds: string[]): Promise<DraftContent[]> {
  const { rows } = await db.query<DraftRow>(`select ${columns} from draft where account_id = any($1) and status = 'live'`, [accountIds])
  return rows.map((row) => open(vault, row).content)
}

/** Inserts the draft unless a live one for this subject and bundle is there; answers whether it was inserted. */
export async function insertDraft(db: Queryable, vault: Vault, record: DraftRecord, content: DraftContent): Promise<boolean> {
  const { rowCount } = await db.query(
    `insert into draft (${columns}, status, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'live', $11)
     on conflict (subject_id, bundle_id) where status = 'live' do nothing`,
    [
      record.id,
      record.bundleId,
      record.accountId,
      record.subjectId,
      record.revision,
      record.version,
      record.step,
      vault.seal(JSON.stringify(content), contentContext(record.id)),
      record.filled,
      record.total,
      new Date(record.updatedAt),
      new Date(record.expiresAt),
      record.delegationId
    ]
  )
  return rowCount === 1
}

/** Writes the next version over `record.version - 1`; answers false when somebody else was first. */
export async function updateDraft(db: Queryable, vault: Vault, record: DraftRecord, content: DraftContent): Promise<boolean> {
  const { rowCount } = await db.query(
    `update draft set version = $2, step = $3, content_sealed = $4, filled = $5, total = $6, revision = $7, updated_at = $8, expires_at = $9
     where id = $1 and version = $2 - 1 and status = 'live'`,
    [
      record.id,
      record.version,
      record.step,
      vault.seal(JSON.stringify(content), contentContext(record.id)),
      record.filled,
      record.total,
      record.revision,
      new Date(record.updatedAt),
      new Date(record.expiresAt)
    ]
  )
  return rowCount === 1
}

/**
 * Ends a draft and answers what it held, or null when it was not live any more. What was filled in is erased with it; a submission
 * keeps its own signed copy.
 */
export async function endDraft(
  db: Queryable,
  vault: Vault,
  id: string,
  status: 'submitted' | 'discarded' | 'expired'
): Promise<OpenedDraft | null> {
  const { rows } = await db.query<DraftRow>(
    `with was as (select ${columns} from draft where id = $1 and status = 'live' for update),
          ended as (update draft set status = $2, content_sealed = '' where id in (select id from was))
     select * from was`,
    [id, status]
  )
  return rows[0] ? open(vault, rows[0]) : null
}

/** The live drafts that end before `until`, the first to end first. */
export async function draftsEndingBefore(db: Queryable, until: Date, limit: number): Promise<DraftRecord[]> {
  const { rows } = await db.query<DraftRow>(
    `select ${columns} from draft where status = 'live' and expires_at <= $1 order by expires_at, id limit $2`,
    [until, limit]
  )
  return rows.map(toRecord)
}
