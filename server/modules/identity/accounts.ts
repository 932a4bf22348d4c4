import type { Static } from 'typebox'
import type { ConsentKind, Me } from '../../../contract/identity'
import { maskIdNumber, maskName, maskPhone } from '../../../domain/identifier/mask'
import { dayOf } from '../../../domain/time'
import { FRESH_MS } from '../../access'
import type { Queryable } from '../../db/pool'
import type { Acting, Deps } from '../../deps'
import type { IdentityClaims } from '../../gateways/ports'
import { countUnread } from '../message/service'
import { notice } from './notice'
import { lockAccounts, lockSubjects } from './locking'
import { accountOf, findSubject, recordSubject, readSubject, relate, type SubjectRecord } from './subjects'

type Kind = Static<typeof ConsentKind>

/** The account of whoever signed in, made at the first time; name, phone and level renewed at each. Runs in the caller's transaction. */
export async function accountFor(client: Queryable, deps: Deps, claims: IdentityClaims): Promise<string> {
  // An account that is being closed is waited for, and is then not the one.
  const person = await findSubject(client, deps, claims.idNumber)
  const living = person && (await accountOf(client, person.id))
  if (living) await lockAccounts(client, [living])
  const subjectId = await recordSubject(client, deps, { kind: 'natural_person', name: claims.name, idCode: claims.idNumber })
  // Two devices signing in for the first time at once must meet in one account.
  await lockSubjects(client, [subjectId])
  const known = await accountOf(client, subjectId)
  const id = known ?? deps.newId()
  const phone = claims.phone === null ? null : deps.vault.seal(claims.phone, `account.phone_sealed:${id}`)
  await client.query(
    `insert into account (id, subject_id, real_name_level, phone_sealed, created_at) values ($1, $2, $3, $4, $5)
     on conflict (id) do update set real_name_level = excluded.real_name_level, phone_sealed = excluded.phone_sealed`,
    [id, subjectId, claims.realNameLevel, phone, new Date(deps.now())]
  )
  if (!known) await relate(client, deps, id, subjectId, 'self')
  return id
}

/** Whether the person who just confirmed at the identity provider is the one whose session it is. */
export async function isSamePerson(client: Queryable, deps: Deps, sessionId: string, idNumber: string): Promise<boolean> {
  const { rows } = await client.query<{ subject_id: string }>(
    'select a.subject_id from session s join account a on a.id = s.account_id where s.id = $1 and s.ended_at is null',
    [sessionId]
  )
  if (!rows[0]) return false
  const { idCode } = await readSubject(client, deps, rows[0].subject_id)
  return idCode === idNumber.toUpperCase()
}

/** Whether the account has agreed to the privacy notice in force: before that nobody is asked about the person. */
export async function hasAgreed(client: Queryable, accountId: string): Promise<boolean> {
  const { rowCount } = await client.query(
    "select 1 from consent where account_id = $1 and kind = 'privacy' and version = $2 and withdrawn_at is null",
    [accountId, notice.version]
  )
  return rowCount === 1
}

/** Which consents to the notice in force the account has given and not taken back. */
export async function consentsInForce(client: Queryable, accountId: string): Promise<Kind[]> {
  const { rows } = await client.query<{ kind: Kind }>({
    name: 'consents-in-force',
    text: 'select kind from consent where account_id = $1 and version = $2 and withdrawn_at is null',
    values: [accountId, notice.version]
  })
  return rows.map(({ kind }) => kind)
}

/** Records consents to the notice in force; giving one again changes nothing. */
export async function giveConsents(client: Queryable, { now }: Deps, accountId: string, kinds: Kind[]): Promise<void> {
  await client.query(
    `insert into consent (account_id, kind, version, given_at) select $1, kind, $3, $4 from unnest($2::text[]) as kind
     on conflict (account_id, kind, version) do update set given_at = excluded.given_at, withdrawn_at = null
     where consent.withdrawn_at is not null`,
    [accountId, kinds, notice.version, new Date(now())]
  )
}

/** Withdraws consents from now on (个保法第 15 条); what was done before stays done. */
export async function withdrawConsents(client: Queryable, { now }: Deps, accountId: string, kinds: Kind[]): Promise<void> {
  await client.query('update consent set withdrawn_at = $3 where account_id = $1 and kind = any($2) and withdrawn_at is null', [
    accountId,
    kinds,
    new Date(now())
  ])
}

type AccountRow = { real_name_level: number; phone_sealed: Buffer | null; bound: boolean }

/** What the signed-in person sees about themselves, masked. */
export async function readMe(client: Queryable, deps: Deps, { accountId, selfId, sessionId }: Acting): Promise<Static<typeof Me>> {
  const self = await readSubject(client, deps, selfId)
  const account = await one<AccountRow>(
    client,
    `select real_name_level, phone_sealed, exists (select 1 from wechat_binding b where b.account_id = a.id) as bound
     from account a where a.id = $1`,
    [accountId]
  )
  const session = await one<{ reauthenticated_at: Date | null }>(client, 'select reauthenticated_at from session where id = $1', [
    sessionId
  ])
  const idNumber = self.idCode ?? ''
  const freshUntil = (session.reauthenticated_at?.getTime() ?? 0) + FRESH_MS
  return {
    accountId,
    maskedName: maskName(self.name),
    maskedIdNumber: maskIdNumber(idNumber),
    maskedPhone: account.phone_sealed && maskPhone(deps.vault.open(account.phone_sealed, `account.phone_sealed:${accountId}`)),
    noticeVersion: notice.version,
    realNameLevel: account.real_name_level,
    age: ageOf(idNumber, dayOf(deps.now())),
    subjects: await readSubjects(client, deps, accountId),
    consents: await readConsents(client, accountId),
    reauthenticatedUntil: freshUntil > deps.now() ? new Date(freshUntil).toISOString() : null,
    unreadMessages: await countUnread(client, accountId),
    wechatBound: account.bound
  }
}

async function readSubjects(client: Queryable, deps: Deps, accountId: string): Promise<Static<typeof Me>['subjects']> {
  const { rows } = await client.query<{ subject_id: string; role: Acting['role']; id: string | null; until: Date | null }>(
    `select r.subject_id, r.role, d.id, d.until from relation r
     left join delegation d on d.delegate_id = r.account_id and d.subject_id = r.subject_id and d.role = r.role and d.ended_at is null
     where r.account_id = $1 and r.until is null and (r.role not in ('proxy', 'operator') or d.until > $2)
     order by r.role <> 'self', r.since, r.subject_id`,
    [accountId, new Date(deps.now())]
  )
  const subjects: Static<typeof Me>['subjects'] = []
  for (const { subject_id: subjectId, role, id, until } of rows) {
    const delegation = id && until ? { delegation: { id, until: until.toISOString() } } : {}
    subjects.push({ role, ...masked(await readSubject(client, deps, subjectId)), ...delegation })
  }
  return subjects
}

/** A company's name and credit code are public; a person's are not. */
function masked({ id, kind, name, idCode }: SubjectRecord): Omit<Static<typeof Me>['subjects'][number], 'role'> {
  if (kind === 'legal_person') return { id, kind, maskedName: name, maskedIdCode: idCode }
  return { id, kind, maskedName: maskName(name), maskedIdCode: idCode && maskIdNumber(idCode) }
}

async function readConsents(client: Queryable, accountId: string): Promise<Static<typeof Me>['consents']> {
  const { rows } = await client.query<{ kind: Kind; version: string; given_at: Date }>(
    'select kind, version, given_at from consent where account_id = $1 and withdrawn_at is null order by given_at, kind',
    [accountId]
  )
  return rows.map(({ kind, version, given_at: givenAt }) => ({ kind, version, givenAt: givenAt.toISOString() }))
}

/** Whole years on that day, from the birth date in the ID number (GB 11643, digits 7 to 14). */
function ageOf(idNumber: string, today: string): number {
  const birth = `${idNumber.slice(6, 10)}-${idNumber.slice(10, 12)}-${idNumber.slice(12, 14)}`
  const hadBirthday = today.slice(5) >= birth.slice(5)
  return Number(today.slice(0, 4)) - Number(birth.slice(0, 4)) - (hadBirthday ? 0 : 1)
}

async function one<T extends object>(client: Queryable, text: string, values: unknown[]): Promise<T> {
  const { rows } = await client.query<T>(text, values)
  if (!rows[0]) throw new Error('a row that the session refers to is gone')
  return rows[0]
}
