import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { migrate, migrationsChecksum } from '../../server/db/migrate'

export type FreshDatabase = {
  url: string
  /** Removes the database, whoever is still connected. */
  drop(): Promise<void>
}

const START_MS = 90_000
const TEMPLATE_LOCK = 20_261_122

/**
 * A new, fully migrated, empty database on a PostgreSQL that all test processes share. `DATABASE_URL` names another server
 * to use (its user must be allowed to create databases); otherwise the embedded one is started when first asked for and
 * goes away by itself after the last test process has ended.
 */
export async function freshDatabase(): Promise<FreshDatabase> {
  const server = await serverUrl()
  return copyOf(await migratedTemplate(server), server)
}

/** A new database without any table. */
export async function emptyDatabase(): Promise<FreshDatabase> {
  return copyOf('template0', await serverUrl())
}

async function copyOf(template: string, server: string): Promise<FreshDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`
  await administer(server, `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`)
  return { url: withDatabase(server, name), drop: () => administer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) }
}

let known: Promise<string> | undefined

function serverUrl(): Promise<string> {
  known ??= process.env.DATABASE_URL ? Promise.resolve(process.env.DATABASE_URL) : sharedServer()
  return known
}

/** Asks the keeper for its PostgreSQL, starting a keeper where there is none. The connection is our claim on it. */
async function sharedServer(): Promise<string> {
  const tree = createHash('sha256')
    .update(`${os.userInfo().uid}:${path.resolve(__dirname)}`)
    .digest('hex')
    .slice(0, 12)
  const folder = path.join(os.tmpdir(), `zhangshangban-test-${tree}`)
  const deadline = Date.now() + START_MS
  for (let round = 0; Date.now() < deadline; round++) {
    const url = await claim(path.join(folder, 'address'))
    if (url) return url
    // Again now and then: the keeper that held the lock a moment ago may just have been leaving.
    if (round % 20 === 0) startKeeper(folder)
    await pause(100)
  }
  throw new Error(`测试用数据库 ${START_MS / 1000} 秒内未能启动，见 ${folder}/keeper.log`)
}

function startKeeper(folder: string): void {
  fs.mkdirSync(folder, { recursive: true })
  const log = fs.openSync(path.join(folder, 'keeper.log'), 'a')
  const args = ['--import', 'tsx', path.join(__dirname, 'database-keeper.ts'), folder]
  spawn(process.execPath, args, { detached: true, stdio: ['ignore', log, log], cwd: path.resolve(__dirname, '../..') }).unref()
  fs.closeSync(log)
}

function claim(addressFile: string): Promise<string | undefined> {
  if (!fs.existsSync(addressFile)) return Promise.resolve(undefined)
  const port = Number(fs.readFileSync(addressFile, 'utf8'))
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1')
    socket.once('data', (data) => {
      socket.unref()
      resolve(data.toString().trim())
    })
    socket.on('error', () => resolve(undefined))
    socket.once('close', () => resolve(undefined))
  })
}

let template: Promise<string> | undefined

/** The migrated database that the others are copies of; a change of the migrations makes a new one. */
function migratedTemplate(server: string): Promise<string> {
  template ??= makeTemplate(server)
  return template
}

async function makeTemplate(server: string): Promise<string> {
  const name = `template_${migrationsChecksum().slice(0, 16)}`
  const client = new Client({ connectionString: withDatabase(server, 'postgres') })
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK])
    const ready = await client.query('SELECT 1 FROM pg_database WHERE datname = $1 AND datistemplate', [name])
    if (ready.rowCount) return name
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    await client.query(`CREATE DATABASE ${name} TEMPLATE template0`)
    await migrate(withDatabase(server, name))
    await client.query(`ALTER DATABASE ${name} IS_TEMPLATE true`)
    return name
  } finally {
    await client.end()
  }
}

async function administer(server: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: withDatabase(server, 'postgres') })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

function withDatabase(server: string, name: string): string {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}
