import { useCallback, useEffect, useRef, useState } from 'react'
import { asApiError, type ApiError } from './api-error'
import { keep, readKept } from './kept'
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

/**
 * Reads one thing and keeps it on the device. Without network the kept copy is shown with its time; with neither, the error.
 * A new key starts afresh; null reads nothing yet.
 */
export function useResource<T>(key: string | null, load: () => Promise<T>): Resource<T> {
  const [state, setState] = useState<Omit<Resource<T>, 'reload' | 'set' | 'problem'>>({ data: null, error: null, loading: key !== null, keptAt: null })
  const latest = useRef({ key, load })
  latest.current = { key, load }

  const set = useCallback((data: T) => {
    if (latest.current.key) keep(latest.current.key, data, Date.now())
    setState({ data, error: null, loading: false, keptAt: null })
  }, [])

  const reload = useCallback(async () => {
    const asked = latest.current.key
    if (asked === null) return
    setState((now) => ({ ...now, loading: true, error: null }))
    try {
      const data = await latest.current.load()
      if (latest.current.key === asked) set(data)
    } catch (thrown) {
      if (latest.current.key !== asked) return
      const error = asApiError(thrown)
      const kept = error.code === 'offline' ? readKept<T>(asked) : undefined
      setState((now) =>
        kept && now.data === null ? { data: kept.data, error: null, loading: false, keptAt: kept.at } : { ...now, error, loading: false }
      )
    }
  }, [set])

  useEffect(() => {
    setState({ data: null, error: null, loading: key !== null, keptAt: null })
    void reload()
  }, [key, reload])

  const { error } = state
  return { ...state, problem: error && { ...wordingOf(error), traceId: error.traceId }, reload, set }
}
