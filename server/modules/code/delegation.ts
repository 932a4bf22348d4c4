import type { CodeRefusal, ShownBy } from '../../../contract/gateways/readers'
import type { Scene } from '../../../domain/code/scene'
import { delegationNumber } from '../../../domain/identifier/delegation-number'
import type { Queryable } from '../../db/pool'
import type { Acting, Deps } from '../../deps'
import { delegationInForce } from '../delegation/standing'
import { isDelegate } from '../identity/actors'
import { ownerOf, readSubject, shownName } from '../identity/subjects'

/** Who shows a code for whom, and as what. */
type Shower = Pick<Acting, 'accountId' | 'subjectId' | 'role'>

/**
 * The one place where a scene is held against who shows the code: as what, by which delegation (its number, never its id), and for a
 * delegate the masked name; the reason when it may not. Oneself, a guardian and a legal representative need no delegation; a proxy's or
 * operator's code is read only in the scenes that were delegated, and in none where the person must be present (processes.md §6:
 * 人脸到场类事项不可代).
 */
export async function shownBy(
  client: Queryable,
  deps: Deps,
  { accountId, subjectId, role }: Shower,
  scene: Scene
): Promise<ShownBy | Extract<CodeRefusal, 'in_person' | 'beyond_delegation'>> {
  if (!isDelegate(role)) return { role, delegationNumber: null, maskedName: null }
  if (scene.inPerson) return 'in_person'
  const delegation = await delegationInForce(client, deps, accountId, subjectId)
  if (!delegation?.scenes.includes(scene.id)) return 'beyond_delegation'
  const person = await readSubject(client, deps, await ownerOf(client, accountId))
  return { role, delegationNumber: delegationNumber(delegation.id), maskedName: shownName(person) }
}

/** Offline nobody can hold a scene against a delegation: who needs one gets no certificate. */
export const mayShowOffline = ({ role }: Pick<Shower, 'role'>): boolean => !isDelegate(role)
