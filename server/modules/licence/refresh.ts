import { tx, type Queryable } from '../../db/pool'
import type { Acting, Deps } from '../../deps'
import { GatewayUnavailable } from '../../gateways/ports'
import { isDelegate } from '../delegation/standing'
import { readSubject } from '../identity/subjects'
import { actorOf } from '../trace/actor'
import { recordTrace } from '../trace/service'
import { changesBy, noteChanges } from './changes'
import { withoutFlawed } from './flaws'
import { markUnlisted, putLicence } from './intake-repository'
import { licenceName } from './name'
import { fetchedAt, putFetches } from './source-repository'
import { tellHolders } from './telling'

export const sourceOf = (type: string) => `licence:${type}`

/**
 * Asks the library what a subject holds of these types and takes note of it, all or nothing; answers whether it answered. What changed
 * since is told to who may see it and to the cases that rely on it; of a type asked for the first time nothing counts as news.
 */
export async function refresh(deps: Deps, look: { subjectId: string; types: string[]; purpose: string; by?: FetchedBy }): Promise<boolean> {
  const { subjectId, types, purpose, by } = look
  const { idCode } = await readSubject(deps.pool, deps, subjectId)
  if (idCode === null) return true
  try {
    const reply = await deps.gateways.licenceLibrary.query({ holderIdCode: idCode, types, purpose })
    // The library also names licences in which the person only appears, such as those of a company represented.
    const own = reply.filter(({ type, holderIdCode }) => types.includes(type) && (holderIdCode === null || holderIdCode === idCode))
    const { licences: found, flaws } = withoutFlawed(deps.log, own)
    await tx(deps.pool, async (client) => {
      const now = new Date(deps.now())
      const asked = await fetchedAt(client, subjectId, types.map(sourceOf))
      const { changes } = await changesBy(client, deps, subjectId, types, async () => {
        for (const licence of found) await putLicence(client, deps.vault, { id: deps.newId(), subjectId, licence, caseId: null, now })
        // Where the library gave something wrong it can't be told what it no longer lists: what was known of that type stands.
        await markUnlisted(client, subjectId, types.filter((type) => !flaws.has(type)), found)
      })
      const sources = types.map((type) => ({
        source: sourceOf(type),
        found: found.some((each) => each.type === type),
        flaw: flaws.get(type) ?? null
      }))
      await putFetches(client, subjectId, sources, now)
      const named = types.map((type) => licenceName(deps, type))
      await traceFetch(client, deps, { subjectId, purpose, by }, named)
      const cause = { at: now.getTime(), reason: null }
      await noteChanges(client, deps, changes, cause)
      const news = changes.filter(({ from, licence }) => from !== null || asked.has(sourceOf(licence.type)))
      await tellHolders(client, deps, subjectId, news, cause)
    })
    return true
  } catch (error) {
    if (!(error instanceof GatewayUnavailable)) throw error
    deps.log.warn({ system: error.system }, '证照库连不上，用上次查到的')
    return false
  }
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
