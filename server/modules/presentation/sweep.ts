import { onlineMs } from '../../../domain/code/freshness'
import type { Deps } from '../../deps'
import { forgetUnseen } from '../licence/grants'
import { sweepPresentations } from './repository'
import { freePlaces } from './status-list'

/** For how long a used or expired code is known as such; afterwards it is not known at all. */
const rememberedMs = 24 * 3_600_000

/** Wipes what ran out and forgets what is a day old. Safe to run again. */
export async function sweep(deps: Pick<Deps, 'pool' | 'now'>): Promise<void> {
  const ago = (milliseconds: number) => new Date(deps.now() - milliseconds)
  await sweepPresentations(deps.pool, { wipeBefore: ago(2 * onlineMs), forgetBefore: ago(rememberedMs) })
  await forgetUnseen(deps.pool, ago(rememberedMs))
  await freePlaces(deps.pool, ago(0))
}
