import { dayOf } from '../../../domain/time'
import { tx } from '../../db/pool'
import type { Deps } from '../../deps'
import { advanceCase } from './advance'
import { overdueForApplicant } from './deferred-repository'
import { settle, tellApplicant } from './settle'
import { lockSubmission, matterOf } from './working-set'

/** Ends the cases whose applicant let the time to correct, or to bring what was deferred, go by; says so and goes on with the rest. */
export async function endOverdue(deps: Deps): Promise<void> {
  for (const { submissionId, caseId, type } of await overdueForApplicant(deps.pool, new Date(deps.now()), dayOf(deps.now()))) {
    await tx(deps.pool, async (client) => {
      const set = await lockSubmission(client, deps, { id: submissionId })
      const subject = set?.cases.find(({ id }) => id === caseId)
      if (!set || !subject) return
      const matter = matterOf(set.bundle, subject)
      const reason = type === 'correctionExpired' ? '逾期没有补正' : '容缺的材料逾期没有补齐'
      await advanceCase(client, deps, subject, matter, { type, at: deps.now(), actor: 'system', by: '掌上办', data: { reason } })
      await tellApplicant(client, deps, set, {
        cause: `${type}:${caseId}`,
        title: `${matter.name}：已终止`,
        body: `${reason}，这一件已终止。可以重新申请，材料可以再用。`,
        caseId
      })
      await settle(client, deps, set)
    })
  }
}
