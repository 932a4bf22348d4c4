import type { LibraryLicence } from '../../../contract/gateways/licence-library'
import { checkLicenceIdentifier } from '../../../domain/identifier/licence-identifier'
import { dayOf } from '../../../domain/time'
import type { Queryable } from '../../db/pool'
import type { Vault } from '../../vault/vault'
import { faceContext, reasonContext } from './repository'

/**
 * Writes one licence under (subject, type, identifier, version); its older versions, whose identifiers are the same up to the
 * version, become `changed`. One that a case issued counts as claimed, and so does the next version of a claimed one. Answers its id.
 */
export async function putLicence(
  db: Queryable,
  vault: Vault,
  input: { id: string; subjectId: string; licence: LibraryLicence; caseId: string | null; now: Date }
): Promise<{ id: string; isNew: boolean }> {
  const { subjectId, licence, now } = input
  const checked = checkLicenceIdentifier(licence.identifier)
  if (!checked.ok) throw new Error(`a licence was to be kept under a wrong identifier: ${checked.code}`)
  const key = [subjectId, licence.type, licence.identifier, licence.version]
  const existing = await db.query<{ id: string }>(
    'select id from licence where subject_id = $1 and type = $2 and identifier = $3 and version = $4',
    key
  )
  const id = existing.rows[0]?.id ?? input.id
  const { stem } = checked
  const sealed = vault.seal(JSON.stringify(licence.face), faceContext(id))
  const written = await db.query<{ id: string }>(
    `insert into licence (subject_id, type, identifier, version, id, status, issuer, issued_on, valid_to, face_sealed, case_id,
       recorded_at, claimed_at, expiry_told_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,
       case when $11::uuid is not null or exists (select 1 from licence older where older.subject_id = $1 and older.type = $2
         and starts_with(older.identifier, $14) and older.claimed_at is not null) then $12::timestamptz end,
       case when $9::date < $13::date then $12::timestamptz end)
     on conflict (subject_id, type, identifier, version) do update set status = excluded.status, valid_to = excluded.valid_to,
       face_sealed = excluded.face_sealed, case_id = coalesce(licence.case_id, excluded.case_id), recorded_at = excluded.recorded_at,
       claimed_at = coalesce(licence.claimed_at, excluded.claimed_at),
       expiry_told_at = case when licence.valid_to is distinct from excluded.valid_to then excluded.expiry_told_at
         else licence.expiry_told_at end
     where licence.id = excluded.id
     returning id`,
    [
      ...key,
      id,
      licence.status,
      licence.issuer,
      licence.issuedOn,
      licence.validTo,
      sealed,
      input.caseId,
      now,
      dayOf(now.getTime()),
      stem
    ]
  )
  // Somebody else wrote the same licence between the two statements: theirs stands.
  if (!written.rows[0]) return putLicence(db, vault, input)
  await db.query(
    `update licence set status = 'changed' where subject_id = $1 and type = $2 and starts_with(identifier, $3) and status = 'valid'
       and version < (select max(version) from licence newer
         where newer.subject_id = $1 and newer.type = $2 and starts_with(newer.identifier, $3))`,
    [subjectId, licence.type, stem]
  )
  return { id, isNew: existing.rows.length === 0 }
}

/**
 * Takes note of what the library no longer lists of these types: a newer one of the type took its place, or there is none any more.
 * What a department issued here stays, until the library lists it.
 */
export async function markUnlisted(db: Queryable, subjectId: string, types: string[], listed: LibraryLicence[]): Promise<void> {
  await db.query(
    `update licence set status = case when exists
         (select 1 from licence newer where newer.subject_id = $1 and newer.type = licence.type and newer.identifier = any($3)
            and newer.version > licence.version) then 'changed' else 'cancelled' end
     where subject_id = $1 and type = any($2) and case_id is null and status in ('valid', 'suspended')
       and not exists (select 1 from unnest($3::text[], $4::int[]) as listed (identifier, version)
         where listed.identifier is not distinct from licence.identifier and listed.version = licence.version)`,
    [subjectId, types, listed.map(({ identifier }) => identifier), listed.map(({ version }) => version)]
  )
}

/** When and why the source changed the state of a licence. */
export async function putCause(
  db: Queryable,
  vault: Vault,
  id: string,
  { at, reason }: { at: number; reason: string | null }
): Promise<void> {
  const sealed = reason === null ? null : vault.seal(reason, reasonContext(id))
  await db.query('update licence set status_at = $2, reason_sealed = $3 where id = $1', [id, new Date(at), sealed])
}
