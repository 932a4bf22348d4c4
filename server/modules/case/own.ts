import type { PoolClient } from 'pg'
import { tx } from '../../db/pool'
import type { Acting, Deps } from '../../deps'
import { Refusal } from '../../errors'
import { announce } from '../live/service'
import { submissionOfCase, type LoadedCase } from './repository'
import { settle } from './settle'
import { lockSubmission, type WorkingSet } from './working-set'

/** Only the account that submitted, and only while acting for the subject it submitted for, or for oneself. */
export const mayAct = (acting: Acting, { submission }: Pick<WorkingSet, 'submission'>): boolean =>
  submission.accountId === acting.accountId && (acting.role === 'self' || acting.subjectId === submission.subjectId)

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
    await announce(client, [acting.accountId], { kind: 'case', id: caseId })
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
    if (!set || !mayAct(acting, set)) throw new Refusal('not_found')
    await act(client, set)
    await settle(client, deps, set)
  })
}
