import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { postgresAccount, prepareBinaries, reachableByOthers, sharedPlace, type RunAs } from './postgres-binaries'

const LOG_LIMIT_BYTES = 5_000_000

/** A PostgreSQL data folder with all that is needed to run it. */
export type Cluster = { folder: string; native: string; runAs: RunAs; password: string; logFile: string; durable: boolean }

/**
 * Finds the cluster under `dataDir/postgres`, or makes it: password (0600), PostgreSQL's programs, initdb.
 *
 * @param durable `false`: skip what only protects against a power cut (tests)
 * @throws when the cluster belongs to another account, or initdb fails
 */
export function prepareCluster(dataDir: string, durable: boolean, log: (line: string) => void): Cluster {
  const home = path.join(dataDir, 'postgres')
  fs.mkdirSync(home, { recursive: true })
  const runAs = postgresAccount()
  const native = prepareBinaries(runAs, home)
  const cluster = { folder: clusterFolder(home, runAs), native, runAs, password: password(home), logFile: freshLog(home), durable }
  if (!fs.existsSync(path.join(cluster.folder, 'PG_VERSION'))) {
    log('首次运行：正在初始化数据库')
    initialise(cluster)
  }
  checkOwner(cluster)
  return cluster
}

/** Connection string of one database of the cluster. */
export function connectionUrl(cluster: Cluster, port: number, database: string): string {
  return `postgres://postgres:${cluster.password}@127.0.0.1:${port}/${database}`
}

/** Full path of one of PostgreSQL's programs. */
export function program(cluster: Cluster, name: 'initdb' | 'postgres'): string {
  return path.join(cluster.native, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
}

/** How PostgreSQL's programs are run. They get none of our variables: PG* ones would mislead them, the others may hold secrets. */
export function runOptions(cluster: Cluster) {
  const env: Record<string, string> = { PATH: '/usr/bin:/bin', TZ: 'UTC' }
  return { ...cluster.runAs, env: env as NodeJS.ProcessEnv }
}

/** Beside our own files; elsewhere (and noted in `location`) when root's folders are closed to the account PostgreSQL runs as. */
function clusterFolder(home: string, runAs: RunAs): string {
  const nearby = path.join(home, 'cluster')
  if (!runAs || fs.existsSync(nearby) || reachableByOthers(nearby)) return nearby
  const note = path.join(home, 'location')
  if (!fs.existsSync(note)) {
    const folder = fs.mkdtempSync(path.join(sharedPlace(), 'database-'))
    fs.chmodSync(folder, 0o755)
    fs.writeFileSync(note, folder)
  }
  return path.join(fs.readFileSync(note, 'utf8').trim(), 'cluster')
}

function password(home: string): string {
  const file = path.join(home, 'password')
  if (!fs.existsSync(file)) fs.writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 })
  return fs.readFileSync(file, 'utf8').trim()
}

function freshLog(home: string): string {
  const file = path.join(home, 'postgres.log')
  if (fs.existsSync(file) && fs.statSync(file).size > LOG_LIMIT_BYTES) fs.renameSync(file, `${file}.old`)
  return file
}

/** initdb works in a folder of another name, so that a run killed half-way is not taken for a finished one. */
function initialise(cluster: Cluster): void {
  const draft = `${cluster.folder}.new`
  const passwordFile = `${cluster.folder}.password`
  fs.rmSync(draft, { recursive: true, force: true })
  fs.mkdirSync(draft, { mode: 0o700 })
  fs.rmSync(passwordFile, { force: true })
  fs.writeFileSync(passwordFile, cluster.password, { mode: 0o600 })
  if (cluster.runAs) for (const item of [draft, passwordFile]) fs.chownSync(item, cluster.runAs.uid, cluster.runAs.gid)
  const locale = process.platform === 'linux' ? ['--locale=C.UTF-8'] : ['--lc-collate=C', '--lc-ctype=en_US.UTF-8']
  const args = [`--pgdata=${draft}`, `--pwfile=${passwordFile}`, '--username=postgres', '--auth=scram-sha-256', '--encoding=UTF8']
  args.push(...locale, ...(cluster.durable ? [] : ['--no-sync']))
  const result = spawnSync(program(cluster, 'initdb'), args, { ...runOptions(cluster), cwd: draft, encoding: 'utf8' })
  fs.rmSync(passwordFile, { force: true })
  if (result.status !== 0) throw new Error(`PostgreSQL 初始化失败：${result.error?.message ?? result.stderr}`)
  fs.renameSync(draft, cluster.folder)
}

function checkOwner(cluster: Cluster): void {
  if (process.platform === 'win32') return
  const owner = fs.statSync(cluster.folder).uid
  const expected = cluster.runAs?.uid ?? process.getuid?.()
  if (owner === expected) return
  throw new Error(
    `数据库文件夹 ${cluster.folder} 属于另一个账户（uid ${owner}，本次运行需要 uid ${expected}）：` +
      `请用原来的账户启动，或用 DATA_DIR 另指一个数据文件夹，或执行 chown -R ${expected} ${cluster.folder}`
  )
}
