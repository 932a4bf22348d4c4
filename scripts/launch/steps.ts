/** Whether the cursor stands behind an unfinished step's title. */
let midLine = false

/** Runs one step of the start and says so: its title at once, how long it took when done. */
export async function step<T>(title: string, work: (log: (line: string) => void) => Promise<T> | T): Promise<T> {
  const started = performance.now()
  process.stdout.write(`  ▸ ${title} …`)
  midLine = true
  const result = await work(say)
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  process.stdout.write(midLine ? ` ${seconds} 秒\n` : `  ✓ ${title} ${seconds} 秒\n`)
  midLine = false
  return result
}

/** Prints a line on its own, also in the middle of a step. */
export function say(line: string): void {
  process.stdout.write(`${midLine ? '\n' : ''}    ${line}\n`)
  midLine = false
}

/** Something is wrong that the person at the keyboard can mend; the message says how. */
export class StartError extends Error {
  override name = 'StartError'
}
