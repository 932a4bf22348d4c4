import type { Queryable } from '../../db/pool'
import type { Deps } from '../../deps'
import { readSubject } from '../identity/subjects'
import { draftsReleasedFor } from '../invitation/standing'
import { submissionsWaiting } from './grant-repository'

/** The submissions that may yet send a licence of this holder to a department: about the holder, or by what the holder released to them. */
export async function submissionsAwaiting(client: Queryable, deps: Deps, holderId: string): Promise<string[]> {
  const { idCode } = await readSubject(client, deps, holderId)
  return submissionsWaiting(client, holderId, idCode === null ? [] : await draftsReleasedFor(deps, client, idCode))
}
