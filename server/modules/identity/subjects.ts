import { maskName } from '../../../domain/identifier/mask'
import type { Queryable } from '../../db/pool'
import type { Acting, Deps } from '../../deps'
import type { Vault } from '../../vault/vault'

type Sealing = Pick<Deps, 'vault'>

/** A person or a company, in the clear: for the server's own use, never for the wire as it is. */
export interface SubjectRecord {
  id: string
  kind: 'natural_person' | 'legal_person'
  name: string
  /** 公民身份号码 or 统一社会信用代码; null for a newborn who has none yet. */
  idCode: string | null
  deceased: boolean
}

export interface NewSubject {
  kind: SubjectRecord['kind']
  name: string
  idCode: string | null
  /** The submission by which a newborn became known. */
  bornOfSubmission?: string
}

type Row = { id: string; kind: SubjectRecord['kind']; name_sealed: Buffer; id_code_sealed: Buffer | null; deceased: boolean }

/** The fingerprint by which a subject is found by its ID number or credit code. */
export function idCodeIndex(vault: Vault, idCode: string): Buffer {
  return vault.blindIndex(idCode.toUpperCase(), 'subject.id_code')
}

/** @throws when there is none: ids come from our own rows */
export async function readSubject(client: Queryable, { vault }: Sealing, id: string): Promise<SubjectRecord> {
  const { rows } = await client.query<Row>({
    name: 'subject',
    text: 'select id, kind, name_sealed, id_code_sealed, deceased from subject where id = $1',
    values: [id]
  })
  if (!rows[0]) throw new Error(`no subject ${id}`)
  return opened(rows[0], vault)
}

/** Finds a person or company by ID number or credit code, whether or not it has an account. */
export async function findSubject(client: Queryable, { vault }: Sealing, idCode: string): Promise<SubjectRecord | null> {
  const { rows } = await client.query<Row>('select id, kind, name_sealed, id_code_sealed, deceased from subject where id_code_index = $1', [
    idCodeIndex(vault, idCode)
  ])
  return rows[0] ? opened(rows[0], vault) : null
}

/** Records a subject, or renews the name of the one that has this ID code already. Runs in the caller's transaction. @returns its id */
export async function recordSubject(client: Queryable, deps: Pick<Deps, 'vault' | 'now' | 'newId'>, subject: NewSubject): Promise<string> {
  const { vault, now, newId } = deps
  const id = newId()
  const { kind, name, idCode, bornOfSubmission } = subject
  const inserted = await client.query(
    `insert into subject (id, kind, name_sealed, id_code_sealed, id_code_index, born_of_submission, created_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (id_code_index) do nothing`,
    [
      id,
      kind,
      sealName(vault, name, id),
      idCode === null ? null : sealIdCode(vault, idCode, id),
      idCode === null ? null : idCodeIndex(vault, idCode),
      bornOfSubmission ?? null,
      new Date(now())
    ]
  )
  if (inserted.rowCount || idCode === null) return id
  const known = await findSubject(client, deps, idCode)
  if (!known) throw new Error('a subject vanished while it was recorded')
  if (known.name !== name)
    await client.query('update subject set name_sealed = $2 where id = $1', [known.id, sealName(vault, name, known.id)])
  return known.id
}

/**
 * Gives a newborn the ID number that the registration of its hukou brought; the same again changes nothing. Runs in the caller's
 * transaction. @returns false, nothing being changed, when the number is somebody else's or the newborn has another one
 */
export async function giveIdCode(client: Queryable, { vault }: Sealing, subjectId: string, idCode: string): Promise<boolean> {
  const { rowCount } = await client.query(
    `update subject set id_code_sealed = $2, id_code_index = $3 where id = $1 and coalesce(id_code_index, $3) = $3
       and not exists (select 1 from subject other where other.id_code_index = $3 and other.id <> $1)`,
    [subjectId, sealIdCode(vault, idCode, subjectId), idCodeIndex(vault, idCode)]
  )
  return rowCount === 1
}

/** Lets an account act for a subject from now on, also again after the relation had ended. Runs in the caller's transaction. */
export async function relate(
  client: Queryable,
  { now }: Pick<Deps, 'now'>,
  accountId: string,
  subjectId: string,
  role: Acting['role']
): Promise<void> {
  await client.query(
    `insert into relation (account_id, subject_id, role, since) values ($1, $2, $3, $4)
     on conflict (account_id, subject_id) do update set role = excluded.role, until = null,
       since = case when relation.until is null then relation.since else excluded.since end`,
    [accountId, subjectId, role, new Date(now())]
  )
}

/**
 * Ends the account's relations of one role, but for the subjects that it still holds for and those related after `before`. Runs in the
 * caller's transaction.
 */
export async function endRelations(
  client: Queryable,
  { now }: Pick<Deps, 'now'>,
  which: { accountId: string; role: Acting['role']; except: string[]; before: number }
): Promise<void> {
  await client.query(
    'update relation set until = $5 where account_id = $1 and role = $2 and until is null and since < $4 and not subject_id = any($3)',
    [which.accountId, which.role, which.except, new Date(which.before), new Date(now())]
  )
}

/** Those for whom the account is guardian now, in the order in which they came. */
export async function wardsOf(client: Queryable, accountId: string): Promise<string[]> {
  const { rows } = await client.query<{ subject_id: string }>(
    "select subject_id from relation where account_id = $1 and role = 'guardian' and until is null order by since, subject_id",
    [accountId]
  )
  return rows.map(({ subject_id: id }) => id)
}

/** Whose account it is, also of a closed one. */
export async function ownerOf(client: Queryable, accountId: string): Promise<string> {
  const { rows } = await client.query<{ subject_id: string }>('select subject_id from account where id = $1', [accountId])
  if (!rows[0]) throw new Error(`no account ${accountId}`)
  return rows[0].subject_id
}

/** How others may read a name: a company's is public, a person's masked. */
export const shownName = ({ kind, name }: Pick<SubjectRecord, 'kind' | 'name'>): string => (kind === 'legal_person' ? name : maskName(name))

/** The living account of a subject; null when it has none. */
export async function accountOf(client: Queryable, subjectId: string): Promise<string | null> {
  const { rows } = await client.query<{ id: string }>('select id from account where subject_id = $1 and closed_at is null', [subjectId])
  return rows[0]?.id ?? null
}

/** Where messages reach the person outside the app; both null for a closed account. */
export async function readReachability(
  client: Queryable,
  { vault }: Sealing,
  accountId: string
): Promise<{ phone: string | null; openid: string | null }> {
  const { rows } = await client.query<{ phone_sealed: Buffer | null; openid_sealed: Buffer | null; openid_index: Buffer | null }>(
    `select a.phone_sealed, b.openid_sealed, b.openid_index from account a left join wechat_binding b on b.account_id = a.id
     where a.id = $1 and a.closed_at is null order by b.bound_at desc limit 1`,
    [accountId]
  )
  const { phone_sealed: phone, openid_sealed: openid, openid_index: index } = rows[0] ?? {}
  return {
    phone: phone ? vault.open(phone, `account.phone_sealed:${accountId}`) : null,
    openid: openid && index ? vault.open(openid, openidContext(index)) : null
  }
}

export function openidContext(index: Buffer): string {
  return `wechat_binding.openid_sealed:${index.toString('hex')}`
}

function sealName(vault: Vault, name: string, id: string): Buffer {
  return vault.seal(name, `subject.name_sealed:${id}`)
}

function sealIdCode(vault: Vault, idCode: string, id: string): Buffer {
  return vault.seal(idCode.toUpperCase(), `subject.id_code_sealed:${id}`)
}

function opened({ id, kind, name_sealed: name, id_code_sealed: idCode, deceased }: Row, vault: Vault): SubjectRecord {
  return {
    id,
    kind,
    name: vault.open(name, `subject.name_sealed:${id}`),
    idCode: idCode && vault.open(idCode, `subject.id_code_sealed:${id}`),
    deceased
  }
}
