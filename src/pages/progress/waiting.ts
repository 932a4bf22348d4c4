import type { SubmissionSummary } from '../../../contract/submissions'
import { hrefOfAction } from '../../../domain/case/action-address'

interface WaitingLine {
  id: string
  title: string
  bundleName: string
  dueAt: string | null
  to: string
  urgent: boolean
}

/** What waits for the person, the first due first; of one submission's ratings one line, they are no duty. */
export function waitingLines(submissions: SubmissionSummary[]): WaitingLine[] {
  const lines = submissions.flatMap((each) => {
    const duties = each.waitingForMe.filter(({ action }) => action !== 'rate')
    const ratings = each.waitingForMe.filter(({ action }) => action === 'rate')
    const [only] = ratings
    return [
      ...duties.map(({ caseId, action, say, dueAt }) => ({
        id: `${action}/${caseId}`,
        title: say,
        bundleName: each.bundleName,
        dueAt,
        to: hrefOfAction(action, caseId),
        urgent: true
      })),
      ...(only
        ? [
            {
              id: `rate/${each.id}`,
              bundleName: each.bundleName,
              dueAt: only.dueAt,
              urgent: false,
              title: ratings.length === 1 ? only.say : `${ratings.length} 件办好了，说说办得怎么样`,
              to: ratings.length === 1 ? hrefOfAction('rate', only.caseId) : `/features/case/submission/index?id=${each.id}`
            }
          ]
        : [])
    ]
  })
  return lines.sort((one, other) => Number(other.urgent) - Number(one.urgent) || dueOf(one) - dueOf(other))
}

/** What has no deadline comes after what has one. */
const dueOf = ({ dueAt }: WaitingLine): number => (dueAt === null ? Number.MAX_SAFE_INTEGER : Date.parse(dueAt))
