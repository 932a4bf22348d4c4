import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** Whether a process with this id runs. A zombie (dead, not yet reaped by its parent) counts as dead. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  return process.platform !== 'linux' || !procStat(pid)?.startsWith('Z')
}

/**
 * When the process started, as an opaque text that differs between two processes that got the same id one after the other.
 * `undefined` when there is no such process or the system does not tell.
 */
export function processStart(pid: number): string | undefined {
  if (process.platform === 'linux') return procStat(pid)?.split(' ')[19]
  if (process.platform === 'win32') return undefined
  return ask('ps', ['-p', String(pid), '-o', 'lstart='])
}

/** The command line of a process, or `undefined` when it is gone or the system does not tell. */
export function commandLine(pid: number): string | undefined {
  if (process.platform === 'linux') return read(`/proc/${pid}/cmdline`)?.replaceAll('\0', ' ').trim()
  if (process.platform === 'win32') return undefined
  return ask('ps', ['-p', String(pid), '-o', 'command='])
}

/** Fields of /proc/PID/stat from the state on: the command's name before it may itself hold blanks and brackets. */
function procStat(pid: number): string | undefined {
  return read(`/proc/${pid}/stat`)?.split(') ').at(-1)
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

function ask(command: string, args: string[]): string | undefined {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim() || undefined
  } catch {
    return undefined
  }
}
