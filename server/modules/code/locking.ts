import { failureLifeMs, isElsewhere, isFailure, lockedUntil, type ReadingPlace } from '../../../domain/code/locking'
import { timeOf } from '../../../domain/time'
import type { Queryable } from '../../db/pool'
import type { Acting, Deps } from '../../deps'
import { Refusal } from '../../errors'
import { lockAccounts } from '../identity/locking'
import { tell } from '../message/service'

/**
 * Lets a code or a certificate be issued only while the account is not locked and, after one of its codes was read in two places at
 * once, only once its person has confirmed who they are. Errors: code_locked, reauthentication_required.
 */
export async function requireUnlocked(deps: Deps, { accountId, reauthenticatedAt }: Acting): Promise<void> {
  const now = deps.now()
  const { rows } = await deps.pool.query<{ failed_at: Date[]; since: Date | null }>({
    name: 'code-standing',
    text: `select array(select at from code_failure where account_id = $1 and at > $2) as failed_at,
                  (select since from code_suspicion where account_id = $1) as since`,
    values: [accountId, new Date(now - failureLifeMs)]
  })
  const { failed_at: failedAt = [], since = null } = rows[0] ?? {}
  const until = lockedUntil(failedAt.map((at) => at.getTime()), now)
  if (until !== null) {
    const detail = `你的码 10 分钟里被拒了 5 次，先锁到 ${timeOf(until)}。急用请出示证件原件`
    throw new Refusal('code_locked', { detail, retryAfterSeconds: Math.ceil((until - now) / 1000) })
  }
  if (since === null) return
  if (reauthenticatedAt === null || reauthenticatedAt < since.getTime()) {
    throw new Refusal('reauthentication_required', { detail: '你的一个码刚才在两处同时被读。请再确认一次是你本人，才能继续亮码' })
  }
  await deps.pool.query('delete from code_suspicion where account_id = $1 and since <= $2', [accountId, new Date(reauthenticatedAt)])
}

/** Counts a refused reading against the account where it is one that counts; tells its person when the account is locked by it. */
export async function noteFailure(
  client: Queryable,
  deps: Deps,
  accountId: string,
  failure: { reason: string; at: number }
): Promise<void> {
  const now = deps.now()
  if (!isFailure(failure.reason)) return
  // One at a time for an account: of several codes refused at once each must see those before it, or none is the one that locks.
  await lockAccounts(client, [accountId])
  const failedAt = await failuresOf(client, accountId, now)
  if (lockedUntil(failedAt, now) !== null) return
  await client.query('insert into code_failure (account_id, at) values ($1, $2)', [accountId, new Date(failure.at)])
  const until = lockedUntil([...failedAt, failure.at], now)
  if (until === null) return
  await tell(client, deps, {
    accountId,
    subjectId: null,
    kind: 'code',
    title: '苏服码锁定 15 分钟',
    body: `10 分钟里有 5 次核验没有通过，到 ${timeOf(until)} 才能再亮码。不是你在用的话，请到「谁看过我的信息」里看是哪里在读。`,
    target: null,
    cause: `code-lock:${until}`
  })
}

/** When readings of the account's codes failed, as far back as it matters. */
async function failuresOf(client: Queryable, accountId: string, now: number): Promise<number[]> {
  const { rows } = await client.query<{ at: Date }>('select at from code_failure where account_id = $1 and at > $2', [
    accountId,
    new Date(now - failureLifeMs)
  ])
  return rows.map(({ at }) => at.getTime())
}

/** A reading: where in the organisation, and when. */
type Sighting = ReadingPlace & { place: string }

/**
 * Tells the account's person that the same code was read twice, once for each `cause`; by two organisations at once it puts the account
 * under suspicion too.
 */
export async function noteTwoReadings(
  client: Queryable,
  deps: Deps,
  { accountId, cause }: { accountId: string; cause: string },
  [one, other]: [Sighting, Sighting]
): Promise<void> {
  const elsewhere = isElsewhere(one, other)
  if (elsewhere) {
    await client.query(
      `insert into code_suspicion (account_id, since) values ($1, $2)
       on conflict (account_id) do update set since = greatest(code_suspicion.since, excluded.since)`,
      [accountId, new Date(deps.now())]
    )
  }
  await tell(client, deps, {
    accountId,
    subjectId: null,
    kind: 'code',
    title: elsewhere ? '同一个码在两处被读' : '同一个码被读了两次',
    body: `${one.organisation}${one.place}和${other.organisation}${other.place}读了你的同一个码，第二次没有算数。${
      elsewhere ? '下次亮码前，要再确认一次是你本人。' : '不是你在用的话，请把码刷新。'
    }`,
    target: null,
    cause: `code-twice:${cause}`
  })
}

export async function forgetFailures(client: Queryable, before: Date): Promise<void> {
  await client.query('delete from code_failure where at < $1', [before])
}
