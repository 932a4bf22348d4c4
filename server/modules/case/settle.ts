import type { PoolClient } from 'pg'
import { deferredUntil } from '../../../domain/bundle/materials'
import { receiptDay } from '../../../domain/calendar/workday'
import { isClosed } from '../../../domain/case/transition'
import { blockedKeys, readyKeys, submissionStatus } from '../../../domain/submission/progress'
import type { Deps } from '../../deps'
import { audienceOf } from '../identity/actors'
import { announce } from '../live/service'
import { tell } from '../message/service'
import { actAsPlatform } from './advance'
import { prolongDeferred } from './deferred-repository'
import { sendToDepartment } from './dispatch'
import type { LoadedCase } from './repository'
import { updateSubmission } from './submission-repository'
import { caseByKey, matterOf, materialsOf, nameOfKey, nodesOf, type WorkingSet } from './working-set'

/**
 * After anything happened to a case: sends out what has become ready, blocks what can no longer be done, and brings the whole up
 * to date. The caller holds the submission's lock; everything is in its transaction, the messages to departments included.
 */
export async function settle(client: PoolClient, deps: Deps, set: WorkingSet): Promise<void> {
  for (const { key, by } of blockedKeys(nodesOf(set), set.bundle.failAll)) {
    const subject = caseByKey(set, key)
    const reason = `「${nameOfKey(set, by)}」没有办成`
    await actAsPlatform(client, deps, set, subject, 'blocked', { reason, blockedBy: by })
    await tellApplicant(client, deps, set, {
      caseId: subject.id,
      cause: `blocked:${subject.id}`,
      title: `${matterOf(set, subject).name}：办不了`,
      body: `${reason}，这一件不能再办。其余照办。`
    })
  }
  for (const key of readyKeys(nodesOf(set))) {
    const subject = caseByKey(set, key)
    await actAsPlatform(client, deps, set, subject, 'ready', {})
    await restartDeferrals(client, deps, set, subject)
    await sendToDepartment(client, deps, set, subject)
  }
  await closeWhenDone(client, deps, set)
  await announce(client, await audienceOf(client, set.submission), { kind: 'submission', id: set.submission.id })
}

/** The days for bringing what was deferred are counted from when the department gets the case, however long it waited for others. */
async function restartDeferrals(client: PoolClient, deps: Deps, set: WorkingSet, subject: LoadedCase): Promise<void> {
  const received = receiptDay(deps.now(), deps.calendar, set.catalogue.clock.closing)
  for (const { id, canDefer } of materialsOf(set, subject.key)) {
    if (canDefer) await prolongDeferred(client, subject.id, id, deferredUntil(received, canDefer.workdays, deps.calendar))
  }
}

const closingWords = { done: '全部办好了', partial: '能办的都办好了', failed: '没有办成' } as const

async function closeWhenDone(client: PoolClient, deps: Deps, set: WorkingSet): Promise<void> {
  const { submission, cases, bundle } = set
  const status = submissionStatus(nodesOf(set))
  if (status === submission.status) return
  const closedAt = cases.every(({ state }) => isClosed(state.status)) ? deps.now() : null
  await updateSubmission(client, submission.id, { status, closedAt })
  set.submission = { ...submission, status, closedAt }
  if (status !== 'done' && status !== 'partial' && status !== 'failed') return
  await tellApplicant(client, deps, set, {
    cause: `closed:${submission.id}`,
    title: `${bundle.name}：${closingWords[status]}`,
    body: status === 'failed' ? '每一件的理由和救济途径都在进度里。' : '结果在「我的证照」和进度里。欢迎评价。'
  })
}

export interface ApplicantMessage {
  /** The same cause tells the same applicant only once. */
  cause: string
  title: string
  body: string
  /** What it opens: the licence, else the case, else the whole submission. */
  caseId?: string
  licenceId?: string
  kind?: 'case' | 'correction' | 'licence' | 'rating'
}

/** A message in the applicant's inbox, or in those of who took the applicant's place (identity/actors). */
export async function tellApplicant(client: PoolClient, deps: Deps, { submission }: WorkingSet, message: ApplicantMessage): Promise<void> {
  const { cause, title, body, caseId, licenceId, kind = 'case' } = message
  const { subjectId, delegationId } = submission
  const whole = caseId ? { kind: 'case' as const, id: caseId } : { kind: 'submission' as const, id: submission.id }
  for (const accountId of await audienceOf(client, submission)) {
    // The wallet is not the delegate's.
    const isDelegate = delegationId !== null && accountId === submission.accountId
    const target = licenceId && !isDelegate ? { kind: 'licence' as const, id: licenceId } : whole
    await tell(client, deps, { accountId, subjectId, kind, title, body, target, cause })
  }
}
