import type { Deps } from './deps'
import type { Round } from './jobs'
import { endOverdue, sweepReplies } from './modules/case/rounds'
import { sweepCodes } from './modules/code/sweep'
import { sweepDelegations } from './modules/delegation/sweep'
import { sweepDrafts, sweepFiles } from './modules/draft/sweep'
import { sweepSessions } from './modules/identity/sweep'
import { forgetLapsed } from './modules/invitation/standing'
import { remindOfExpiry } from './modules/licence/expiry'
import { sweepChanges } from './modules/licence/receive-change'
import { reviveLanes } from './modules/outbox/service'
import { sweep as sweepPresentations } from './modules/presentation/sweep'

/** What is done by the clock, all of it safe to run again. */
export function rounds(deps: Deps): Round[] {
  return [
    { name: 'end-overdue', cron: '*/10 * * * *', run: () => endOverdue(deps) },
    { name: 'revive-lanes', cron: '*/5 * * * *', run: () => reviveLanes(deps) },
    { name: 'sweep-delegations', cron: '*/10 * * * *', run: () => sweepDelegations(deps) },
    { name: 'sweep-codes', cron: '*/5 * * * *', run: () => sweepCodes(deps) },
    { name: 'sweep-drafts', cron: '17 * * * *', run: async () => void (await sweepDrafts(deps)) },
    { name: 'sweep-files', cron: '29 * * * *', run: () => sweepFiles(deps) },
    { name: 'forget-released', cron: '53 * * * *', run: () => forgetLapsed(deps) },
    { name: 'sweep-presentations', cron: '*/10 * * * *', run: () => sweepPresentations(deps) },
    { name: 'sweep-replies', cron: '11 3 * * *', run: () => sweepReplies(deps) },
    { name: 'remind-expiry', cron: '3 8 * * *', run: () => remindOfExpiry(deps) },
    { name: 'sweep-changes', cron: '47 3 * * *', run: () => sweepChanges(deps) },
    { name: 'sweep-sessions', cron: '41 3 * * *', run: () => sweepSessions(deps) }
  ]
}
