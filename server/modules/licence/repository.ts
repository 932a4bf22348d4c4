import type { LibraryLicence, ShareReply } from '../../../contract/gateways/licence-library'
import { checkLicenceIdentifier } from '../../../domain/identifier/licence-identifier'
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
}

const columns = 'id, subject_id, type, identifier, version, status, issuer, issued_on, valid_to, face_sealed, case_id, seen_at'
const faceContext = (id: string) => `licence.face:${id}`
const dataContext = (subjectId: string, source: string) => `source_fetch.data:${subjectId}:${source}`

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
    seen: row.seen_at !== null
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

/**
 * Writes one licence under (subject, type, identifier, version); its older versions, whose identifiers are the same up to the
 * version, become `changed`. Answers its id.
 */
export async function putLicence(
  db: Queryable,
  vault: Vault,
  input: { id: string; subjectId: string; licence: LibraryLicence; caseId: string | null; now: Date }
): Promise<{ id: string; isNew: boolean }> {
  const { subjectId, licence } = input
  const key = [subjectId, licence.type, licence.identifier, licence.version]
  const existing = await db.query<{ id: string }>(
    'select id from licence where subject_id = $1 and type = $2 and identifier = $3 and version = $4',
    key
  )
  const id = existing.rows[0]?.id ?? input.id
  const sealed = vault.seal(JSON.stringify(licence.face), faceContext(id))
  const written = await db.query<{ id: string }>(
    `insert into licence (subject_id, type, identifier, version, id, status, issuer, issued_on, valid_to, face_sealed, case_id, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     on conflict (subject_id, type, identifier, version) do update set status = excluded.status, valid_to = excluded.valid_to,
       face_sealed = excluded.face_sealed, case_id = coalesce(licence.case_id, excluded.case_id), recorded_at = excluded.recorded_at
     where licence.id = excluded.id
     returning id`,
    [...key, id, licence.status, licence.issuer, licence.issuedOn, licence.validTo, sealed, input.caseId, input.now]
  )
  // Somebody else wrote the same licence between the two statements: theirs stands.
  if (!written.rows[0]) return putLicence(db, vault, input)
  await db.query(
    `update licence set status = 'changed' where subject_id = $1 and type = $2 and starts_with(identifier, $3) and status = 'valid'
       and version < (select max(version) from licence newer
         where newer.subject_id = $1 and newer.type = $2 and starts_with(newer.identifier, $3))`,
    [subjectId, licence.type, stemOf(licence.identifier)]
  )
  return { id, isNew: existing.rows.length === 0 }
}

function stemOf(identifier: string): string {
  const checked = checkLicenceIdentifier(identifier)
  if (!checked.ok) throw new Error(`a licence was to be kept under a wrong identifier: ${checked.code}`)
  return checked.stem
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

export async function markSeen(db: Queryable, id: string, now: Date): Promise<void> {
  await db.query('update licence set seen_at = $2 where id = $1 and seen_at is null', [id, now])
}

/** When each source was last asked about the subject. */
export async function fetchedAt(db: Queryable, subjectId: string, sources: string[]): Promise<Map<string, number>> {
  const { rows } = await db.query<{ source: string; fetched_at: Date }>({
    name: 'source-fetched-at',
    text: 'select source, fetched_at from source_fetch where subject_id = $1 and source = any($2)',
    values: [subjectId, sources]
  })
  return new Map(rows.map((row) => [row.source, row.fetched_at.getTime()]))
}

/** What was wrong with what each of these sources last gave of the subject; those that gave nothing wrong are not in it. */
export async function flawsOf(db: Queryable, subjectId: string, sources: string[]): Promise<Map<string, string>> {
  const { rows } = await db.query<{ source: string; flaw: string }>(
    'select source, flaw from source_fetch where subject_id = $1 and source = any($2) and flaw is not null',
    [subjectId, sources]
  )
  return new Map(rows.map(({ source, flaw }) => [source, flaw]))
}

export async function putFetches(
  db: Queryable,
  subjectId: string,
  sources: { source: string; found: boolean; flaw: string | null }[],
  now: Date
): Promise<void> {
  await db.query(
    `insert into source_fetch (subject_id, source, found, flaw, fetched_at)
     select $1, source, found, flaw, $5 from unnest($2::text[], $3::boolean[], $4::text[]) as fetched (source, found, flaw)
     on conflict (subject_id, source) do update set found = excluded.found, flaw = excluded.flaw, fetched_at = excluded.fetched_at`,
    [subjectId, sources.map(({ source }) => source), sources.map(({ found }) => found), sources.map(({ flaw }) => flaw), now]
  )
}

export async function shareOf(
  db: Queryable,
  vault: Vault,
  subjectId: string,
  source: string
): Promise<(ShareReply & { fetchedAt: number }) | null> {
  const { rows } = await db.query<{ found: boolean; data_sealed: Buffer | null; as_of: string | null; fetched_at: Date }>(
    'select found, data_sealed, as_of, fetched_at from source_fetch where subject_id = $1 and source = $2',
    [subjectId, source]
  )
  const row = rows[0]
  if (!row) return null
  const data = row.data_sealed ? (JSON.parse(vault.open(row.data_sealed, dataContext(subjectId, source))) as ShareReply['data']) : {}
  return { found: row.found, data, asOf: row.as_of, fetchedAt: row.fetched_at.getTime() }
}

export async function putShare(
  db: Queryable,
  vault: Vault,
  input: { subjectId: string; source: string; reply: ShareReply; now: Date }
): Promise<void> {
  const sealed = vault.seal(JSON.stringify(input.reply.data), dataContext(input.subjectId, input.source))
  await db.query(
    `insert into source_fetch (subject_id, source, found, data_sealed, as_of, fetched_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (subject_id, source) do update set found = excluded.found, data_sealed = excluded.data_sealed,
       as_of = excluded.as_of, fetched_at = excluded.fetched_at`,
    [input.subjectId, input.source, input.reply.found, sealed, input.reply.asOf, input.now]
  )
}

/** Which matter the case that issued a licence was about. */
export async function caseOf(db: Queryable, caseId: string): Promise<string | null> {
  const { rows } = await db.query<{ matter_id: string }>('select matter_id from case_file where id = $1', [caseId])
  return rows[0]?.matter_id ?? null
}
