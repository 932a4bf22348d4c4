import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'

/** A bound, not a measure: on a busy machine a step may take long, and nobody waits longer than it takes. */
export const PATIENCE_MS = 90_000
const PAUSE_MS = 100

/** Asks again and again until it is so. */
export async function until(what: string, met: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS
  while (!(await met())) {
    assert.ok(Date.now() < deadline, `${what} did not come about within ${PATIENCE_MS / 1000} s`)
    await pause(PAUSE_MS)
  }
}

/**
 * Reads again and again until it is as wanted: for what a locator cannot wait for, a count, a value, what has focus. Fails with the
 * last difference.
 */
export async function becomes<T>(read: () => Promise<T>, wanted: T, message?: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    const now = await read()
    try {
      return assert.deepEqual(now, wanted, message)
    } catch (difference) {
      if (Date.now() > deadline) throw difference
    }
    await pause(PAUSE_MS)
  }
}

/** Until the page has as many of these as told. */
export const counts = (locator: { count: () => Promise<number> }, wanted: number, message?: string) =>
  becomes(() => locator.count(), wanted, message)

/** Until the field holds this. */
export const holds = (field: { inputValue: () => Promise<string> }, wanted: string, message?: string) =>
  becomes(() => field.inputValue(), wanted, message)
