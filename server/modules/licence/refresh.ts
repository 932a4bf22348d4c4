import { tx, type Queryable } from '../../db/pool'
import type { Acting, Deps } from '../../deps'
import { GatewayUnavailable } from '../../gateways/ports'
import { isDelegate } from '../identity/actors'
import { readSubject } from '../identity/subjects'
import { actorOf } from '../trace/actor'
import { recordTrace } from '../trace/service'
import { changesBy, noteChanges } from './changes'
import { withoutFlawed } from './flaws'
import { markUnlisted, putLicence } from './intake-repository'
import { licenceName } from './name'
import { fetchedAt, knownOf, putFetches } from './source-repository'
import { tellHolders } from './telling'

export const sourceOf = (type: string) => `licence:${type}`

export interface Look {
  subjectId: string
  /** Licence types to ask for: no more than the purpose needs. */
  types: string[]
  /** Why, as the owner will read it in the trace: 「办理出生一件事」. */
  purpose: string
  /** Who acts; a delegate is named in the trace. */
  by?: FetchedBy
}

/**
 * Asks the library what a subject holds of these types and takes note of it, all or nothing; answers whether it answered. What changed
 * since is told to who may see it and to the cases that rely on it; of a type asked for the first time nothing counts as news.
 *
 * Where other news of a type came in while the library was answering, its answer may be the older of the two: it is left unused and the
 * library asked for that type once more, unless the news is the library's answer to somebody else. If that is overtaken too, what came in
 * stands until the next look.
 */
export async function refresh(deps: Deps, look: Look): Promise<boolean> {
  const { idCode } = await readSubject(deps.pool, deps, look.subjectId)
  if (idCode === null) return true
  try {
    const overtaken = await takeAnswer(deps, idCode, look)
    if (overtaken.length > 0) await takeAnswer(deps, idCode, { ...look, types: overtaken })
    return true
  } catch (error) {
    if (!(error instanceof GatewayUnavailable)) throw error
    deps.log.warn({ system: error.system }, '证照库连不上，用上次查到的')
    return false
  }
}

/** @returns the types to ask for again: other news of them came in meanwhile, and not because somebody else asked */
async function takeAnswer(deps: Deps, idCode: string, { subjectId, types, purpose, by }: Look): Promise<string[]> {
  const before = await knownOf(deps.pool, subjectId, types)
  const askedBefore = await fetchedAt(deps.pool, subjectId, types.map(sourceOf))
  const reply = await deps.gateways.licenceLibrary.query({ holderIdCode: idCode, types, purpose })
  return tx(deps.pool, async (client) => {
    const now = new Date(deps.now())
    const { result, changes } = await changesBy(client, deps, subjectId, types, async () => {
      const known = await knownOf(client, subjectId, types)
      const asked = await fetchedAt(client, subjectId, types.map(sourceOf))
      const timely = types.filter((type) => known.get(type) === before.get(type))
      // The library also names licences in which the person only appears, such as those of a company represented.
      const own = reply.filter(({ type, holderIdCode }) => timely.includes(type) && (holderIdCode === null || holderIdCode === idCode))
      const { licences: found, flaws } = withoutFlawed(deps.log, own)
      for (const licence of found) await putLicence(client, deps.vault, { id: deps.newId(), subjectId, licence, caseId: null, now })
      // Where the library gave something wrong it can't be told what it no longer lists: what was known of that type stands.
      await markUnlisted(client, subjectId, timely.filter((type) => !flaws.has(type)), found)
      const sources = timely.map((type) => ({
        source: sourceOf(type),
        found: found.some((each) => each.type === type),
        flaw: flaws.get(type) ?? null
      }))
      await putFetches(client, subjectId, sources, now)
      const isOvertaken = (type: string) => !timely.includes(type) && asked.get(sourceOf(type)) === askedBefore.get(sourceOf(type))
      return { asked, overtaken: types.filter(isOvertaken) }
    })
    const named = types.map((type) => licenceName(deps, type))
    await traceFetch(client, deps, { subjectId, purpose, by }, named)
    const cause = { at: now.getTime(), reason: null }
    await noteChanges(client, deps, changes, cause)
    const news = changes.filter(({ from, licence }) => from !== null || result.asked.has(sourceOf(licence.type)))
    await tellHolders(client, deps, subjectId, news, cause)
    return result.overtaken
  })
}

/** Who had a source asked, where it is a delegate. */
export type FetchedBy = Pick<Acting, 'selfId' | 'role'>

/** Leaves the trace of what was asked of a source about a subject: by the platform, or by whom in the subject's place. */
export async function traceFetch(
  db: Queryable,
  deps: Deps,
  { subjectId, purpose, by }: { subjectId: string; purpose: string; by?: FetchedBy },
  fields: string[]
): Promise<void> {
  const who = by && isDelegate(by.role) ? await actorOf(db, deps, by, subjectId) : ({ actor: '掌上办', actorKind: 'system' } as const)
  await recordTrace(db, deps, { subjectId, ...who, action: 'fetch', purpose, fields })
}
