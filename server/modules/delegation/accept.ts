import type { Delegation } from '../../../contract/delegations'
import { tx, type Queryable } from '../../db/pool'
import type { Acting, Deps } from '../../deps'
import { Refusal } from '../../errors'
import { lockAccounts } from '../identity/locking'
import { readSubject, relate } from '../identity/subjects'
import { announce } from '../live/service'
import { tell } from '../message/service'
import { recordTrace } from '../trace/service'
import { codeHash } from './code'
import { endOne } from './end'
import { countHeld, heldFor, markAccepted, openOffer, type DelegationRecord } from './repository'
import { isDelegate } from '../identity/actors'
import { delegateName, scopeText, speakersFor, subjectName, viewOf } from './view'

/** A child helps two parents, a clerk some companies; who would act for more than these is an agency, which this is not for. */
const mostHeld = 10

/** What an offer is, before it is accepted. Errors: gone, forbidden for the one who offered it. */
export async function lookUpOffer(deps: Deps, acting: Acting, code: string): Promise<Delegation> {
  const offer = await standingOffer(deps.pool, deps, acting, code)
  return viewOf(deps.pool, deps, offer, 'received', [])
}

/**
 * Accepts an offer once: from this moment the account may act for the subject. An earlier delegation between the same two ends with
 * it, so that what is in force is always what was agreed on last. Both sides are told, and the principal's trace says it.
 * Errors: gone, forbidden, illegal_transition when the account holds too many.
 */
export async function acceptOffer(deps: Deps, acting: Acting, code: string): Promise<Delegation> {
  const { accountId } = acting
  const accepted = await tx(deps.pool, async (db) => {
    // One at a time for an account: the count must hold. Nor may who offers it be closing theirs, which ends both delegations.
    const { givenBy } = await standingOffer(db, deps, acting, code)
    await lockAccounts(db, [accountId, givenBy])
    const offer = await standingOffer(db, deps, acting, code, true)
    const earlier = await heldFor(db, accountId, offer.subjectId)
    if (earlier) await endOne(db, deps, earlier, earlier.until > deps.now() ? 'revoked' : 'expired', offer)
    if ((await countHeld(db, accountId, new Date(deps.now()))) >= mostHeld)
      throw new Refusal('illegal_transition', { detail: `一个人同时最多替 ${mostHeld} 位办，请先放弃不用的`, allowedActions: [] })
    await markAccepted(db, offer.id, accountId, new Date(deps.now()))
    await relate(db, deps, accountId, offer.subjectId, offer.role)
    await tellAccepted(db, deps, { ...offer, delegateId: accountId })
    return { ...offer, delegateId: accountId, acceptedAt: deps.now() }
  })
  return viewOf(deps.pool, deps, accepted, 'received', ['resign'])
}

async function standingOffer(db: Queryable, deps: Deps, acting: Acting, code: string, lock = false): Promise<DelegationRecord> {
  const offer = await openOffer(db, codeHash(deps, code), new Date(deps.now()), lock)
  // Also when who offered it speaks for the subject no more, or it has died: one answer for all that does not lead on.
  const speakers = offer ? await speakersFor(db, offer.subjectId) : []
  if (!offer || !speakers.includes(offer.givenBy) || (await readSubject(db, deps, offer.subjectId)).deceased)
    throw new Refusal('gone', { detail: '授权码不对，或者已经用过、过了 10 分钟。请让对方重新出一个' })
  if (offer.subjectId === acting.selfId || speakers.includes(acting.accountId))
    throw new Refusal('forbidden', { detail: '这是你自己出的授权码，要由对方在对方的手机上接受' })
  const { rows } = await db.query<{ role: Acting['role'] }>(
    'select role from relation where account_id = $1 and subject_id = $2 and until is null',
    [acting.accountId, offer.subjectId]
  )
  if (rows[0] && !isDelegate(rows[0].role)) throw new Refusal('forbidden', { detail: '你本来就能代表对方办理，不用再授权' })
  return offer
}

async function tellAccepted(db: Queryable, deps: Deps, record: DelegationRecord & { delegateId: string }): Promise<void> {
  const { id, subjectId, delegateId } = record
  const delegate = await delegateName(db, deps, delegateId)
  const subject = await subjectName(db, deps, record)
  const { scope, lastDay } = scopeText(deps, record)
  const target = { kind: 'delegation', id } as const
  const cause = `delegation:${id}:accepted`
  const speakers = await speakersFor(db, subjectId)
  for (const accountId of speakers) {
    const body = `${delegate}从现在起可以替${record.role === 'proxy' ? '你' : subject}${scope}，到 ${lastDay}为止。随时可以收回。`
    await tell(db, deps, { accountId, subjectId, kind: 'delegation', title: '授权生效了', body, target, cause })
  }
  const body = `你可以替${subject}${scope}，到 ${lastDay}为止。做了什么，对方都看得到；不想办了随时可以放弃。`
  await tell(db, deps, { accountId: delegateId, subjectId: null, kind: 'delegation', title: '你接受了一份授权', body, target, cause })
  await recordTrace(db, deps, {
    subjectId,
    actor: `${delegate}（${record.role === 'proxy' ? '代办人' : '经办人'}）`,
    actorKind: 'proxy',
    action: 'use',
    purpose: `接受授权：${scope}，到 ${lastDay}为止`,
    fields: ['姓名（打码）']
  })
  await announce(db, [...speakers, delegateId], { kind: 'delegation', id })
}
