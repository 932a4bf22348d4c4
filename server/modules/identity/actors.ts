import type { Queryable } from '../../db/pool'
import type { Acting } from '../../deps'

/** Something that an account began for a subject: a draft, a submission. */
interface Begun {
  accountId: string
  subjectId: string
  bundleId: string
  /** The delegation by which it was begun; null: by nobody's. */
  delegationId: string | null
}

/**
 * SQL: whether the account of the relation `r` may see and go on with something begun, given the SQL of its four columns. A delegate: what
 * it began itself, while the delegation covers the bundle. Who represents a company: all of the company's. A person: what was begun for
 * them by delegation, and what they began themselves while they may act for whom it is about.
 */
export const mayGoOn = (begun: Record<keyof Begun, string>): string =>
  `r.subject_id = ${begun.subjectId} and r.until is null and case when r.role in ('proxy', 'operator')
     then r.account_id = ${begun.accountId} and exists
       (select 1 from delegation d where d.delegate_id = r.account_id and d.subject_id = r.subject_id and d.role = r.role
          and d.ended_at is null and ${begun.bundleId} = any(d.bundles))
     else r.account_id = ${begun.accountId} or r.role = 'legalRepresentative'
       or (r.role = 'self' and ${begun.delegationId} is not null) end`

/**
 * The accounts that may see and go on with what was begun for a subject, decided by who may act for it at this moment: of a company
 * whoever represents it now, so that a former representative has no part in it and a successor has; of a person only the account that
 * began it, while it may act for that person (oneself, a ward), and what a delegate began, that person too. Whoever began it comes first.
 *
 * Having begun it gives no claim by itself. What stays with a former representative is what is about themselves: the entries in their
 * own trace, of what of their data went out, when, to whom and what for.
 */
export async function actorsFor(client: Queryable, { accountId, subjectId, bundleId, delegationId }: Begun): Promise<string[]> {
  const { rows } = await client.query<{ account_id: string }>({
    name: 'actors-for',
    text: `select r.account_id from relation r
           where ${mayGoOn({ accountId: '$1::uuid', subjectId: '$2', bundleId: '$3::text', delegationId: '$4::uuid' })}
           order by r.account_id <> $1, r.since`,
    values: [accountId, subjectId, bundleId, delegationId]
  })
  return rows.map((row) => row.account_id)
}

/**
 * Who hears of what goes on with it: who began it, or when that account may no longer act for the subject, whoever may; of what was
 * begun by delegation both the delegate and the one whom it is about.
 */
export async function audienceOf(client: Queryable, begun: Begun): Promise<string[]> {
  const actors = await actorsFor(client, begun)
  return actors[0] === begun.accountId && begun.delegationId === null ? [begun.accountId] : actors
}

const byOwnRight: Record<Acting['role'], boolean> = { self: true, guardian: true, legalRepresentative: true, operator: false, proxy: false }

/** As what one acts for a subject by own right; in every other role one is a delegate. */
export const ownRight = (Object.keys(byOwnRight) as Acting['role'][]).filter((role) => byOwnRight[role])

/** Whether one has the role by a delegation only. */
export const isDelegate = (role: Acting['role'] | null): role is 'proxy' | 'operator' => role !== null && !byOwnRight[role]

/** The living relations to a subject of these roles: which account acts for it, as what. */
export async function accountsActingFor(
  client: Queryable,
  subjectId: string,
  roles: readonly Acting['role'][]
): Promise<{ accountId: string; role: Acting['role'] }[]> {
  const { rows } = await client.query<{ account_id: string; role: Acting['role'] }>(
    'select account_id, role from relation where subject_id = $1 and until is null and role = any($2) order by since, account_id',
    [subjectId, roles]
  )
  return rows.map((row) => ({ accountId: row.account_id, role: row.role }))
}
