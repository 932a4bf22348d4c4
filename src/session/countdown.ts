import { useEffect, useState } from 'react'

const SECOND_MS = 1_000

/**
 * Whole seconds left of a span that began when it was received here: counted on this device's own clock, which may be wrong but runs
 * evenly. 0 once it is over.
 */
export function useCountdown(receivedAt: number, spanMs: number): number {
  const [now, setNow] = useState(receivedAt)
  const left = Math.max(0, Math.ceil((receivedAt + spanMs - now) / SECOND_MS))
  const over = left === 0
  useEffect(() => {
    if (over) return
    const timer = setInterval(() => setNow(Date.now()), SECOND_MS)
    return () => clearInterval(timer)
  }, [over, receivedAt])
  return left
}
