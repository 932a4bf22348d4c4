import { afterPaint } from '../platform/paint'

const holding = new Set<object>()
let waiting: (() => void)[] = []

/**
 * Something must stand on the screen before all else, the code at a cold start: until the returned function is called, and what is
 * ready has been painted, what can wait does.
 */
export function goFirst(): () => void {
  const hold = {}
  holding.add(hold)
  return () => afterPaint(() => release(hold))
}

function release(hold: object): void {
  holding.delete(hold)
  if (holding.size > 0) return
  const woken = waiting
  waiting = []
  for (const wake of woken) wake()
}

/** When nothing goes first (any more). */
export function firstDone(): Promise<void> {
  if (holding.size === 0) return Promise.resolve()
  return new Promise((resolve) => {
    waiting.push(resolve)
  })
}
