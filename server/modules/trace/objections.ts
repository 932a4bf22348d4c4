import type { PoolClient } from 'pg'
import { objectionIntake, type ReaderObjection } from '../../../contract/gateways/readers'
import type { Trace } from '../../../contract/traces'
import { addWorkdays } from '../../../domain/calendar/workday'
import { dayOf, dayText } from '../../../domain/time'
import { tx } from '../../db/pool'
import type { Acting, Deps } from '../../deps'
import { Refusal } from '../../errors'
import { readSubject } from '../identity/subjects'
import { tell } from '../message/service'
import { enqueue } from '../outbox/service'
import { ownName } from './actor'
import { insertObjection, lockByObjection, markAnswered, markDelivered, ownTrace, type TraceRecord } from './repository'
import { announceTrace } from './service'
import { answerContext, isObjectable, textContext, traceView } from './view'

/** One trace, for who may act for its subject now. Errors: not_found. */
export async function readTrace(deps: Deps, acting: Acting, id: string): Promise<Trace> {
  const trace = await ownTrace(deps.pool, acting.accountId, id)
  if (!trace) throw new Refusal('not_found', { detail: '没有找到这一条足迹' })
  const own = await ownName(deps.pool, deps, acting.selfId, trace.subjectId)
  return traceView(deps, trace, await readSubject(deps.pool, deps, trace.subjectId), own)
}

/**
 * Objects to what somebody else did with the data, and asks for an explanation (《个人信息保护法》第四十四、四十八条). Who objects is not passed
 * on, only what was written. The same trace again answers the same. Errors: not_found; illegal_transition, to one's own doing.
 */
export async function objectTo(deps: Deps, acting: Acting, traceId: string, text: string | undefined): Promise<Trace> {
  await tx(deps.pool, async (client) => {
    const trace = await ownTrace(client, acting.accountId, traceId)
    if (!trace) throw new Refusal('not_found', { detail: '没有找到这一条足迹' })
    if (!isObjectable(trace, await ownName(client, deps, acting.selfId, trace.subjectId)))
      throw new Refusal('illegal_transition', { detail: '这一条是你自己看的，不用提异议' })
    const id = deps.newId()
    const written = text?.trim() || null
    const days = deps.catalogue.current().catalogue.deadlines.objectionDays
    const isNew = await insertObjection(client, traceId, {
      id,
      accountId: acting.accountId,
      textSealed: written === null ? null : deps.vault.seal(written, textContext(id)),
      at: new Date(deps.now()),
      answerBy: addWorkdays(dayOf(deps.now()), days, deps.calendar)
    })
    if (!isNew) return
    const payload = outgoing(trace, id, written)
    await enqueue(client, deps, { messageId: deps.newId(), lane: `objection:${id}`, kind: 'objection', payload })
  })
  return readTrace(deps, acting, traceId)
}

/** Notes that it has arrived where it is to be explained, in the transaction that marks it delivered. */
export async function noteDelivered(client: PoolClient, deps: Deps, objectionId: string): Promise<void> {
  const trace = await lockByObjection(client, objectionId)
  if (!trace) return
  await markDelivered(client, objectionId, new Date(deps.now()))
  await announceTrace(client, trace.subjectId, trace.id)
}

/**
 * Keeps the explanation of the one objected to, once, and tells who objected. The same words again are the same answer.
 * Errors: not_found, also to everybody whom the objection does not concern; illegal_transition, to a second, other answer.
 */
export async function answerObjection(deps: Deps, signer: string, objectionId: string, text: string): Promise<void> {
  await tx(deps.pool, async (client) => {
    const trace = await lockByObjection(client, objectionId)
    if (!trace?.objection || addresseeOf(trace) !== signer) throw new Refusal('not_found')
    const { objection } = trace
    if (objection.answerSealed) {
      if (deps.vault.open(objection.answerSealed, answerContext(objectionId)) === text) return
      throw new Refusal('illegal_transition', { detail: '这一条异议已经答复过了' })
    }
    await markAnswered(client, objectionId, deps.vault.seal(text, answerContext(objectionId)), new Date(deps.now()))
    await announceTrace(client, trace.subjectId, trace.id)
    await tell(client, deps, {
      accountId: objection.accountId,
      subjectId: trace.subjectId,
      kind: trace.actorKind === 'reader' ? 'code' : 'account',
      title: '你提的异议有答复了',
      body: `${dayText(dayOf(trace.at.getTime()), dayOf(deps.now()))}，${trace.actor}：${text}`,
      target: { kind: 'trace', id: trace.id },
      cause: `objection:${objectionId}:answer`
    })
  })
}

/** Who is to explain: the registered reader, else the intake of complaints. */
const addresseeOf = ({ readerId }: TraceRecord): string => readerId ?? objectionIntake

function outgoing(trace: TraceRecord, objectionId: string, text: string | null): ReaderObjection {
  const { actor, actorKind, at, action, purpose, fields } = trace
  if (actorKind === 'self') throw new Error('nobody is asked to explain what the owner did')
  return {
    objectionId,
    readerId: addresseeOf(trace),
    concerns: { kind: actorKind, name: actor },
    at: at.toISOString(),
    purpose,
    refused: action === 'refused',
    fields,
    text
  }
}
