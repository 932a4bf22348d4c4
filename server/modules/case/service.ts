import type { CaseDetail, Submission, SubmissionList, SubmissionSummary } from '../../../contract/submissions'
import type { Acting, Deps } from '../../deps'
import { Refusal } from '../../errors'
import { pageOf, readCursor } from '../../http/cursor'
import { readSubject } from '../identity/subjects'
import { caseDetail } from './detail'
import { deferredOf } from './deferred-repository'
import { casesOf, submissionOfCase } from './repository'
import { submissionsOf, type SubmissionRecord } from './submission-repository'
import { mayAct } from './own'
import { submissionSummary, submissionView } from './view'
import { readSubmissionSet, workingSet, type WorkingSet } from './working-set'

/** One submission of the one acting. Errors: not_found, also for somebody else's. */
export async function readSubmission(deps: Deps, acting: Acting, id: string): Promise<Submission> {
  const set = await ownSet(deps, acting, id)
  const deferred = await deferredOf(
    deps.pool,
    set.cases.map((each) => each.id)
  )
  const { subjectId, wardId } = set.submission
  const subject = await readSubject(deps.pool, deps, subjectId)
  return submissionView(deps, set, deferred, { subject, ward: wardId ? await readSubject(deps.pool, deps, wardId) : null })
}

export async function readCase(deps: Deps, acting: Acting, caseId: string): Promise<CaseDetail> {
  const found = await submissionOfCase(deps.pool, { id: caseId })
  if (!found) throw new Refusal('not_found')
  const set = await ownSet(deps, acting, found.submissionId)
  const subject = set.cases.find(({ id }) => id === caseId)
  if (!subject) throw new Refusal('not_found')
  return caseDetail(deps, set, subject, await deferredOf(deps.pool, [caseId]))
}

/** A page of submissions, newest first, of those that `mayAct` lets one see: acting as oneself all that the own account made. */
export async function listSubmissions(
  deps: Deps,
  acting: Acting,
  { cursor, limit = 20 }: { cursor?: string; limit?: number }
): Promise<SubmissionList> {
  const owner = { accountId: acting.accountId, subjectId: acting.role === 'self' ? null : acting.subjectId }
  const rows = await submissionsOf(deps.pool, deps.vault, owner, { after: readCursor(cursor), limit: limit + 1 })
  const { page, nextCursor } = pageOf(
    rows.map((row) => ({ id: row.id, at: new Date(row.submittedAt), row })),
    limit
  )
  return {
    submissions: await summaries(
      deps,
      page.map(({ row }) => row)
    ),
    nextCursor
  }
}

/** What the home page shows: the latest submissions, those that wait for the person first. */
export async function submissionsFor(deps: Deps, acting: Acting): Promise<{ waiting: SubmissionSummary[]; running: SubmissionSummary[] }> {
  const { submissions } = await listSubmissions(deps, acting, { limit: 20 })
  const isWaiting = (each: SubmissionSummary) => each.waitingForMe.length > 0
  return {
    waiting: submissions.filter(isWaiting),
    running: submissions.filter((each) => !isWaiting(each) && (each.status === 'submitted' || each.status === 'running'))
  }
}

async function ownSet(deps: Deps, acting: Acting, id: string): Promise<WorkingSet> {
  const set = await readSubmissionSet(deps.pool, deps, { id })
  if (!set || !(await mayAct(deps.pool, acting, set))) throw new Refusal('not_found')
  return set
}

async function summaries(deps: Deps, records: SubmissionRecord[]): Promise<SubmissionSummary[]> {
  const cases = await casesOf(
    deps.pool,
    deps.vault,
    records.map(({ id }) => id)
  )
  const deferred = await deferredOf(
    deps.pool,
    cases.map(({ id }) => id)
  )
  return Promise.all(
    records.map(async (submission) => {
      const own = cases.filter((each) => each.submissionId === submission.id)
      const set = await workingSet(deps.pool, deps, submission, own)
      return submissionSummary(deps, set, deferred, await readSubject(deps.pool, deps, submission.subjectId))
    })
  )
}
