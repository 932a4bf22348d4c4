import type { Acting, Deps } from '../../deps'
import type { Queryable } from '../../db/pool'
import type { Vault } from '../../vault/vault'

/** A natural or legal person as we know it, in clear: for sending on and for masking, never for logs. */
export interface SubjectRecord {
  id: string
  kind: 'natural_person' | 'legal_person'
  name: string
  /** ID number or unified social credit code; null for a newborn that has none yet. */
  idCode: string | null
}

interface SubjectRow { id: string; kind: SubjectRecord['kind']; name_sealed: Buffer; id_code_sealed: Buffer | null }

const nameContext = (id: string) => `subject.name:${id}`
const idCodeContext = (id: string) => `subject.id_code:${id}`
/** Purpose of the blind index under which a subject is found by its ID number or credit code. */
export const idCodePurpose = 'subject.id_code'

const toSubject = (vault: Vault, row: SubjectRow): SubjectRecord => ({
  id: row.id, kind: row.kind, name: vault.open(row.name_sealed, nameContext(row.id)),
  idCode: row.id_code_sealed && vault.open(row.id_code_sealed, idCodeContext(row.id)),
})

/** @throws when there is no such subject: ids come from our own rows */
export async function subjectById(db: Queryable, vault: Vault, id: string): Promise<SubjectRecord> {
  const { rows } = await db.query<SubjectRow>({ name: 'subject-by-id', text: 'select id, kind, name_sealed, id_code_sealed from subject where id = $1', values: [id] })
  if (!rows[0]) throw new Error(`no subject ${id}`)
  return toSubject(vault, rows[0])
}

export async function subjectByIdCode(db: Queryable, vault: Vault, idCode: string): Promise<SubjectRecord | null> {
  const { rows } = await db.query<SubjectRow>('select id, kind, name_sealed, id_code_sealed from subject where id_code_index = $1', [vault.blindIndex(idCode, idCodePurpose)])
  return rows[0] ? toSubject(vault, rows[0]) : null
}

/** Writes a subject; one with the same ID number or credit code is taken instead, so that nobody exists twice. Answers its id. */
export async function putSubject(
  db: Queryable, { vault, now, newId }: Pick<Deps, 'vault' | 'now' | 'newId'>, input: { kind: SubjectRecord['kind']; name: string; idCode: string | null; bornOfSubmission?: string },
): Promise<string> {
  const id = newId()
  const { rows } = await db.query<{ id: string }>(
    `insert into subject (id, kind, name_sealed, id_code_sealed, id_code_index, born_of_submission, created_at) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (id_code_index) do nothing returning id`,
    [
      id, input.kind, vault.seal(input.name, nameContext(id)), input.idCode && vault.seal(input.idCode, idCodeContext(id)),
      input.idCode && vault.blindIndex(input.idCode, idCodePurpose), input.bornOfSubmission ?? null, new Date(now()),
    ])
  if (rows[0]) return rows[0].id
  const existing = input.idCode && await subjectByIdCode(db, vault, input.idCode)
  if (!existing) throw new Error('a subject was refused and is not there')
  return existing.id
}

/** Gives a newborn the ID number from its first household registration; once given it is never changed here. */
export async function giveIdCode(db: Queryable, vault: Vault, id: string, idCode: string): Promise<void> {
  await db.query(
    'update subject set id_code_sealed = $2, id_code_index = $3 where id = $1 and id_code_index is null',
    [id, vault.seal(idCode, idCodeContext(id)), vault.blindIndex(idCode, idCodePurpose)])
}

/** Lets an account act for a subject from now on. */
export async function relate(db: Queryable, { now }: Pick<Deps, 'now'>, accountId: string, subjectId: string, role: Acting['role']): Promise<void> {
  await db.query(
    `insert into relation (account_id, subject_id, role, since) values ($1, $2, $3, $4)
     on conflict (account_id, subject_id) do update set role = excluded.role, until = null where relation.until is not null`,
    [accountId, subjectId, role, new Date(now())])
}
