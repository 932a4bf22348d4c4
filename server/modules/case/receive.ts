import type { PoolClient } from 'pg'
import type { DepartmentCallback } from '../../../contract/gateways/departments'
import { tx } from '../../db/pool'
import type { Deps } from '../../deps'
import { Refusal } from '../../errors'
import { audienceOf } from '../identity/actors'
import { announce } from '../live/service'
import { actAsPlatform, advanceCase } from './advance'
import { eventData } from './callback-data'
import { isKnownSource, submissionOfCase, type LoadedCase } from './repository'
import { settle } from './settle'
import { tellStep } from './step-messages'
import { lockSubmission, matterOf, type WorkingSet } from './working-set'

/**
 * Takes in one event from a department, once: the same eventId again changes nothing and is answered alike.
 * Errors: not_found (no such case), forbidden (another department's case), illegal_transition with the events that are due,
 * invalid_fields (an event without what it needs, or about what the case does not have).
 */
export async function receiveCallback(deps: Deps, callback: DepartmentCallback): Promise<void> {
  await tx(deps.pool, async (client) => {
    const found = await lockCase(client, deps, { caseNo: callback.caseNo })
    if (!found) throw new Refusal('not_found', { detail: `没有办件 ${callback.caseNo}` })
    const { set, subject } = found
    if (subject.departmentId !== callback.departmentId) throw new Refusal('forbidden', { detail: '这不是你部门的办件' })
    if (await isKnownSource(client, subject.id, callback.eventId)) return
    const { type, by, eventId } = callback
    const data = await eventData(client, deps, set, subject, callback)
    const at = Math.min(Date.parse(callback.at), deps.now())
    await advanceCase(client, deps, set, subject, { type, at, actor: 'department', by, data }, eventId)
    await tellStep(client, deps, set, subject, { type, eventId }, data)
    await settle(client, deps, set)
    await announce(client, await audienceOf(client, set.submission), { kind: 'case', id: subject.id })
  })
}

/** Notes that a department's system has the case; nothing when it has already said more than that. */
export async function noteDispatched(client: PoolClient, deps: Deps, caseId: string): Promise<void> {
  const found = await lockCase(client, deps, { id: caseId })
  if (!found) return
  const { set, subject } = found
  if (subject.state.status !== 'submitted' || subject.state.dispatchedAt !== null) return
  await actAsPlatform(client, deps, set, subject, 'dispatched', { preReview: !matterOf(set, subject).acceptOnReceipt })
  await announce(client, await audienceOf(client, set.submission), { kind: 'case', id: caseId })
}

/** Lets open screens know that the department's system refused what was sent about a case: they say so from now on. */
export async function noteRefused(client: PoolClient, deps: Deps, caseId: string): Promise<void> {
  const found = await lockCase(client, deps, { id: caseId })
  if (found) await announce(client, await audienceOf(client, found.set.submission), { kind: 'case', id: caseId })
}

async function lockCase(
  client: PoolClient,
  deps: Deps,
  key: { id: string } | { caseNo: string }
): Promise<{ set: WorkingSet; subject: LoadedCase } | null> {
  const found = await submissionOfCase(client, key)
  const set = found && (await lockSubmission(client, deps, { id: found.submissionId }))
  const subject = set?.cases.find(({ id }) => id === found?.caseId)
  return set && subject ? { set, subject } : null
}
