import { constants, existsSync, mkdirSync, readFileSync, truncateSync } from 'node:fs'
import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import path from 'node:path'

/**
 * Append-only ledger, one JSON record a line. `append` resolves when the record is on the disk (fsync); records that arrive
 * together share one write and one fsync. A last line torn by a crash was never acknowledged: it is cut off on opening.
 */
export class Ledger<Line extends object> {
  private waiting: { text: string; done: () => void; failed: (error: unknown) => void }[] = []
  private writing: Promise<void> = Promise.resolve()

  private constructor(private readonly handle: FileHandle, readonly lines: Line[]) {}

  static async open<Line extends object>(file: string): Promise<Ledger<Line>> {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
    const whole = existsSync(file) ? readWholeLines(file) : ''
    const lines = whole.split('\n').filter(Boolean).map(line => JSON.parse(line) as Line)
    return new Ledger(await open(file, constants.O_APPEND | constants.O_CREAT | constants.O_WRONLY, 0o600), lines)
  }

  append(line: Line): Promise<void> {
    this.lines.push(line)
    return new Promise((done, failed) => {
      this.waiting.push({ text: `${JSON.stringify(line)}\n`, done, failed })
      if (this.waiting.length === 1) this.writing = this.writing.then(() => this.flush())
    })
  }

  async close(): Promise<void> {
    await this.writing
    await this.handle.close()
  }

  private async flush(): Promise<void> {
    const batch = this.waiting
    this.waiting = []
    try {
      await this.handle.writeFile(batch.map(entry => entry.text).join(''))
      await this.handle.sync()
      for (const entry of batch) entry.done()
    } catch (error) {
      for (const entry of batch) entry.failed(error)
    }
  }
}

function readWholeLines(file: string): string {
  const bytes = readFileSync(file)
  const end = bytes.lastIndexOf(0x0a) + 1
  if (end < bytes.length) truncateSync(file, end)
  return bytes.subarray(0, end).toString('utf8')
}
