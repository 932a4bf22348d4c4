import type { Deps } from '../../deps'
import { isDelegate } from '../identity/actors'
import type { FetchedBy } from './refresh'

/** What is asked of a source about a subject, why, and by whom: what the owner reads of it in the trace. */
interface Asking {
  subjectId: string
  sources: string[]
  purpose: string
  by?: FetchedBy
}

const underway = new WeakMap<Deps['pool'], Map<string, Promise<unknown>>>()

/**
 * Asks; who wants to ask the very same while that is under way is given its answer. Pages that open together ask a source once, and the
 * owner reads of it once. Another purpose, other sources or another delegate are another asking.
 */
export function askedOnce<T>({ pool }: Pick<Deps, 'pool'>, { subjectId, sources, purpose, by }: Asking, ask: () => Promise<T>): Promise<T> {
  const asked = underway.get(pool) ?? new Map<string, Promise<unknown>>()
  underway.set(pool, asked)
  const key = JSON.stringify([subjectId, sources, purpose, by && isDelegate(by.role) ? [by.selfId, by.role] : null])
  const answer = asked.get(key) ?? ask().finally(() => asked.delete(key))
  asked.set(key, answer)
  return answer as Promise<T>
}
