/** What a layer or a gate came to. */
export type Outcome = { passed: number; failed: number; skipped: number }

export const NOTHING: Outcome = { passed: 0, failed: 0, skipped: 0 }

export function sum(outcomes: Outcome[]): Outcome {
  return outcomes.reduce(
    (total, one) => ({ passed: total.passed + one.passed, failed: total.failed + one.failed, skipped: total.skipped + one.skipped }),
    NOTHING
  )
}

/** `12 passed, 0 failed`, and the skipped ones where there are any. */
export function summary({ passed, failed, skipped }: Outcome): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}
