import type { Queryable } from '../../db/pool'
import type { Acting, Deps, InForce } from '../../deps'
import { Refusal } from '../../errors'

type Row = { id: string; until: Date; scenes: string[]; bundles: string[]; principal_id: string | null }

/**
 * The delegation by which the account may act for the subject at this moment; null when there is none: never given, ended, past its
 * day, or the subject has died. Anything that outlives a request (a code, a certificate) asks again when it is used.
 */
export async function delegationInForce(
  client: Queryable,
  { now }: Pick<Deps, 'now'>,
  accountId: string,
  subjectId: string
): Promise<InForce | null> {
  const { rows } = await client.query<Row>({
    name: 'delegation-in-force',
    text: `select d.id, d.until, d.scenes, d.bundles,
                  (select p.id from account p where p.subject_id = d.subject_id and p.closed_at is null) as principal_id
           from delegation d
           join relation r on r.account_id = d.delegate_id and r.subject_id = d.subject_id and r.role = d.role and r.until is null
           join subject s on s.id = d.subject_id and not s.deceased
           where d.delegate_id = $1 and d.subject_id = $2 and d.ended_at is null and d.until > $3`,
    values: [accountId, subjectId, new Date(now())]
  })
  const row = rows[0]
  if (!row) return null
  return { id: row.id, until: row.until.getTime(), scenes: row.scenes, bundles: row.bundles, principalId: row.principal_id }
}

/** Whether the one acting may have to do with this bundle: everybody but a delegate whose delegation does not name it. */
export const coversBundle = ({ delegation }: Pick<Acting, 'delegation'>, bundleId: string): boolean =>
  delegation === null || delegation.bundles.includes(bundleId)

/** Errors: beyond_delegation. */
export function requireBundle(acting: Pick<Acting, 'delegation'>, bundle: { id: string; name: string }): void {
  if (coversBundle(acting, bundle.id)) return
  throw new Refusal('beyond_delegation', { detail: `授权里没有「${bundle.name}」。请对方自己办，或者请对方重新授权时加上这一项` })
}

/** Whose phone number and consents count for the one acted for: by proxy the person's own account, else the account that acts. */
export const consentingAccount = ({ accountId, delegation }: Pick<Acting, 'accountId' | 'delegation'>): string =>
  delegation?.principalId ?? accountId
