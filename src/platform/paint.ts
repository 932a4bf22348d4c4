/** What is ready has still to be painted; a tab in the background paints nothing, so the moment is a guess. */
const PAINT_MS = 50

/** Runs once what has just been rendered stands on the screen. */
export function afterPaint(run: () => void): void {
  setTimeout(run, PAINT_MS)
}
