import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, afterEach, before, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { startDatabase, type EmbeddedDatabase } from '../../server/db/embedded'
import { isAlive } from '../../server/db/process-life'

describe('内嵌 PostgreSQL', () => {
  let home: string
  let dataDir: string
  let running: EmbeddedDatabase | undefined
  const lines: string[] = []
  const start = async (durable = false, folder = dataDir) => {
    lines.length = 0
    running = await startDatabase({ dataDir: folder, log: (line) => lines.push(line), durable })
    return running
  }

  before(() => {
    home = fs.mkdtempSync(path.join(os.tmpdir(), 'embedded-'))
    // For root PostgreSQL runs as another account, which must reach the cluster.
    fs.chmodSync(home, 0o755)
    dataDir = path.join(home, 'data')
  })
  afterEach(async () => {
    await running?.stop()
    running = undefined
  })
  after(() => fs.rmSync(home, { recursive: true, force: true }))

  async function ask<Row>(url: string, sql: string): Promise<Row[]> {
    const client = new Client({ connectionString: url })
    client.on('error', () => undefined)
    await client.connect()
    try {
      return (await client.query(sql)).rows as Row[]
    } finally {
      await client.end()
    }
  }

  test('首次初始化；停止后进程消失；再次启动数据还在', async () => {
    const first = await start()
    assert.deepEqual(lines, ['首次运行：正在初始化数据库'])
    await ask(first.url, 'CREATE TABLE kept AS SELECT 1 AS one')
    await first.stop()
    assert.equal(isAlive(first.pid), false)

    const second = await start()
    assert.deepEqual(lines, [])
    assert.deepEqual(await ask(second.url, 'SELECT one FROM kept'), [{ one: 1 }])
  })

  test('冷备份：停止后原样复制整个数据文件夹，换一处启动，数据都在', async () => {
    const first = await start()
    await ask(first.url, 'CREATE TABLE backed_up AS SELECT 7 AS seven')
    await first.stop()
    const copy = path.join(home, 'copy')
    execFileSync('cp', ['-a', dataDir, copy])

    const restored = await start(false, copy)
    assert.deepEqual(await ask(restored.url, 'SELECT seven FROM backed_up'), [{ seven: 7 }])
  })

  test('只在本机回环地址上听，没有密码进不去，密码文件只有本账户可读', async () => {
    const { url } = await start()
    assert.equal(new URL(url).hostname, '127.0.0.1')
    assert.deepEqual(await ask(url, 'SHOW listen_addresses'), [{ listen_addresses: '127.0.0.1' }])
    const guess = new URL(url)
    guess.password = 'postgres'
    await assert.rejects(ask(guess.href, 'SELECT 1'), /password authentication failed/)
    assert.equal(fs.statSync(path.join(dataDir, 'postgres', 'password')).mode & 0o777, 0o600)
  })

  test('中文可用三元组检索', async () => {
    const { url } = await start()
    await ask(url, 'CREATE EXTENSION IF NOT EXISTS pg_trgm')
    const [row] = await ask<{ near: number; far: number }>(
      url,
      "SELECT similarity('出生一件事', '新生儿出生一件事') AS near, similarity('出生一件事', '企业开办') AS far"
    )
    assert.ok(row && row.near > 0.3 && row.far === 0, JSON.stringify(row))
  })

  test('上一次运行被 kill -9：数据库还在跑，新的运行接管它', async () => {
    const script = `
      const { startDatabase } = require(${JSON.stringify(path.resolve(__dirname, '../../server/db/embedded.ts'))})
      startDatabase({ dataDir: ${JSON.stringify(dataDir)}, log() {}, durable: false }).then((db) => console.log(db.pid))
      setInterval(() => {}, 1000)`
    const owner = spawn(process.execPath, ['--import', 'tsx', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [answer] = (await once(owner.stdout, 'data')) as [Buffer]
    owner.kill('SIGKILL')
    await once(owner, 'exit')

    const database = await start()
    assert.deepEqual(lines, ['接管上次运行留下的 PostgreSQL'])
    assert.equal(database.pid, Number(answer.toString()))
    assert.deepEqual(await ask(database.url, 'SELECT 1 AS one'), [{ one: 1 }])
  })

  test('数据库被 kill -9：在同一端口自动重新启动，已提交的还在', async () => {
    const database = await start(true)
    const { pid, url } = database
    await ask(url, 'CREATE TABLE committed AS SELECT 7 AS seven')
    process.kill(pid, 'SIGKILL')
    while (database.pid === pid) await pause(20)
    assert.deepEqual(await ask(url, 'SELECT seven FROM committed'), [{ seven: 7 }])
    assert.equal(lines[0], 'PostgreSQL 意外退出，正在重新启动')
  })

  test('留下的 postmaster.pid 不碍事，即使那个进程号已归别人', async () => {
    await (await start()).stop()
    const file = path.join(dataDir, 'postgres', 'cluster', 'postmaster.pid')
    fs.writeFileSync(file, `${process.ppid}\n/nowhere\n0\n5432\n\n127.0.0.1\n\nready   \n`)
    assert.deepEqual(await ask((await start()).url, 'SELECT 1 AS one'), [{ one: 1 }])
  })

  test('root 的文件夹对别的账户关闭时，数据库放到别处，并记下在哪里', { skip: process.getuid?.() !== 0 }, async () => {
    const closed = path.join(home, 'closed')
    fs.mkdirSync(closed, { mode: 0o700 })
    await ask((await start(false, closed)).url, 'CREATE TABLE kept AS SELECT 1 AS one')
    await running?.stop()
    assert.deepEqual(await ask((await start(false, closed)).url, 'SELECT one FROM kept'), [{ one: 1 }])
    await running?.stop()
    fs.rmSync(fs.readFileSync(path.join(closed, 'postgres', 'location'), 'utf8'), { recursive: true })
  })
})
