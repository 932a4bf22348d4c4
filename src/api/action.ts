import { useCallback, useRef, useState } from 'react'
import { asApiError, type ApiError } from './api-error'
import { wordingOf } from './wording'

export interface Action {
  busy: boolean
  error: ApiError | null
  /** What went wrong, what is kept and what to do, in one text for a Notice; empty while nothing is wrong. */
  fault: string
  /** Runs unless something runs already; true when it was done. */
  run: (act: () => Promise<void>) => Promise<boolean>
}

/** One thing that the person does on a page: once at a time, its failure in words. */
export function useAction(): Action {
  const [state, setState] = useState<{ busy: boolean; error: ApiError | null }>({ busy: false, error: null })
  const running = useRef(false)
  const run = useCallback(async (act: () => Promise<void>) => {
    if (running.current) return false
    running.current = true
    setState({ busy: true, error: null })
    try {
      await act()
      setState({ busy: false, error: null })
      return true
    } catch (thrown) {
      setState({ busy: false, error: asApiError(thrown) })
      return false
    } finally {
      running.current = false
    }
  }, [])
  return { ...state, fault: state.error ? inWords(state.error) : '', run }
}

/** What the server said about this very case comes first: it knows which step forbids it. */
function inWords(error: ApiError): string {
  const { what, kept, now } = wordingOf(error)
  const isNew = error.detail !== null && error.detail !== what && !now.includes(error.detail)
  const detail = isNew ? `${what}：${error.detail}。` : `${what}。`
  return detail + kept + now
}
