import type { CaseAction } from '../../../contract/submissions'
import { addWorkdays } from '../../../domain/calendar/workday'
import { allowedActions } from '../../../domain/case/transition'
import { addDays, dayOf, instantOf } from '../../../domain/time'
import type { Deps } from '../../deps'
import type { DeferredMaterial } from './deferred-repository'
import type { LoadedCase } from './repository'
import type { WorkingSet } from './working-set'

/** What was put off for this case and has not been brought yet. */
export const owedBy = ({ id }: LoadedCase, deferred: DeferredMaterial[]): DeferredMaterial[] =>
  deferred.filter(({ caseId, suppliedAt }) => caseId === id && suppliedAt === null)

/** Until when a finished case can be rated, epoch ms; null before it is finished. */
export function ratingUntil(deps: Pick<Deps, 'calendar'>, { catalogue }: WorkingSet, { state }: LoadedCase): number | null {
  const { closedAt, status } = state
  if (closedAt === null || (status !== 'done' && status !== 'archived')) return null
  return instantOf(addDays(addWorkdays(dayOf(closedAt), catalogue.ratings.openWorkdays, deps.calendar), 1))
}

/** What the applicant may do with a case at this moment. */
export function ownActions(deps: Deps, set: WorkingSet, subject: LoadedCase, deferred: DeferredMaterial[]): CaseAction[] {
  const until = ratingUntil(deps, set, subject)
  return allowedActions(subject.state, {
    supplement: owedBy(subject, deferred).length > 0,
    rate: !subject.state.rated && until !== null && deps.now() < until
  })
}
