import type { DraftFile } from '../../../contract/drafts'
import type { Queryable } from '../../db/pool'
import type { Vault } from '../../vault/vault'

/** A kept upload: its metadata with the name opened; the bytes lie in the file store under `storedAs`. */
export interface FileRecord {
  id: string
  accountId: string
  subjectId: string
  name: string
  mime: string
  bytes: number
  sha256: string
  storedAs: string
  uploadedAt: number
  kept: boolean
}

interface FileRow {
  id: string
  account_id: string
  subject_id: string
  name_sealed: Buffer
  mime: string
  bytes: number
  sha256: Buffer
  stored_as: string
  uploaded_at: Date
  kept_since: Date | null
}

const columns = 'id, account_id, subject_id, name_sealed, mime, bytes, sha256, stored_as, uploaded_at, kept_since'
const nameContext = (id: string) => `file.name:${id}`

const toRecord = (vault: Vault, row: FileRow): FileRecord => ({
  id: row.id,
  accountId: row.account_id,
  subjectId: row.subject_id,
  name: vault.open(row.name_sealed, nameContext(row.id)),
  mime: row.mime,
  bytes: row.bytes,
  sha256: row.sha256.toString('hex'),
  storedAs: row.stored_as,
  uploadedAt: row.uploaded_at.getTime(),
  kept: row.kept_since !== null
})

export const asDraftFile = ({ id, name, mime, bytes, uploadedAt }: FileRecord): DraftFile => ({
  id,
  name,
  mime,
  bytes,
  uploadedAt: new Date(uploadedAt).toISOString()
})

export async function insertFile(db: Queryable, vault: Vault, file: FileRecord): Promise<void> {
  await db.query(
    `insert into file (id, account_id, subject_id, name_sealed, mime, bytes, sha256, stored_as, uploaded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      file.id,
      file.accountId,
      file.subjectId,
      vault.seal(file.name, nameContext(file.id)),
      file.mime,
      file.bytes,
      Buffer.from(file.sha256, 'hex'),
      file.storedAs,
      new Date(file.uploadedAt)
    ]
  )
}

export async function filesById(db: Queryable, vault: Vault, ids: string[]): Promise<FileRecord[]> {
  const { rows } = await db.query<FileRow>(`select ${columns} from file where id = any($1) and removed_at is null`, [ids])
  return rows.map((row) => toRecord(vault, row))
}

/** Marks files as handed to a department, from then on they can't be removed; answers whether all were still there. */
export async function keep(db: Queryable, ids: string[], now: Date): Promise<boolean> {
  const { rowCount } = await db.query('update file set kept_since = coalesce(kept_since, $2) where id = any($1) and removed_at is null', [
    ids,
    now
  ])
  return rowCount === new Set(ids).size
}

/** Marks the file as gone unless it must be kept; answers where its bytes lie, or null when nothing was removed. */
export async function markRemoved(db: Queryable, id: string, now: Date): Promise<string | null> {
  const { rows } = await db.query<{ stored_as: string }>(
    'update file set removed_at = $2 where id = $1 and removed_at is null and kept_since is null returning stored_as',
    [id, now]
  )
  return rows[0]?.stored_as ?? null
}

/** The uploads from before that moment that no department has. */
export async function unkeptSince(db: Queryable, before: Date): Promise<Pick<FileRecord, 'id' | 'accountId'>[]> {
  const { rows } = await db.query<{ id: string; account_id: string }>(
    'select id, account_id from file where removed_at is null and kept_since is null and uploaded_at < $1',
    [before]
  )
  return rows.map(({ id, account_id: accountId }) => ({ id, accountId }))
}

/** Files marked as gone that are still on record. */
export async function removedFiles(db: Queryable, limit: number): Promise<Pick<FileRecord, 'id' | 'storedAs'>[]> {
  const { rows } = await db.query<{ id: string; stored_as: string }>(
    'select id, stored_as from file where removed_at is not null order by removed_at, id limit $1',
    [limit]
  )
  return rows.map(({ id, stored_as: storedAs }) => ({ id, storedAs }))
}

/** Strikes a removed file off the record, its name with it. */
export async function deleteRemoved(db: Queryable, id: string): Promise<void> {
  await db.query('delete from file where id = $1 and removed_at is not null', [id])
}
