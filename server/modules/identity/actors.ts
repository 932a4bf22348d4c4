import type { Queryable } from '../../db/pool'

/** Something that an account began for a subject. */
interface Begun {
  accountId: string
  subjectId: string
}

/**
 * The accounts that may see and go on with what was begun for a subject, decided by who may act for it at this moment: of a company
 * whoever represents it now, so that a former representative has no part in it and a successor has; of a person only the account that
 * began it, while it may act for that person (oneself, a ward). Whoever began it comes first.
 *
 * Having begun it gives no claim by itself. What stays with a former representative is what is about themselves: the entries in their
 * own trace, of what of their data went out, when, to whom and what for.
 */
export async function actorsFor(client: Queryable, { accountId, subjectId }: Begun): Promise<string[]> {
  const { rows } = await client.query<{ account_id: string }>({
    name: 'actors-for',
    text: `select r.account_id from relation r join subject s on s.id = r.subject_id
           where r.subject_id = $2 and r.until is null and (r.account_id = $1 or s.kind = 'legal_person')
           order by r.account_id <> $1, r.since`,
    values: [accountId, subjectId]
  })
  return rows.map((row) => row.account_id)
}

/** Who hears of what goes on with it: who began it, or when that account may no longer act for the subject, whoever may. */
export async function audienceOf(client: Queryable, begun: Begun): Promise<string[]> {
  const actors = await actorsFor(client, begun)
  return actors[0] === begun.accountId ? [begun.accountId] : actors
}
