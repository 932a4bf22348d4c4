import { spawn, type StdioOptions } from 'node:child_process'
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { connectionUrl, prepareCluster, program, runOptions, type Cluster } from './postgres-cluster'
import { commandLine, isAlive } from './process-life'

const DATABASE = 'zhangshangban'
const START_SECONDS = 60
const STOP_SECONDS = 20

export type EmbeddedOptions = {
  /** The project's data folder; PostgreSQL keeps its own under `postgres/` in it. */
  dataDir: string
  /** Told what is being done, one short line at a time. */
  log: (line: string) => void
  /** `false` trades safety for speed (fsync off): for tests only. */
  durable?: boolean
}

export type EmbeddedDatabase = {
  /** Connection string of the project's database. */
  url: string
  /** Process id of the running PostgreSQL; another one after it crashed and was started again. */
  readonly pid: number
  /** Ends PostgreSQL in order (open transactions are rolled back) and returns when it is gone. */
  stop(): Promise<void>
}

type Running = { pid: number; port: number }

/**
 * Starts the PostgreSQL that comes with the project, or takes over one that an earlier run left behind when it was killed.
 * It listens on a free port of 127.0.0.1 only, with a generated password. Should PostgreSQL die, it is started again on the
 * same port, so that a connection pool finds it again. That nobody else uses the same folder is for the caller to see to.
 *
 * @throws when PostgreSQL can't be started; the message carries the end of its log
 */
export async function startDatabase({ dataDir, log, durable = true }: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const cluster = prepareCluster(path.resolve(dataDir), durable, log)
  let running = (await adopt(cluster, log)) ?? (await launch(cluster, await freePort()))
  const { port } = running
  await createDatabase(cluster, port)

  let restart: Promise<void> | undefined
  const watch = setInterval(() => {
    if (restart || isAlive(running.pid)) return
    log('PostgreSQL 意外退出，正在重新启动')
    restart = launch(cluster, port)
      .then((again) => void (running = again))
      .catch((error: unknown) => log(`PostgreSQL 未能重新启动：${String(error)}`))
      .finally(() => (restart = undefined))
  }, 250)
  watch.unref()

  return {
    url: connectionUrl(cluster, port, DATABASE),
    get pid() {
      return running.pid
    },
    async stop() {
      clearInterval(watch)
      await restart
      await end(cluster, running.pid, ['SIGINT', 'SIGQUIT', 'SIGKILL'])
    }
  }
}

/** The PostgreSQL that a killed run left behind, if it still answers with our password; otherwise it is ended. */
async function adopt(cluster: Cluster, log: (line: string) => void): Promise<Running | undefined> {
  const note = path.join(cluster.folder, 'postmaster.pid')
  if (!fs.existsSync(note)) return undefined
  const lines = fs.readFileSync(note, 'utf8').split('\n')
  const pid = Number(lines[0])
  const port = Number(lines[3])
  if (!isAlive(pid) || commandLine(pid)?.includes('postgres') === false) {
    // Its number may since have gone to an unrelated process, on which PostgreSQL would refuse to start.
    fs.rmSync(note, { force: true })
    return undefined
  }
  if (await answers(cluster, port, 10)) {
    log('接管上次运行留下的 PostgreSQL')
    return { pid, port }
  }
  log('结束上次运行留下的 PostgreSQL')
  await end(cluster, pid, ['SIGQUIT', 'SIGKILL'])
  return undefined
}

async function launch(cluster: Cluster, port: number): Promise<Running> {
  const deadline = Date.now() + START_SECONDS * 1000
  while (Date.now() < deadline) {
    const pid = await spawnPostgres(cluster, port)
    while (isAlive(pid) && Date.now() < deadline) {
      if (await answers(cluster, port, 0)) return { pid, port }
      await pause(30)
    }
    // After a kill -9 the old backends hold the shared memory for a moment longer: try again.
    await pause(300)
  }
  const lastWords = fs.readFileSync(cluster.logFile, 'utf8').split('\n').slice(-15).join('\n')
  throw new Error(`PostgreSQL 在 ${START_SECONDS} 秒内未能启动，日志末尾：\n${lastWords}`)
}

/** Its log goes to a file, which outlives us; detached, so that Ctrl-C reaches the server first, which then stops PostgreSQL. */
function spawnPostgres(cluster: Cluster, port: number): Promise<number> {
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    max_connections: '100',
    ...(cluster.durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' })
  }
  const args = ['-D', cluster.folder, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
  const logFile = fs.openSync(cluster.logFile, 'a', 0o600)
  const stdio: StdioOptions = ['ignore', logFile, logFile]
  const options = { ...runOptions(cluster), cwd: cluster.folder, detached: true, stdio }
  const child = spawn(program(cluster, 'postgres'), args, options)
  fs.closeSync(logFile)
  child.unref()
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('spawn', () => resolve(child.pid as number))
  })
}

async function end(cluster: Cluster, pid: number, signals: NodeJS.Signals[]): Promise<void> {
  for (const signal of signals) {
    if (!isAlive(pid)) break
    process.kill(pid, signal)
    const deadline = Date.now() + STOP_SECONDS * 1000
    while (isAlive(pid) && Date.now() < deadline) await pause(20)
  }
  fs.rmSync(path.join(cluster.folder, 'postmaster.pid'), { force: true })
}

/** Whether PostgreSQL lets us in at this port with our password, asked again for `seconds`. */
async function answers(cluster: Cluster, port: number, seconds: number): Promise<boolean> {
  const deadline = Date.now() + seconds * 1000
  for (;;) {
    const client = new Client({ connectionString: connectionUrl(cluster, port, 'postgres'), connectionTimeoutMillis: 5000 })
    client.on('error', () => undefined)
    try {
      await client.connect()
      return true
    } catch {
      if (Date.now() >= deadline) return false
      await pause(100)
    } finally {
      await client.end().catch(() => undefined)
    }
  }
}

async function createDatabase(cluster: Cluster, port: number): Promise<void> {
  const client = new Client({ connectionString: connectionUrl(cluster, port, 'postgres') })
  await client.connect()
  try {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE])
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`)
  } finally {
    await client.end()
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as net.AddressInfo
      probe.close(() => resolve(port))
    })
  })
}
