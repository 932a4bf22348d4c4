import type { Presentation, Verification } from '../../../contract/presentations'
import type { Queryable } from '../../db/pool'
import type { Vault } from '../../vault/vault'
import { indexesOf } from './tokens'

/** What is kept of a PDF: its content masked, and the fingerprint of the certificate that signed it, in hex. */
export interface PdfContent {
  shown: Presentation['shown']
  purpose: string
  certificate: string
}

/** A PDF that was given out. */
export interface IssuedPdf {
  id: string
  licenceId: string
  subjectId: string
  type: string
  issuedAt: number
  content: PdfContent
}

const contentContext = (id: string) => `licence_pdf.content_sealed:${id}`

export async function insertPdf(
  db: Queryable,
  vault: Vault,
  pdf: { id: string; code: string; fileHash: Buffer; licenceId: string; content: PdfContent; now: Date }
): Promise<void> {
  await db.query(
    'insert into licence_pdf (id, code_index, file_hash, licence_id, content_sealed, issued_at) values ($1, $2, $3, $4, $5, $6)',
    [
      pdf.id,
      indexesOf(vault, pdf.code).pdf,
      pdf.fileHash,
      pdf.licenceId,
      vault.seal(JSON.stringify(pdf.content), contentContext(pdf.id)),
      pdf.now
    ]
  )
}

export const pdfByCode = (db: Queryable, vault: Vault, text: string): Promise<IssuedPdf | null> =>
  find(db, vault, 'code_index', indexesOf(vault, text).pdf)

export const pdfByFile = (db: Queryable, vault: Vault, hash: Buffer): Promise<IssuedPdf | null> => find(db, vault, 'file_hash', hash)

async function find(db: Queryable, vault: Vault, column: 'code_index' | 'file_hash', value: Buffer): Promise<IssuedPdf | null> {
  const { rows } = await db.query<{
    id: string
    licence_id: string
    subject_id: string
    type: string
    content_sealed: Buffer
    issued_at: Date
  }>(
    `select p.id, p.licence_id, l.subject_id, l.type, p.content_sealed, p.issued_at
     from licence_pdf p join licence l on l.id = p.licence_id where p.${column} = $1`,
    [value]
  )
  const row = rows[0]
  if (!row) return null
  return {
    id: row.id,
    licenceId: row.licence_id,
    subjectId: row.subject_id,
    type: row.type,
    issuedAt: row.issued_at.getTime(),
    content: JSON.parse(vault.open(row.content_sealed, contentContext(row.id))) as PdfContent
  }
}

/** Marks that this finding about a PDF goes into the traces now; false when the same did within the hour. */
export async function markTraced(db: Queryable, id: string, result: Verification['result'], now: Date): Promise<boolean> {
  const { rowCount } = await db.query(
    `update licence_pdf set traced_at = $3, traced_result = $2
     where id = $1 and (traced_at is null or traced_at <= $3::timestamptz - interval '1 hour' or traced_result <> $2)`,
    [id, result, now]
  )
  return rowCount === 1
}
