import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createPool, tx } from '../../server/db/pool'
import { freshDatabase } from './database'

test('事务进行中数据库断了连接：这一次失败，下一次照常，进程不倒', async (context) => {
  const database = await freshDatabase()
  const pool = createPool(database.url)
  context.after(async () => {
    await pool.end()
    await database.drop()
  })
  const broken = tx(pool, async (client) => {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    const ended = new Promise<void>((resolve) => client.once('end', resolve))
    await pool.query('select pg_terminate_backend($1)', [rows[0]?.pid])
    // One break, two 'error' events: what PostgreSQL said last, then that the connection is gone.
    await ended
    await client.query('select 1')
  })
  await assert.rejects(broken)
  assert.equal(await tx(pool, async (client) => (await client.query('select 1')).rowCount), 1)
})

test('连接刚借出、还没人听它报错时断了：进程不倒', async (context) => {
  const database = await freshDatabase()
  const pool = createPool(database.url)
  context.after(async () => {
    await pool.end()
    await database.drop()
  })
  const client = await pool.connect()
  try {
    assert.doesNotThrow(() => client.emit('error', new Error('terminating connection due to unexpected postmaster exit')))
  } finally {
    client.release()
  }
})
