import { tx } from '../../db/pool'
import type { Deps } from '../../deps'
import { tell } from '../message/service'
import { endOne } from './end'
import { endingBefore, forgetOffers, overdue } from './repository'
import { delegateName, scopeText, speakersFor, subjectName } from './view'

const dayMs = 86_400_000
/** Long enough to agree on another. */
const remindMs = 7 * dayMs

/**
 * Ends the delegations past their day, reminds both sides of those with a week left, and forgets offers that nobody accepted. Safe to
 * run often and on several servers. What is in force never depends on it: every use looks at the day itself.
 */
export async function sweepDelegations(deps: Deps): Promise<void> {
  const now = deps.now()
  await tx(deps.pool, async (db) => {
    for (const record of await overdue(db, new Date(now), null)) await endOne(db, deps, record, 'expired')
  })
  for (const record of await endingBefore(deps.pool, new Date(now), new Date(now + remindMs))) {
    const { id, subjectId, delegateId } = record
    if (delegateId === null) continue
    const { lastDay } = scopeText(deps, record)
    const words = { kind: 'delegation', target: { kind: 'delegation', id }, title: '授权快到期了', cause: `delegation:${id}:ending` } as const
    await tx(deps.pool, async (db) => {
      const delegate = await delegateName(db, deps, delegateId)
      for (const accountId of await speakersFor(db, subjectId)) {
        const body = `${delegate}替你办理的授权，${lastDay}是最后一天。还要对方帮忙，请到时再授权一次。`
        await tell(db, deps, { ...words, accountId, subjectId, body })
      }
      const body = `替${await subjectName(db, deps, record)}办理的授权，${lastDay}是最后一天。还要接着办，请对方再授权一次。`
      await tell(db, deps, { ...words, accountId: delegateId, subjectId: null, body })
    })
  }
  await forgetOffers(deps.pool, new Date(now - 30 * dayMs))
}
