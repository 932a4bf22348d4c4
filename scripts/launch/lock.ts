import fs from 'node:fs'
import path from 'node:path'
import { isAlive, processStart } from '../../server/db/process-life'

export type Lock = { release(): void }

/** Who holds a lock; `note` is what the holder wants others to know (an address, say). */
export type Holder = { pid: number; start?: string; note: string }

/**
 * Takes the lock `file` for this process, or answers with who holds it. A lock whose holder was killed counts as free, also when
 * its process number has since gone to another process.
 */
export function takeLock(file: string, note: string): { lock: Lock } | { heldBy: Holder } {
  fs.mkdirSync(path.dirname(file), { recursive: true })
  const mine = JSON.stringify({ pid: process.pid, start: processStart(process.pid), note } satisfies Holder)
  const draft = `${file}.${process.pid}`
  for (;;) {
    fs.writeFileSync(draft, mine)
    try {
      // A link appears whole or not at all; an exclusively created file could be seen while still empty.
      fs.linkSync(draft, file)
      return { lock: { release: () => releaseIfMine(file, mine) } }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const holder = holderOf(file)
      if (holder) return { heldBy: holder }
      fs.rmSync(file, { force: true })
    } finally {
      fs.rmSync(draft, { force: true })
    }
  }
}

/** Who holds the lock `file` now; undefined when nobody does. */
export function holderOf(file: string): Holder | undefined {
  const holder = readHolder(file)
  return holder && isHolding(holder) ? holder : undefined
}

function isHolding({ pid, start }: Holder): boolean {
  return isAlive(pid) && (start === undefined || start === processStart(pid))
}

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')) as Holder
  } catch {
    return undefined
  }
}

function releaseIfMine(file: string, mine: string): void {
  if (fs.existsSync(file) && fs.readFileSync(file, 'utf8') === mine) fs.rmSync(file)
}
