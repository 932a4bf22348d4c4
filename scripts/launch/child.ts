import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { say, StartError } from './steps'

const READY_SECONDS = 60
const STOP_SECONDS = 10

export type ChildOptions = {
  /** How the process is called in what is printed. */
  name: string
  /** Its TypeScript file, from the root of the project. */
  entry: string
  env: Record<string, string>
  /** Answers 200 once the process can be used. */
  readyUrl: string
  /** Lines of its output that need not be passed on. */
  unsaid?: RegExp
}

export type Child = {
  /** Ends the process in order and starts it anew. */
  restart(): Promise<void>
  stop(): Promise<void>
}

/**
 * Starts one of our programs as a process of its own that never outlives us, waits until it is ready, and starts it again
 * should it crash.
 *
 * @throws {StartError} when it ends or stays silent before it was ready
 */
export async function startChild(options: ChildOptions): Promise<Child> {
  let child = run(options)
  let stopping = false
  await ready(child, options)
  watch(child)

  function watch(current: ChildProcess): void {
    current.once('exit', async (code, signal) => {
      if (stopping) return
      say(`${options.name}意外退出（${signal ?? code}），正在重新启动`)
      await pause(500)
      if (!stopping) watch((child = run(options)))
    })
  }

  async function stop(): Promise<void> {
    stopping = true
    await end(child)
  }

  return {
    stop,
    async restart() {
      await stop()
      stopping = false
      watch((child = run(options)))
    }
  }
}

function run({ entry, env, unsaid }: ChildOptions): ChildProcess {
  const args = ['--import', 'tsx', '--import', path.join(__dirname, 'tied.mjs'), entry]
  // A group of its own: Ctrl-C in the terminal is for us, who end the processes in their order.
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, detached: true, stdio: ['pipe', 'pipe', 'pipe'] })
  for (const input of [child.stdout, child.stderr]) {
    createInterface({ input }).on('line', (line) => {
      if (!unsaid?.test(line)) say(line)
    })
  }
  return child
}

async function ready(child: ChildProcess, { name, readyUrl }: ChildOptions): Promise<void> {
  const deadline = Date.now() + READY_SECONDS * 1000
  while (Date.now() < deadline) {
    if (hasEnded(child)) throw new StartError(`${name}未能启动，原因见上`)
    if (await fetch(readyUrl).then((reply) => reply.ok, () => false)) return
    await pause(100)
  }
  await end(child)
  throw new StartError(`${name} ${READY_SECONDS} 秒内没有就绪（${readyUrl}）`)
}

async function end(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const force = setTimeout(() => child.kill('SIGKILL'), STOP_SECONDS * 1000)
  await ended
  clearTimeout(force)
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}
