import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** Runs a program to its end and keeps what it printed: plain text, also where `CI` makes programs colour it. */
export async function runCommand(command: string, args: string[], cwd: string): Promise<{ code: number; output: string }> {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NO_COLOR: '1' } })
  const parts: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => parts.push(text))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code: code ?? 1, output: parts.join('').trim() }
}
