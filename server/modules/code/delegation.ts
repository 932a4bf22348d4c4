import type { Queryable } from '../../db/pool'
import type { Acting, Deps } from '../../deps'
import { delegationInForce, isDelegate } from '../delegation/standing'

/** Who shows a code for whom, and as what. */
type Shower = Pick<Acting, 'accountId' | 'subjectId' | 'role'>

/**
 * The one place where a scene is held against the delegation of who shows the code. Oneself, a guardian and a legal representative
 * need none; a proxy's or operator's code is read only in the scenes that were delegated.
 */
export async function mayShow(client: Queryable, deps: Deps, { accountId, subjectId, role }: Shower, sceneId: string): Promise<boolean> {
  if (!isDelegate(role)) return true
  return (await delegationInForce(client, deps, accountId, subjectId))?.scenes.includes(sceneId) ?? false
}

/** Offline nobody can hold a scene against a delegation: who needs one gets no certificate. */
export const mayShowOffline = ({ role }: Pick<Shower, 'role'>): boolean => !isDelegate(role)
