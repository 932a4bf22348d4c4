import type { ClockInput } from '../../../domain/clock/clock'
import { addWorkdays } from '../../../domain/calendar/workday'
import type { WorkCalendar } from '../../../domain/calendar/types'
import { dayOf } from '../../../domain/time'
import type { Matter } from '../../../domain/bundle/types'
import type { CaseState } from '../../../domain/case/types'

/** The promised-time clock of a case from its folded state; null before acceptance, and for a matter without a promise. */
export function clockInput(state: CaseState, matter: Matter, calendar: WorkCalendar): ClockInput | null {
  if (state.acceptedAt === null || matter.limit.promised === null || matter.limit.unit !== 'workday') return null
  return {
    acceptedAt: state.acceptedAt,
    handlingType: matter.handlingType,
    promisedDays: matter.limit.promised,
    stops: state.stops.map((stop) => ({
      from: stop.from,
      ...(stop.to === null ? { expectedResume: addWorkdays(dayOf(stop.from), stop.expectedDays, calendar) } : { to: stop.to }),
      reason: 'special_procedure' as const
    })),
    extensionDays: state.extendDays,
    ...(state.decidedAt !== null || state.closedAt !== null ? { endedAt: state.decidedAt ?? state.closedAt ?? undefined } : {})
  }
}
