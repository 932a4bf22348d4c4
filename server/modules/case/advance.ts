import type { PoolClient } from 'pg'
import { clock } from '../../../domain/clock/clock'
import { advance as step, type Intent } from '../../../domain/case/events'
import { refusalText } from '../../../domain/case/words'
import type { CaseEventData, CaseEventType } from '../../../domain/case/types'
import type { Acting, Deps } from '../../deps'
import { Refusal } from '../../errors'
import { isDelegate } from '../identity/actors'
import { readSubject, shownName } from '../identity/subjects'
import { ownActions } from './actions'
import { clockInput } from './clock-input'
import { deferredOf } from './deferred-repository'
import { appendEvent, type LoadedCase } from './repository'
import { matterOf, type WorkingSet } from './working-set'

/**
 * Moves one case by one event: settled by the table, appended to the log with the folded status. The caller holds the
 * submission's lock. The case passed in is brought up to date. Time never runs backwards in a log: an event that claims to be
 * older than the last one, by another system's clock, counts as just after it.
 *
 * @throws Refusal illegal_transition with what its actor may do instead; invalid_fields when the event lacks what it must say
 */
export async function advanceCase(
  client: PoolClient,
  deps: Deps,
  set: WorkingSet,
  subject: LoadedCase,
  intent: Intent,
  sourceId: string | null = null
): Promise<void> {
  const at = Math.max(intent.at, subject.events.at(-1)?.at ?? 0)
  const result = step(subject.state, { ...intent, at }, set.catalogue.clock)
  if (!result.ok && result.missing !== undefined) {
    throw new Refusal('invalid_fields', { errors: [{ pointer: '', code: 'incomplete', message: result.missing }] })
  }
  if (!result.ok) {
    throw new Refusal('illegal_transition', {
      detail: refusalText[result.reason],
      allowedActions: intent.actor === 'applicant' ? ownActions(deps, set, subject, await deferredOf(client, [subject.id])) : result.allowed
    })
  }
  subject.events.push(result.event)
  subject.state = result.state
  await appendEvent(client, deps.vault, subject.id, result.event, result.state, { sourceId, dueAt: dueAt(deps, set, subject) })
}

/** Moves a case by an act of the applicant, under the name that others may read. Errors: illegal_transition. */
export async function actAsApplicant(
  client: PoolClient,
  deps: Deps,
  acting: Acting,
  set: WorkingSet,
  subject: LoadedCase,
  type: CaseEventType,
  data: CaseEventData
): Promise<void> {
  const by = await applicantText(client, deps, acting, set.submission.subjectId)
  await advanceCase(client, deps, set, subject, { type, at: deps.now(), actor: 'applicant', by, data })
}

/** Who acts for the applicant's side, by masked names: whom it is about, and the delegate who did it in that place. */
export async function applicantText(client: PoolClient, deps: Deps, { role, selfId }: Acting, subjectId: string): Promise<string> {
  const applicant = shownName(await readSubject(client, deps, subjectId))
  if (!isDelegate(role)) return applicant
  const delegate = shownName(await readSubject(client, deps, selfId))
  return `${applicant}的${role === 'proxy' ? '代办人' : '经办人'}${delegate}`
}

/** Moves a case by what the platform itself found out. Errors: illegal_transition. */
export async function actAsPlatform(
  client: PoolClient,
  deps: Deps,
  set: WorkingSet,
  subject: LoadedCase,
  type: CaseEventType,
  data: CaseEventData
): Promise<void> {
  await advanceCase(client, deps, set, subject, { type, at: deps.now(), actor: 'system', by: '掌上办', data })
}

/** When somebody must have acted: the applicant on a correction, else the department on its promise; epoch ms. */
function dueAt(deps: Deps, set: WorkingSet, subject: LoadedCase): number | null {
  if (subject.state.correction) return subject.state.correction.dueAt
  const input = clockInput(subject.state, matterOf(set, subject), deps.calendar)
  return input && clock(input, deps.now(), deps.calendar, set.catalogue.clock).dueAt
}
