import { dayOf } from '../../../domain/time'
import { tx } from '../../db/pool'
import type { Deps } from '../../deps'
import { actAsPlatform } from './advance'
import { deferredOf, overdueForApplicant } from './deferred-repository'
import { owedBy } from './actions'
import { sendMessage } from './dispatch'
import type { LoadedCase } from './repository'
import { settle, tellApplicant } from './settle'
import { deleteReplies } from './reply-repository'
import { lockSubmission, matterOf } from './working-set'

/** For so long a submission that is sent again under its key gets the first one's reply. */
export const REPLY_DAYS = 30

/**
 * Forgets replies kept for sending a submission again, thirty days after. Even then it can't be submitted twice: a draft becomes one
 * submission, which is found by the draft. Safe to run often and on several servers.
 */
export const sweepReplies = ({ pool, now }: Pick<Deps, 'pool' | 'now'>): Promise<void> =>
  deleteReplies(pool, new Date(now() - REPLY_DAYS * 86_400_000))

/**
 * Ends the cases whose applicant let the time to correct, or to bring what was deferred, go by: tells the applicant and the
 * department, and goes on with the rest. One that fails is logged and tried again in the next round; it holds up no other.
 */
export async function endOverdue(deps: Deps): Promise<void> {
  for (const { submissionId, caseId } of await overdueForApplicant(deps.pool, new Date(deps.now()), dayOf(deps.now()))) {
    try {
      await endOne(deps, submissionId, caseId)
    } catch (error) {
      deps.log.error({ caseId, error: error instanceof Error ? error.message : String(error) }, '逾期的办件没能终止，下一轮再试')
    }
  }
}

async function endOne(deps: Deps, submissionId: string, caseId: string): Promise<void> {
  await tx(deps.pool, async (client) => {
    const set = await lockSubmission(client, deps, { id: submissionId })
    const subject = set?.cases.find(({ id }) => id === caseId)
    // The applicant may have answered while the round was on its way.
    const isLate = subject && (isCorrectionOverdue(deps, subject) || owedBy(subject, await deferredOf(client, [caseId])).some(isPast))
    if (!set || !subject || !isLate) return
    const type = subject.state.correction ? 'correctionExpired' : 'supplementExpired'
    const reason = type === 'correctionExpired' ? '逾期没有补正' : '容缺的材料逾期没有补齐'
    await actAsPlatform(client, deps, set, subject, type, { reason })
    await sendMessage(client, deps, set, subject, { kind: 'withdrawal', note: `${reason}，已终止` })
    await tellApplicant(client, deps, set, {
      cause: `${type}:${caseId}`,
      title: `${matterOf(set, subject).name}：已终止`,
      body: `${reason}，这一件已终止。可以重新申请，材料可以再用。`,
      caseId
    })
    await settle(client, deps, set)
  })

  function isPast({ until }: { until: string }): boolean {
    return until < dayOf(deps.now())
  }
}

const isCorrectionOverdue = (deps: Deps, { state: { correction } }: LoadedCase): boolean =>
  correction !== null && correction.dueAt !== null && correction.dueAt < deps.now()
