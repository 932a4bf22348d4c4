import type { PoolClient } from 'pg'
import type { Catalogue } from '../../../catalogue/load'
import type { Acting, Deps } from '../../deps'
import { Refusal } from '../../errors'
import { ratingUntil } from './actions'
import { actAsApplicant } from './advance'
import { submissionOfCase } from './repository'
import { mayAct, withOwnCase } from './own'
import { departmentName, matterOf, readSubmissionSet } from './working-set'

/** What a rating needs to know of a case of one's own. */
export interface RatedCase {
  matterName: string
  departmentName: string
  /** Until when it can be rated, epoch ms; null before it is done. */
  until: number | null
  rules: Catalogue['ratings']
}

/** Errors: not_found. */
export async function ratedCase(deps: Deps, acting: Acting, caseId: string): Promise<RatedCase> {
  const found = await submissionOfCase(deps.pool, { id: caseId })
  const set = found && (await readSubmissionSet(deps.pool, deps, { id: found.submissionId }))
  const subject = set?.cases.find(({ id }) => id === caseId)
  if (!set || !subject || !(await mayAct(deps.pool, acting, set))) throw new Refusal('not_found')
  return {
    matterName: matterOf(set, subject).name,
    departmentName: departmentName(set, subject),
    until: ratingUntil(deps, set, subject),
    rules: set.catalogue.ratings
  }
}

/** Runs `write` under the case's lock; it says whether the rating is the first, which marks the case as rated. Errors: not_found. */
export async function rateCase(
  deps: Deps,
  acting: Acting,
  caseId: string,
  write: (client: PoolClient) => Promise<'first' | 'changed'>
): Promise<void> {
  await withOwnCase(deps, acting, caseId, async (client, set, subject) => {
    if ((await write(client)) === 'first') await actAsApplicant(client, deps, acting, set, subject, 'rated', {})
  })
}
