import { useEffect, useState } from 'react'
import { usePageShown } from '../platform/lifecycle'

const MINUTE_MS = 60_000

/** The time, epoch ms, as pages show it: anew each minute and each time the page comes to the front. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now)
  usePageShown(() => setNow(Date.now()))
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), MINUTE_MS)
    return () => clearInterval(timer)
  }, [])
  return now
}
