import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import { Client } from 'pg'
import { migrate } from '../../server/db/migrate'
import { createPool, tx } from '../../server/db/pool'
import { emptyDatabase, freshDatabase, type FreshDatabase } from './database'

describe('数据库迁移', () => {
  let database: FreshDatabase
  let folder: string

  beforeEach(async () => {
    database = await emptyDatabase()
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'migrations-'))
    write('0001_first.sql', 'CREATE TABLE first (id integer PRIMARY KEY)')
  })
  afterEach(() => fs.rmSync(folder, { recursive: true, force: true }))

  function write(name: string, sql: string): void {
    fs.writeFileSync(path.join(folder, name), sql)
  }

  async function tables(): Promise<string[]> {
    const client = new Client({ connectionString: database.url })
    await client.connect()
    const { rows } = await client.query<{ name: string }>(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1"
    )
    await client.end()
    return rows.map((row) => row.name)
  }

  test('按编号执行一次，再次运行什么也不做', async () => {
    write('0002_second.sql', 'CREATE TABLE second (id integer REFERENCES first)')
    assert.deepEqual(await migrate(database.url, folder), ['0001_first.sql', '0002_second.sql'])
    assert.deepEqual(await migrate(database.url, folder), [])
    assert.deepEqual(await tables(), ['first', 'schema_migration', 'second'])
  })

  test('两个进程同时迁移，每个文件只执行一次', async () => {
    const ran = await Promise.all([migrate(database.url, folder), migrate(database.url, folder)])
    assert.deepEqual(ran.flat(), ['0001_first.sql'])
  })

  test('执行失败的文件不留下一半，改好后可以重来', async () => {
    write('0002_second.sql', 'CREATE TABLE second (id integer); SELECT 1 / 0')
    await assert.rejects(migrate(database.url, folder), /0002_second\.sql.*division by zero/)
    assert.deepEqual(await tables(), ['first', 'schema_migration'])
    write('0002_second.sql', 'CREATE TABLE second (id integer)')
    assert.deepEqual(await migrate(database.url, folder), ['0002_second.sql'])
  })

  test('执行过的文件被改动或删去，拒绝并说明怎么办', async () => {
    await migrate(database.url, folder)
    write('0001_first.sql', 'CREATE TABLE first (id bigint PRIMARY KEY)')
    await assert.rejects(migrate(database.url, folder), /0001_first\.sql 执行后又被改动/)
    fs.rmSync(path.join(folder, '0001_first.sql'))
    await assert.rejects(migrate(database.url, folder), /程序比数据库旧/)
  })

  test('换行符不同不算改动', async () => {
    write('0002_second.sql', 'CREATE TABLE second (\n  id integer\n)')
    await migrate(database.url, folder)
    write('0002_second.sql', 'CREATE TABLE second (\r\n  id integer\r\n)')
    assert.deepEqual(await migrate(database.url, folder), [])
  })

  test('迟到的小编号、重复的编号、不合规的文件名都被拒绝', async () => {
    write('0003_third.sql', 'SELECT 1')
    await migrate(database.url, folder)
    write('0002_second.sql', 'SELECT 1')
    await assert.rejects(migrate(database.url, folder), /0002_second\.sql 的编号小于已执行的 3/)
    write('0003_other.sql', 'SELECT 1')
    await assert.rejects(migrate(database.url, folder), /同一个编号 3/)
    write('4-Bad.sql', 'SELECT 1')
    await assert.rejects(migrate(database.url, folder), /4-Bad\.sql 的名字应为/)
  })
})

describe('连接池', () => {
  let database: FreshDatabase
  let pool: ReturnType<typeof createPool>
  before(async () => {
    database = await freshDatabase()
    pool = createPool(database.url)
    await pool.query('CREATE TABLE sample (id integer PRIMARY KEY)')
  })
  after(async () => {
    await pool.end()
    await database.drop()
  })

  test('bigint 读作 number，装不下时报错；日期读作文本；时间读作 Date', async () => {
    const { rows } = await pool.query("SELECT 42::bigint AS amount, date '2026-02-28' AS day, timestamptz '2026-02-28 08:00+08' AS moment")
    assert.deepEqual(rows, [{ amount: 42, day: '2026-02-28', moment: new Date('2026-02-28T00:00:00Z') }])
    await assert.rejects(pool.query('SELECT 9007199254740993::bigint'), RangeError)
  })

  test('事务：正常返回则提交，抛错则全部撤销并把错误传出', async () => {
    assert.equal(await tx(pool, async (client) => (await client.query('INSERT INTO sample VALUES (1) RETURNING id')).rows[0].id), 1)
    const failure = new Error('中途出错')
    await assert.rejects(
      tx(pool, async (client) => {
        await client.query('INSERT INTO sample VALUES (2)')
        throw failure
      }),
      (error) => error === failure
    )
    assert.deepEqual((await pool.query('SELECT id FROM sample')).rows, [{ id: 1 }])
  })

  test('连接在事务中被数据库切断：报错，连接池随后照常可用', async () => {
    await assert.rejects(
      tx(pool, async (client) => {
        await client.query('SELECT pg_terminate_backend(pg_backend_pid())')
      })
    )
    assert.equal((await pool.query('SELECT 1 AS one')).rows[0].one, 1)
  })
})
