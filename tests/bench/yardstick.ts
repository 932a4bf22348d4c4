import assert from 'node:assert/strict'
import Fastify from 'fastify'
import type { Pool, PoolClient } from 'pg'
import { createPool } from '../../server/db/pool'
import { freshDatabase } from '../server/database'
import type { Statement } from './recorder'

/** Bare Fastify on a database of its own, which goes through the same statements and answers the same words. */
export interface Yardstick {
  origin: string
  /** What the next request carries out and answers. */
  load(statements: Statement[], reply: unknown): void
  /** Carries statements out at once, so that its database stays like the server's. */
  mirror(statements: Statement[]): Promise<void>
  close(): Promise<void>
}

/** @param begun the database that the server has begun with: its catalogue is carried over */
export async function openYardstick(begun: Pool): Promise<Yardstick> {
  const database = await freshDatabase()
  const pool = createPool(database.url)
  const { rows } = await begun.query<{ revision: string; content: object; loaded_at: Date }>('select * from catalogue_revision')
  for (const { revision, content, loaded_at: at } of rows) {
    const values = [revision, JSON.stringify(content), at]
    await pool.query('insert into catalogue_revision (revision, content, loaded_at) values ($1, $2, $3)', values)
  }
  let next: { statements: Statement[]; reply: unknown } = { statements: [], reply: null }
  const app = Fastify({ logger: false })
  // An upload is read and let go.
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.all('/*', async () => {
    await replay(pool, next.statements)
    return next.reply
  })
  const origin = await app.listen({ port: 0, host: '127.0.0.1' })
  return {
    origin,
    load: (statements, reply) => void (next = { statements, reply }),
    // One after the other: what ran together found what it found by chance, only what it leaves behind matters.
    mirror: (statements) => replay(pool, statements.map((each, wave) => ({ ...each, wave, rowCount: undefined }))),
    async close() {
      await app.close()
      await pool.end()
      await database.drop()
    }
  }
}

/** `rowCount` undefined: any number of rows will do. */
type Replayed = Omit<Statement, 'rowCount'> & { rowCount: number | null | undefined }

/** The same statements on as many connections, together where they were together. */
async function replay(pool: Pool, statements: Replayed[]): Promise<void> {
  const clients = new Map<number, PoolClient>()
  for (let from = 0; from < statements.length; ) {
    const wave = statements.slice(from).filter((each) => each.wave === statements[from]?.wave)
    from += wave.length
    await Promise.all(wave.map((each) => carryOut(pool, clients, each)))
  }
}

async function carryOut(pool: Pool, clients: Map<number, PoolClient>, { query, connection, rowCount }: Replayed): Promise<void> {
  if (connection === null) return same(await pool.query(query), rowCount, query.text)
  const client = clients.get(connection) ?? (await pool.connect())
  clients.set(connection, client)
  same(await client.query(query), rowCount, query.text)
  if (query.text !== 'COMMIT' && query.text !== 'ROLLBACK') return
  clients.delete(connection)
  client.release()
}

function same(result: { rowCount: number | null }, rowCount: number | null | undefined, text: string): void {
  if (rowCount !== undefined) assert.equal(result.rowCount, rowCount, `the yardstick does not do the same work: ${text}`)
}
