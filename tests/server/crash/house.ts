import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '../../../scripts/launch/ports'
import { startDatabase } from '../../../server/db/embedded'
import { loadOrCreateKeys, type Keys } from '../../../server/vault/keys'
import { Program } from '../../e2e/support/program'
import { Gate } from './gate'

const RECOVER_MS = 180_000

export type Victim = 'server' | 'database'

/** Server, stand-ins and a PostgreSQL of their own that fears power cuts (fsync on), as processes to be killed. */
export interface House {
  /** The gate before the server: people, and the departments' callbacks, come through here. */
  front: Gate
  /** The gate before the stand-ins: all that the server sends out goes through here. */
  back: Gate
  databaseUrl: string
  keys: Keys
  /** Where the stand-ins keep their ledgers. */
  ledgerDir: string
  standInOrigin: string
  log(): string
  /** kill -9, at once: the server, or PostgreSQL with all its children. */
  kill(victim: Victim): void
  /** Brings back what was killed, as the launcher does, and waits until the server is ready again. */
  recover(victim: Victim): Promise<void>
  close(): Promise<void>
}

export async function openHouse(): Promise<House> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'zhangshangban-crash-'))
  // PostgreSQL runs as another account when we are root.
  fs.chmodSync(folder, 0o755)
  const h5Dir = path.join(folder, 'h5')
  fs.mkdirSync(h5Dir)
  fs.writeFileSync(path.join(h5Dir, 'index.html'), '<!doctype html><title>掌上办</title>')
  const keys = loadOrCreateKeys(path.join(folder, 'keys'))
  const database = await startDatabase({ dataDir: folder, log: () => undefined, durable: true })
  const [serverPort, standInPort] = [await freePort(), await freePort()]
  const [front, back] = [await Gate.open(serverPort), await Gate.open(standInPort)]
  const readyUrl = `http://127.0.0.1:${serverPort}/readyz`
  const standInOrigin = `http://127.0.0.1:${standInPort}`
  const ledgerDir = path.join(folder, 'mock')
  const standIns = new Program('mock/main.ts', `${standInOrigin}/mock`, {
    MOCK_PORT: String(standInPort), MOCK_DATA_DIR: ledgerDir, MOCK_SERVER_ORIGIN: front.origin, MOCK_PACE_MS: '20',
    PUBLIC_ORIGIN: front.origin
  })
  const server = new Program('server/main.ts', readyUrl, {
    PORT: String(serverPort), HOST: '127.0.0.1', PUBLIC_ORIGIN: front.origin, DATA_DIR: folder, DATABASE_URL: database.url, H5_DIR: h5Dir,
    STAND_IN_ORIGIN: back.origin
  })

  let killedDatabase = 0
  const house: House = {
    front, back, databaseUrl: database.url, keys, ledgerDir, standInOrigin,
    log: () => `${standIns.output}\n${server.output}`,
    kill(victim) {
      if (victim === 'server') return void server.kill()
      killedDatabase = database.pid
      for (const pid of [killedDatabase, ...childrenOf(killedDatabase)]) endNow(pid)
    },
    async recover(victim) {
      if (victim === 'server') {
        await server.kill()
        await server.start()
        return
      }
      const isBack = async () => {
        assert.ok(server.isRunning, 'PostgreSQL 被强杀，服务端也跟着退出了')
        return database.pid !== killedDatabase && isReady(readyUrl)
      }
      await until('PostgreSQL 被强杀后重新可用', isBack, RECOVER_MS)
    },
    async close() {
      await server.stop()
      await standIns.stop()
      await Promise.all([front.close(), back.close()])
      await database.stop()
      fs.rmSync(folder, { recursive: true, force: true })
    }
  }
  try {
    await standIns.start()
    await server.start()
  } catch (error) {
    await house.close()
    throw error
  }
  return house
}

/** Asks again until it holds. @throws when it does not within `milliseconds` */
export async function until(what: string, holds: () => Promise<boolean>, milliseconds: number): Promise<void> {
  const deadline = Date.now() + milliseconds
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`${milliseconds / 1000} 秒内没有等到：${what}`)
    await pause(50)
  }
}

const isReady = (url: string) => fetch(url).then(({ ok }) => ok, () => false)

function childrenOf(pid: number): number[] {
  if (process.platform === 'linux') return numbersIn(fs.readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8'))
  const lines = execFileSync('ps', ['-A', '-o', 'ppid=,pid='], { encoding: 'utf8' }).split('\n').map(numbersIn)
  return lines.flatMap(([parent, child]) => (parent === pid && child !== undefined ? [child] : []))
}

const numbersIn = (text: string) => text.trim().split(/\s+/).filter(Boolean).map(Number)

function endNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
