import type { InvitationStatus } from '../../../contract/invitations'
import type { Queryable } from '../../db/pool'
import type { Vault } from '../../vault/vault'

/** What one material asks its holder to release: these fields of this licence. */
export interface Release {
  materialId: string
  licenceType: string
  fields: string[]
  /** For how long a grant may be used. */
  validDays: number
}

/** The released fields as they stood when the holder agreed. */
export interface ReleasedLicence extends Release {
  identifier: string | null
  version: number
  issuer: string
  validTo: string | null
  face: Record<string, string>
}

export interface InvitationRecord {
  id: string
  draftId: string
  accountId: string
  subjectId: string
  holderName: string
  holderIdCode: string
  materialIds: string[]
  purpose: string
  releases: Release[]
  status: InvitationStatus
  sentAt: number
  expiresAt: number
  answeredAt: number | null
  validUntil: number | null
  released: ReleasedLicence[]
}

interface InvitationRow {
  id: string
  draft_id: string
  account_id: string
  subject_id: string
  holder_name_sealed: Buffer
  holder_id_code_sealed: Buffer
  material_ids: string[]
  purpose: string
  releases: Release[]
  status: InvitationStatus
  sent_at: Date
  expires_at: Date
  answered_at: Date | null
  valid_until: Date | null
  released_sealed: Buffer | null
}

const columns = `id, draft_id, account_id, subject_id, holder_name_sealed, holder_id_code_sealed, material_ids, purpose, releases, status,
  sent_at, expires_at, answered_at, valid_until, released_sealed`
const nameContext = (id: string) => `invitation.holder_name:${id}`
const idCodeContext = (id: string) => `invitation.holder_id_code:${id}`
const releasedContext = (id: string) => `invitation.released:${id}`
const holderIndex = (vault: Vault, idCode: string) => vault.blindIndex(idCode, 'invitation.holder')

const toRecord = (vault: Vault, row: InvitationRow): InvitationRecord => ({
  id: row.id,
  draftId: row.draft_id,
  accountId: row.account_id,
  subjectId: row.subject_id,
  holderName: vault.open(row.holder_name_sealed, nameContext(row.id)),
  holderIdCode: vault.open(row.holder_id_code_sealed, idCodeContext(row.id)),
  materialIds: row.material_ids,
  purpose: row.purpose,
  releases: row.releases,
  status: row.status,
  sentAt: row.sent_at.getTime(),
  expiresAt: row.expires_at.getTime(),
  answeredAt: row.answered_at?.getTime() ?? null,
  validUntil: row.valid_until?.getTime() ?? null,
  released: row.released_sealed ? (JSON.parse(vault.open(row.released_sealed, releasedContext(row.id))) as ReleasedLicence[]) : []
})

export async function insertInvitation(db: Queryable, vault: Vault, record: InvitationRecord): Promise<void> {
  await db.query(
    `insert into invitation (id, draft_id, account_id, subject_id, holder_name_sealed, holder_id_code_sealed, holder_index, material_ids,
       purpose, releases, status, sent_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      record.id,
      record.draftId,
      record.accountId,
      record.subjectId,
      vault.seal(record.holderName, nameContext(record.id)),
      vault.seal(record.holderIdCode, idCodeContext(record.id)),
      holderIndex(vault, record.holderIdCode),
      record.materialIds,
      record.purpose,
      JSON.stringify(record.releases),
      record.status,
      new Date(record.sentAt),
      new Date(record.expiresAt)
    ]
  )
}

export async function invitationById(db: Queryable, vault: Vault, id: string, lock = false): Promise<InvitationRecord | null> {
  const { rows } = await db.query<InvitationRow>(`select ${columns} from invitation where id = $1 ${lock ? 'for update' : ''}`, [id])
  return rows[0] ? toRecord(vault, rows[0]) : null
}

/** What was asked of the person with this ID number, latest first. */
export async function invitationsFor(db: Queryable, vault: Vault, idCode: string): Promise<InvitationRecord[]> {
  const { rows } = await db.query<InvitationRow>({
    name: 'invitations-for',
    text: `select ${columns} from invitation where holder_index = $1 and status <> 'cancelled' order by sent_at desc, id`,
    values: [holderIndex(vault, idCode)]
  })
  return rows.map((row) => toRecord(vault, row))
}

/** What this account has asked of others on behalf of this subject, latest first. */
export async function invitationsBy(db: Queryable, vault: Vault, accountId: string, subjectId: string): Promise<InvitationRecord[]> {
  const { rows } = await db.query<InvitationRow>(
    `select ${columns} from invitation where account_id = $1 and subject_id = $2 order by sent_at desc, id`,
    [accountId, subjectId]
  )
  return rows.map((row) => toRecord(vault, row))
}

export async function invitationsOfDraft(db: Queryable, vault: Vault, draftId: string): Promise<InvitationRecord[]> {
  const { rows } = await db.query<InvitationRow>(
    `select ${columns} from invitation where draft_id = $1 and status <> 'cancelled' order by sent_at desc, id`,
    [draftId]
  )
  return rows.map((row) => toRecord(vault, row))
}

/** Writes an answer or an end; the snapshot is kept with a grant and erased with anything else. */
export async function settleInvitation(
  db: Queryable,
  vault: Vault,
  id: string,
  outcome: { status: InvitationStatus; answeredAt: number; validUntil: number | null; released: ReleasedLicence[] }
): Promise<void> {
  const sealed = outcome.status === 'granted' ? vault.seal(JSON.stringify(outcome.released), releasedContext(id)) : null
  await db.query('update invitation set status = $2, answered_at = $3, valid_until = $4, released_sealed = $5 where id = $1', [
    id,
    outcome.status,
    new Date(outcome.answeredAt),
    outcome.validUntil === null ? null : new Date(outcome.validUntil),
    sealed
  ])
}

/** Erases what was released for a time that is over. */
export async function eraseLapsed(db: Queryable, now: Date): Promise<void> {
  await db.query('update invitation set released_sealed = null where released_sealed is not null and valid_until <= $1', [now])
}

/** Takes back the invitations of a draft, all or the pending ones, and erases what those had released. */
export async function cancelInvitations(db: Queryable, draftId: string, which: 'all' | 'pending'): Promise<void> {
  await db.query(
    `update invitation set status = 'cancelled', released_sealed = null
     where draft_id = $1 and ($2 = 'all' or status = 'pending')`,
    [draftId, which]
  )
}
