import type { Static } from 'typebox'
import type { Delegation, DelegationList, EndDelegation } from '../../../contract/delegations'
import { tx, type Queryable } from '../../db/pool'
import type { Acting, Deps } from '../../deps'
import { Refusal } from '../../errors'
import { endOne } from './end'
import { delegationById, givenFor, receivedBy, type DelegationRecord } from './repository'
import { actionsFor, viewOf } from './view'

/** What was given in the name of the one acted for, and what this account received, whomever it acts for. */
export async function listDelegations(deps: Deps, acting: Acting): Promise<DelegationList> {
  const gives = acting.role === 'self' || acting.role === 'legalRepresentative'
  const views = (records: DelegationRecord[]) => Promise.all(records.map((record) => seenBy(deps.pool, deps, acting, record)))
  return {
    given: await views(gives ? await givenFor(deps.pool, acting.subjectId) : []),
    received: await views(await receivedBy(deps.pool, acting.accountId))
  }
}

/** Errors: not_found, also for everybody whom it does not concern. */
export async function readDelegation(deps: Deps, acting: Acting, id: string): Promise<Delegation> {
  const record = await delegationById(deps.pool, id)
  if (!record) throw notFound()
  return seenBy(deps.pool, deps, acting, record)
}

/**
 * Takes a delegation back, or gives it up, at once. Errors: not_found; forbidden for the other side's action; delegation_closed when
 * it had ended.
 */
export async function endDelegation(
  deps: Deps,
  acting: Acting,
  id: string,
  action: Static<typeof EndDelegation>['action']
): Promise<Delegation> {
  await tx(deps.pool, async (db) => {
    const record = await delegationById(db, id, true)
    const allowed = record && (await actionsFor(db, deps, acting, record))
    if (!record || !allowed) throw notFound()
    if (allowed.length === 0) throw new Refusal('delegation_closed', { detail: '这份授权已经结束，不用再收回或放弃', allowedActions: [] })
    if (!allowed.includes(action))
      throw new Refusal('forbidden', { detail: action === 'revoke' ? '要由授权的人收回；你可以放弃' : '要由代办的人放弃；你可以收回' })
    await endOne(db, deps, record, action === 'revoke' ? 'revoked' : 'resigned')
  })
  return readDelegation(deps, acting, id)
}

async function seenBy(db: Queryable, deps: Deps, acting: Acting, record: DelegationRecord): Promise<Delegation> {
  const allowed = await actionsFor(db, deps, acting, record)
  if (!allowed) throw notFound()
  return viewOf(db, deps, record, record.delegateId === acting.accountId ? 'received' : 'given', allowed)
}

const notFound = () => new Refusal('not_found', { detail: '没有找到这份授权' })
