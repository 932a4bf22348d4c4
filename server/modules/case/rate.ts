import type { PoolClient } from 'pg'
import { maskName } from '../../../domain/identifier/mask'
import type { Acting, Deps } from '../../deps'
import { Refusal } from '../../errors'
import { readSubject } from '../identity/subjects'
import { advanceCase } from './advance'
import { submissionOfCase } from './repository'
import { mayAct, withOwnCase } from './respond'
import { ratingUntil } from './view'
import { departmentName, matterOf, readSubmissionSet } from './working-set'

/** What a rating needs to know of a case of one's own: its names, and until when it can be rated (null before it is done). Errors: not_found. */
export async function ratedCase(
  deps: Deps,
  acting: Acting,
  caseId: string
): Promise<{ matterName: string; departmentName: string; until: number | null }> {
  const found = await submissionOfCase(deps.pool, { id: caseId })
  const set = found && (await readSubmissionSet(deps.pool, deps, { id: found.submissionId }))
  const subject = set?.cases.find(({ id }) => id === caseId)
  if (!set || !subject || !mayAct(acting, set)) throw new Refusal('not_found')
  return {
    matterName: matterOf(set.bundle, subject).name,
    departmentName: departmentName(set.bundle, subject.departmentId),
    until: ratingUntil(deps, subject)
  }
}

/** Marks a case as rated, with the rating written by `write` in the same transaction. Errors: not_found, illegal_transition. */
export async function rateCase(deps: Deps, acting: Acting, caseId: string, write: (client: PoolClient) => Promise<void>): Promise<void> {
  await withOwnCase(deps, acting, { caseId }, async (client, set, subject) => {
    const applicant = await readSubject(client, deps, set.submission.subjectId)
    await advanceCase(client, deps, subject, matterOf(set.bundle, subject), {
      type: 'rated',
      at: deps.now(),
      actor: 'applicant',
      by: maskName(applicant.name),
      data: {}
    })
    await write(client)
  })
}

/** Writes about an own case under its lock, without moving it. */
export async function changeOwnCase(
  deps: Deps,
  acting: Acting,
  caseId: string,
  write: (client: PoolClient) => Promise<void>
): Promise<void> {
  await withOwnCase(deps, acting, { caseId }, (client) => write(client))
}
