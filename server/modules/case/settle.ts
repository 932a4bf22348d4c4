import type { PoolClient } from 'pg'
import { isClosed } from '../../../domain/case/transition'
import { blockedKeys, readyKeys, submissionStatus } from '../../../domain/submission/progress'
import type { Deps } from '../../deps'
import { announce } from '../live/service'
import { tell } from '../message/service'
import { advanceCase } from './advance'
import { sendToDepartment } from './dispatch'
import { updateSubmission } from './submission-repository'
import { caseByKey, matterOf, nameOfKey, nodesOf, type WorkingSet } from './working-set'

const platform = '掌上办'

/**
 * After anything happened to a case: sends out what has become ready, blocks what can no longer be done, and brings the whole up
 * to date. The caller holds the submission's lock; everything is in its transaction, the messages to departments included.
 */
export async function settle(client: PoolClient, deps: Deps, set: WorkingSet): Promise<void> {
  for (const { key, by } of blockedKeys(nodesOf(set), set.bundle.failAll)) {
    const subject = caseByKey(set, key)
    const reason = `「${nameOfKey(set, by)}」没有办成`
    await advanceCase(client, deps, subject, matterOf(set.bundle, subject), {
      type: 'blocked',
      at: deps.now(),
      actor: 'system',
      by: platform,
      data: { reason, blockedBy: by }
    })
    await tellApplicant(client, deps, set, {
      caseId: subject.id,
      cause: `blocked:${subject.id}`,
      title: `${matterOf(set.bundle, subject).name}：办不了`,
      body: `${reason}，这一件不能再办。其余照办。`
    })
  }
  for (const key of readyKeys(nodesOf(set))) {
    const subject = caseByKey(set, key)
    await advanceCase(client, deps, subject, matterOf(set.bundle, subject), {
      type: 'ready',
      at: deps.now(),
      actor: 'system',
      by: platform,
      data: {}
    })
    await sendToDepartment(client, deps, set, subject)
  }
  await closeWhenDone(client, deps, set)
  await announce(client, [set.submission.accountId], { kind: 'submission', id: set.submission.id })
}

async function closeWhenDone(client: PoolClient, deps: Deps, set: WorkingSet): Promise<void> {
  const { submission } = set
  const status = submissionStatus(nodesOf(set))
  if (status === submission.status) return
  const closed = set.cases.every(({ state }) => isClosed(state.status))
  await updateSubmission(client, submission.id, { status, closedAt: closed ? deps.now() : null })
  set.submission = { ...submission, status, closedAt: closed ? deps.now() : null }
  if (!closed || status === 'withdrawn') return
  const words = { done: '全部办好了', partial: '能办的都办好了', failed: '没有办成' } as const
  await tellApplicant(client, deps, set, {
    cause: `closed:${submission.id}`,
    title: `${set.bundle.name}：${words[status as keyof typeof words]}`,
    body: status === 'failed' ? '每一件的理由和救济途径都在进度里。' : '结果在「我的证照」和进度里。欢迎评价。'
  })
}

/** A message in the applicant's inbox; with a case it opens the case, else the submission. */
export async function tellApplicant(
  client: PoolClient,
  deps: Deps,
  { submission }: WorkingSet,
  message: {
    cause: string
    title: string
    body: string
    caseId?: string
    kind?: 'case' | 'correction' | 'licence' | 'rating'
    licenceId?: string
  }
): Promise<void> {
  const target = message.licenceId
    ? { kind: 'licence' as const, id: message.licenceId }
    : message.caseId
      ? { kind: 'case' as const, id: message.caseId }
      : { kind: 'submission' as const, id: submission.id }
  await tell(client, deps, {
    accountId: submission.accountId,
    kind: message.kind ?? 'case',
    title: message.title,
    body: message.body,
    target,
    cause: message.cause
  })
}
