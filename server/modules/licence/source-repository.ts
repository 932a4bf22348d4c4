import type { ShareReply } from '../../../contract/gateways/licence-library'
import type { Queryable } from '../../db/pool'
import type { Vault } from '../../vault/vault'

const dataContext = (subjectId: string, source: string) => `source_fetch.data:${subjectId}:${source}`

/** When each source was last asked about the subject. */
export async function fetchedAt(db: Queryable, subjectId: string, sources: string[]): Promise<Map<string, number>> {
  const { rows } = await db.query<{ source: string; fetched_at: Date }>({
    name: 'source-fetched-at',
    text: 'select source, fetched_at from source_fetch where subject_id = $1 and source = any($2)',
    values: [subjectId, sources]
  })
  return new Map(rows.map((row) => [row.source, row.fetched_at.getTime()]))
}

/**
 * What is known of a subject's licences by type, as a text that is another one after whatever was learnt of it: by asking or by being
 * told, also where it only confirmed what was known.
 */
export async function knownOf(db: Queryable, subjectId: string, types: string[]): Promise<Map<string, string>> {
  const { rows } = await db.query<{ type: string; known: string }>({
    name: 'licence-types-known',
    text: `select asked.type, concat_ws('|',
             (select fetched_at from source_fetch where subject_id = $1 and source = 'licence:' || asked.type),
             (select string_agg(concat_ws(',', id, status, recorded_at, status_at), ';' order by id) from licence
              where subject_id = $1 and licence.type = asked.type)) as known
           from unnest($2::text[]) as asked (type)`,
    values: [subjectId, types]
  })
  return new Map(rows.map((row) => [row.type, row.known]))
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
