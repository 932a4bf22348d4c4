import type { ClaimedLicences } from '../../../contract/licences'
import { tx } from '../../db/pool'
import type { Acting, Deps } from '../../deps'
import { Refusal } from '../../errors'
import { isDelegate } from '../identity/actors'
import { lockSubjects } from '../identity/locking'
import { announce } from '../live/service'
import { actorOf } from '../trace/actor'
import { recordTrace } from '../trace/service'
import { cardOf } from './card'
import { claim } from './repository'
import { licenceName } from './name'
import { isUsable } from './status'
import { lookThrough, requireSensitiveConsent } from './wallet'

/**
 * Claims licences that the library lists of the one acted for (领证); without ids all that are good today. Claiming again changes
 * nothing. Each leaves a trace with its holder. Errors: consent_required, forbidden, not_found (also when one of several is nobody's
 * here), licence_unusable for one that is not good any more.
 */
export async function claimLicences(deps: Deps, acting: Acting, ids: string[] | undefined): Promise<ClaimedLicences> {
  await requireSensitiveConsent(deps, acting)
  if (isDelegate(acting.role)) throw new Refusal('forbidden', { detail: '证照由本人、监护人或法定代表人来领取' })
  const parts = await lookThrough(deps, acting, '领取证照')
  const held = parts.flatMap(({ subject, found }) => found.licences.map((licence) => ({ licence, subject })))
  const wanted = ids
    ? ids.map((id) => held.find(({ licence }) => licence.id === id))
    : held.filter(({ licence }) => licence.claimedAt === null && isUsable(licence.status))
  const chosen = wanted.flatMap((each) => each ?? [])
  if (chosen.length < wanted.length) throw new Refusal('not_found', { detail: '没有找到这本证照' })
  const spent = chosen.find(({ licence }) => licence.claimedAt === null && !isUsable(licence.status))
  if (spent) throw new Refusal('licence_unusable', { detail: `${licenceName(deps, spent.licence.type)}已经不能用了，不必再领` })
  const now = deps.now()
  await tx(deps.pool, async (client) => {
    await lockSubjects(client, chosen.map(({ subject }) => subject.id))
    const claimed = await claim(client, chosen.map(({ licence }) => licence.id), new Date(now))
    for (const { licence } of chosen.filter((each) => claimed.includes(each.licence.id))) {
      await recordTrace(client, deps, {
        subjectId: licence.subjectId,
        ...(await actorOf(client, deps, acting, licence.subjectId)),
        action: 'fetch',
        purpose: `领取${licenceName(deps, licence.type)}`,
        fields: Object.keys(licence.face)
      })
      await announce(client, [acting.accountId], { kind: 'licence', id: licence.id })
    }
  })
  return { claimed: chosen.map(({ licence, subject }) => cardOf(deps, { ...licence, claimedAt: licence.claimedAt ?? now }, subject)) }
}
