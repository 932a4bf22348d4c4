import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { onNetworkChange } from '../platform/network'
import { actingFor, followActing } from '../session/tokens'
import { asApiError, type ApiError } from './api-error'
import { keeping, readKept } from './kept'
import { wordingOf, type Wording } from './wording'

export interface Resource<T> {
  data: T | null
  error: ApiError | null
  /** The error in words, with the number to quote; for <Loaded>. */
  problem: (Wording & { traceId: string | null }) | null
  loading: boolean
  /** When the copy on screen was loaded, if it is an old one shown without network; epoch ms. */
  keptAt: number | null
  reload: () => Promise<void>
  /** Puts in what an action answered, without asking again. */
  set: (data: T) => void
}

type State<T> = Pick<Resource<T>, 'data' | 'error' | 'loading' | 'keptAt'> & { of: string | null }

const blank = <T>(key: string | null): State<T> => ({ of: key, data: null, error: null, loading: key !== null, keptAt: null })

/**
 * Reads one thing and keeps it on the device. Without network the kept copy is shown with its time; with neither, the error.
 * An old copy is renewed when the network is back. What was refused is asked for again once one acts for somebody else.
 * A new key starts afresh; null reads nothing yet.
 */
export function useResource<T>(key: string | null, load: () => Promise<T>): Resource<T> {
  const [state, setState] = useState<State<T>>(() => blank(key))
  const shown = state.of === key ? state : blank<T>(key)
  const latest = useRef({ key, load })
  const askedFor = useRef<string | null>(null)
  useEffect(() => {
    latest.current = { key, load }
  })

  const put = useCallback((data: T, keepIt: ReturnType<typeof keeping>) => {
    const of = latest.current.key
    if (of) keepIt(of, data, Date.now())
    setState({ of, data, error: null, loading: false, keptAt: null })
  }, [])
  const set = useCallback((data: T) => put(data, keeping()), [put])

  const reload = useCallback(async () => {
    const asked = latest.current.key
    if (asked === null) return
    askedFor.current = actingFor()
    const before = (now: State<T>) => (now.of === asked ? now : blank<T>(asked))
    setState((now) => ({ ...before(now), loading: true, error: null }))
    const keepIt = keeping()
    try {
      const data = await latest.current.load()
      if (latest.current.key === asked) put(data, keepIt)
    } catch (thrown) {
      if (latest.current.key !== asked) return
      const error = asApiError(thrown)
      const kept = error.code === 'offline' ? readKept<T>(asked) : undefined
      setState((now) => (kept && before(now).data === null
        ? { of: asked, data: kept.data, error: null, loading: false, keptAt: kept.at }
        : { ...before(now), error, loading: false }))
    }
  }, [put])

  useEffect(() => {
    void reload()
  }, [key, reload])

  const isOld = shown.keptAt !== null
  useEffect(() => {
    if (!isOld) return
    return onNetworkChange((online) => {
      if (online) void reload()
    })
  }, [isOld, reload])

  const refused = shown.error?.code === 'forbidden'
  const subject = useSyncExternalStore(followActing, actingFor)
  useEffect(() => {
    if (refused && askedFor.current !== subject) void reload()
  }, [refused, subject, reload])

  const { data, error, loading, keptAt } = shown
  // The words for `internal` name the number themselves.
  const traceId = error && error.code !== 'internal' ? error.traceId : null
  return { data, error, loading, keptAt, problem: error && { ...wordingOf(error), traceId }, reload, set }
}
