import { useEffect, useState } from 'react'

/** The phone's clock, ms, anew each second while `running`. */
export function useSecond(running: boolean): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (!running) return
    const tick = () => setNow(Date.now())
    const [soon, timer] = [setTimeout(tick, 0), setInterval(tick, 1000)]
    return () => {
      clearTimeout(soon)
      clearInterval(timer)
    }
  }, [running])
  return now
}
