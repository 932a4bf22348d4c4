import type { PoolClient } from 'pg'
import { clock } from '../../../domain/clock/clock'
import { advance as step, type Intent } from '../../../domain/case/events'
import { allowedActions } from '../../../domain/case/transition'
import { refusalText } from '../../../domain/case/words'
import type { CaseState } from '../../../domain/case/types'
import type { Matter } from '../../../domain/bundle/types'
import type { Deps } from '../../deps'
import { Refusal } from '../../errors'
import { clockInput } from './clock-input'
import { appendEvent, type LoadedCase } from './repository'

/**
 * Moves one case by one event: settled by the table, appended to the log with the folded status. The caller holds the
 * submission's lock. The case passed in is brought up to date.
 *
 * @throws Refusal illegal_transition with what the applicant may do instead
 */
export async function advanceCase(
  client: PoolClient,
  deps: Deps,
  subject: LoadedCase,
  matter: Matter,
  intent: Intent,
  sourceId: string | null = null
): Promise<void> {
  const result = step(subject.state, intent, deps.catalogue.current().catalogue.clock)
  if (!result.ok) {
    throw new Refusal('illegal_transition', {
      detail: result.missing ?? refusalText[result.reason],
      allowedActions: intent.actor === 'applicant' ? allowedActions(subject.state, { supplement: true, rate: true }) : result.allowed
    })
  }
  await appendEvent(client, deps.vault, subject.id, result.event, result.state, { sourceId, dueAt: dueAt(deps, result.state, matter) })
  subject.events.push(result.event)
  subject.state = result.state
}

/** When somebody must have acted: the applicant on a correction, else the department on its promise; epoch ms. */
function dueAt(deps: Deps, state: CaseState, matter: Matter): number | null {
  if (state.correction) return state.correction.dueAt
  const input = clockInput(state, matter, deps.calendar)
  return input && clock(input, deps.now(), deps.calendar, deps.catalogue.current().catalogue.clock).dueAt
}
