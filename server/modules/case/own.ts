import type { PoolClient } from 'pg'
import { tx, type Queryable } from '../../db/pool'
import type { Acting, Deps } from '../../deps'
import { Refusal } from '../../errors'
import { actorsFor, audienceOf } from '../identity/actors'
import { announce } from '../live/service'
import { submissionOfCase, type LoadedCase } from './repository'
import { settle } from './settle'
import { lockSubmission, type WorkingSet } from './working-set'

/**
 * Whether the one acting may see and move a submission: acting for its subject, or as oneself also one that the own account made, and in
 * either case only who may act for the subject at this moment (identity/actors). Everything about a submission asks here: the whole,
 * its receipt, its cases and their ratings; the lists hold to the same rule.
 */
export async function mayAct(db: Queryable, acting: Acting, { submission }: Pick<WorkingSet, 'submission'>): Promise<boolean> {
  const isMeant = submission.subjectId === acting.subjectId || (acting.role === 'self' && submission.accountId === acting.accountId)
  return isMeant && (await actorsFor(db, submission)).includes(acting.accountId)
}

/** Runs `act` on an own case under the submission's lock, then settles the whole. Errors: not_found, also for somebody else's. */
export async function withOwnCase(
  deps: Deps,
  acting: Acting,
  caseId: string,
  act: (client: PoolClient, set: WorkingSet, subject: LoadedCase) => Promise<void>
): Promise<void> {
  const found = await submissionOfCase(deps.pool, { id: caseId })
  if (!found) throw new Refusal('not_found')
  await withOwnSubmission(deps, acting, found.submissionId, async (client, set) => {
    const subject = set.cases.find(({ id }) => id === caseId)
    if (!subject) throw new Refusal('not_found')
    await act(client, set, subject)
    await announce(client, await audienceOf(client, set.submission), { kind: 'case', id: caseId })
  })
}

/** Runs `act` on an own submission under its lock, then settles it. Errors: not_found, also for somebody else's. */
export async function withOwnSubmission(
  deps: Deps,
  acting: Acting,
  submissionId: string,
  act: (client: PoolClient, set: WorkingSet) => Promise<void>
): Promise<void> {
  await tx(deps.pool, async (client) => {
    const set = await lockSubmission(client, deps, { id: submissionId })
    if (!set || !(await mayAct(client, acting, set))) throw new Refusal('not_found')
    await act(client, set)
    await settle(client, deps, set)
  })
}
