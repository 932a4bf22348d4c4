import type { LibraryLicence } from '../../../contract/gateways/licence-library'
import type { Queryable } from '../../db/pool'
import type { Vault } from '../../vault/vault'

/** A licence as we last saw it at the library, its face opened. */
export interface StoredLicence {
  id: string
  subjectId: string
  type: string
  identifier: string | null
  version: number
  status: LibraryLicence['status']
  issuer: string
  issuedOn: string
  validTo: string | null
  face: Record<string, string>
  caseId: string | null
  seen: boolean
  /** When it was claimed, epoch ms; null: the library has it, its holder has not claimed it. */
  claimedAt: number | null
  /** When we last learnt of it, epoch ms. */
  recordedAt: number
  /** When the source last changed its status, epoch ms, and why; null when it never did, or did not say. */
  statusAt: number | null
  reason: string | null
  /** The issuer was asked to check a field of it and has not answered. */
  inRectification: boolean
}

interface LicenceRow {
  id: string
  subject_id: string
  type: string
  identifier: string | null
  version: number
  status: LibraryLicence['status']
  issuer: string
  issued_on: string
  valid_to: string | null
  face_sealed: Buffer
  case_id: string | null
  seen_at: Date | null
  claimed_at: Date | null
  recorded_at: Date
  status_at: Date | null
  reason_sealed: Buffer | null
  in_rectification: boolean
}

const columns = `id, subject_id, type, identifier, version, status, issuer, issued_on, valid_to, face_sealed, case_id, seen_at, claimed_at,
  recorded_at, status_at, reason_sealed,
  exists (select 1 from rectification r where r.licence_id = licence.id and r.answered_at is null) as in_rectification`
/** To what the sealed parts of a licence belong (vault). */
export const faceContext = (id: string) => `licence.face:${id}`
export const reasonContext = (id: string) => `licence.reason:${id}`

function toLicence(vault: Vault, row: LicenceRow): StoredLicence {
  return {
    id: row.id,
    subjectId: row.subject_id,
    type: row.type,
    identifier: row.identifier,
    version: row.version,
    status: row.status,
    issuer: row.issuer,
    issuedOn: row.issued_on,
    validTo: row.valid_to,
    face: JSON.parse(vault.open(row.face_sealed, faceContext(row.id))) as Record<string, string>,
    caseId: row.case_id,
    seen: row.seen_at !== null,
    claimedAt: row.claimed_at?.getTime() ?? null,
    recordedAt: row.recorded_at.getTime(),
    statusAt: row.status_at?.getTime() ?? null,
    reason: row.reason_sealed && vault.open(row.reason_sealed, reasonContext(row.id)),
    inRectification: row.in_rectification
  }
}

/** All that a subject has, the newest first; `types` narrows it. */
export async function licencesOf(db: Queryable, vault: Vault, subjectId: string, types?: string[]): Promise<StoredLicence[]> {
  const { rows } = await db.query<LicenceRow>({
    name: 'licences-of',
    text: `select ${columns} from licence where subject_id = $1 and ($2::text[] is null or type = any($2))
           order by issued_on desc, version desc, id`,
    values: [subjectId, types ?? null]
  })
  return rows.map((row) => toLicence(vault, row))
}

export async function licenceById(db: Queryable, vault: Vault, id: string): Promise<StoredLicence | null> {
  const { rows } = await db.query<LicenceRow>(`select ${columns} from licence where id = $1`, [id])
  return rows[0] ? toLicence(vault, rows[0]) : null
}

export async function markSeen(db: Queryable, id: string, now: Date): Promise<void> {
  await db.query('update licence set seen_at = $2 where id = $1 and seen_at is null', [id, now])
}

/** Marks as claimed what of these is not yet; answers which those were. */
export async function claim(db: Queryable, ids: string[], now: Date): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    'update licence set claimed_at = $2 where id = any($1) and claimed_at is null returning id',
    [ids, now]
  )
  return rows.map(({ id }) => id)
}

/** Which matter the case that issued a licence was about. */
export async function caseOf(db: Queryable, caseId: string): Promise<string | null> {
  const { rows } = await db.query<{ matter_id: string }>('select matter_id from case_file where id = $1', [caseId])
  return rows[0]?.matter_id ?? null
}
