import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const root = path.resolve(__dirname, '../../..')
/** A bound, not a measure: many programs may start at once on two cores. */
const READY_MS = 180_000
const STOP_MS = 10_000

/** One of our programs as a process that ends with us, however we end. */
export class Program {
  output = ''
  #child: ChildProcess | undefined

  constructor(
    private readonly entry: string,
    private readonly readyUrl: string,
    private readonly env: Record<string, string>
  ) {}

  async start() {
    const args = ['--import', 'tsx', '--import', path.join(root, 'scripts/launch/tied.mjs'), path.join(root, this.entry)]
    const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, ...this.env }, stdio: ['pipe', 'pipe', 'pipe'] })
    this.#child = child
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (this.output += text))
    const deadline = Date.now() + READY_MS
    while (
      !(await fetch(this.readyUrl).then(
        (reply) => reply.ok,
        () => false
      ))
    ) {
      if (hasEnded(child)) throw new Error(`${this.entry} ended before it was ready:\n${this.output}`)
      if (Date.now() > deadline) throw new Error(`${this.entry} was not ready in ${READY_MS / 1000} s (${this.readyUrl}):\n${this.output}`)
      await pause(50)
    }
  }

  /** Whether it runs: false before start, and after it ended by whatever cause. */
  get isRunning(): boolean {
    return this.#child !== undefined && !hasEnded(this.#child)
  }

  async restart() {
    await this.stop()
    await this.start()
  }

  stop() {
    return this.#end('SIGTERM')
  }

  /** kill -9, at once; resolves when it is gone. */
  kill() {
    return this.#end('SIGKILL')
  }

  async #end(signal: NodeJS.Signals) {
    const child = this.#child
    if (!child || hasEnded(child)) return
    const ended = once(child, 'exit')
    child.kill(signal)
    const force = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
    await ended
    clearTimeout(force)
  }
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null
