import type { PoolClient } from 'pg'
import type { LibraryRectification } from '../../../contract/gateways/licence-library'
import type { AnswerRectification, Licence, RequestRectification } from '../../../contract/licences'
import { addWorkdays } from '../../../domain/calendar/workday'
import { dayOf } from '../../../domain/time'
import { tx } from '../../db/pool'
import type { Acting, Deps } from '../../deps'
import { Refusal } from '../../errors'
import { announce } from '../live/service'
import { enqueue } from '../outbox/service'
import { actorOf } from '../trace/actor'
import { recordTrace } from '../trace/service'
import { licenceName } from './name'
import {
  insertRectification,
  lastRectification,
  lockRectification,
  markRectificationAnswered,
  markRectificationDelivered,
  type StoredRectification
} from './rectification-repository'
import { isRectifiable } from './rectification-view'
import { licenceById } from './repository'
import { tellOf, viewersOf } from './telling'
import { ownLicence, readLicence } from './wallet'

/**
 * Asks the issuer, through the licence library, to check one field of a licence (「信息有误」, licences.md §4.5; 个保法第 46 条). What goes out
 * is the licence's identifier, the field and what the holder says it should be. The same again while it is unanswered answers the same.
 *
 * Errors: not_found; consent_required; licence_unclaimed; invalid_fields for a field that the face doesn't have; illegal_transition where
 * another field is being checked already, or the licence is not in use any more.
 */
export async function requestRectification(deps: Deps, acting: Acting, id: string, wanted: RequestRectification): Promise<Licence> {
  const { licence, subject } = await ownLicence(deps, acting, id)
  if (licence.claimedAt === null) throw new Refusal('licence_unclaimed', { detail: '先领取，看到照面，再说哪里不对' })
  if (!(wanted.field in licence.face)) {
    const message = `这本证照上没有「${wanted.field}」，请从照面上选一格`
    throw new Refusal('invalid_fields', { errors: [{ pointer: '/field', code: 'unknown', message }] })
  }
  const claim = wanted.claim.trim()
  await tx(deps.pool, async (client) => {
    const now = deps.now()
    const { rectificationDays } = deps.catalogue.current().catalogue.deadlines
    const made = { id: deps.newId(), licenceId: id, field: wanted.field, claim, at: now }
    const known = await lastRectification(client, deps.vault, id)
    if (known?.answeredAt === null) return requireSame(known, made)
    if (subject.deceased || !isRectifiable(licence) || licence.identifier === null)
      throw new Refusal('illegal_transition', { detail: '这本证照已经不用了，不能再提「信息有误」。有疑问请找发证机关' })
    const isNew = await insertRectification(client, deps.vault, {
      ...made,
      answerBy: addWorkdays(dayOf(now), rectificationDays, deps.calendar)
    })
    if (!isNew) return requireSame(await lastRectification(client, deps.vault, id), made)
    const { type, identifier, version, subjectId } = licence
    const payload: LibraryRectification = { rectificationId: made.id, type, identifier, version, field: wanted.field, claim }
    await enqueue(client, deps, { messageId: deps.newId(), lane: `rectification:${made.id}`, kind: 'rectification', payload })
    await recordTrace(client, deps, {
      subjectId,
      ...(await actorOf(client, deps, acting, subjectId)),
      action: 'send',
      purpose: `${licenceName(deps, type)}的信息有误，请${licence.issuer}核对`,
      fields: [wanted.field]
    })
  })
  return readLicence(deps, acting, id, false)
}

/** Notes that it has reached the library, in the transaction that marks it delivered. */
export async function noteRectificationDelivered(client: PoolClient, deps: Deps, id: string): Promise<void> {
  const known = await lockRectification(client, deps.vault, id)
  const licence = known && (await licenceById(client, deps.vault, known.licenceId))
  if (!licence) return
  await markRectificationDelivered(client, id, new Date(deps.now()))
  const viewers = await viewersOf(client, licence.subjectId)
  await announce(client, viewers.map(({ accountId }) => accountId), { kind: 'licence', id: licence.id })
}

/**
 * Keeps the issuer's answer, once, and tells who may see the licence. What was corrected comes by itself, as a new version. The same
 * answer again is the same. Errors: not_found; illegal_transition, to a second, other answer.
 */
export async function answerRectification(deps: Deps, id: string, { outcome, text }: AnswerRectification): Promise<void> {
  await tx(deps.pool, async (client) => {
    const known = await lockRectification(client, deps.vault, id)
    const licence = known && (await licenceById(client, deps.vault, known.licenceId))
    if (!licence) throw new Refusal('not_found')
    if (known.outcome !== null) {
      if (known.outcome === outcome && known.answer === text) return
      throw new Refusal('illegal_transition', { detail: '这一条已经答复过了' })
    }
    await markRectificationAnswered(client, deps.vault, id, { outcome, answer: text, at: new Date(deps.now()) })
    const corrected = outcome === 'corrected'
    await tellOf(client, deps, licence.subjectId, licence, {
      cause: `rectification:${id}:answer`,
      title: (name) => (corrected ? `${name}的「${known.field}」已更正` : `${name}的「${known.field}」核对过了，没有改`),
      body: `${licence.issuer}答复：${text}${corrected ? '　新的一版会自动进「我的证照」。' : ''}`
    })
  })
}

function requireSame(known: StoredRectification | null, { field, claim }: Pick<StoredRectification, 'field' | 'claim'>): void {
  if (known?.field === field && known.claim === claim) return
  throw new Refusal('illegal_transition', { detail: `「${known?.field ?? ''}」正在核对，等发证机关答复后才能再提` })
}
