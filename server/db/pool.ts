import pg from 'pg'

const { builtins } = pg.types

/** A pool or one client of it: what a repository's function needs to run a query. */
export type Queryable = pg.Pool | pg.PoolClient

/**
 * Opens a pool of at most 10 connections (more made the slow requests slower, measured). What comes out of the database:
 * bigint as a number (refused with a RangeError where it would lose digits), date as 'YYYY-MM-DD', timestamptz as Date,
 * jsonb parsed.
 *
 * @param log told when an idle connection is lost; the pool opens another at the next query
 */
export function createPool(url: string, log: (line: string) => void = () => undefined): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max: 10, types: { getTypeParser: parser } })
  pool.on('error', (error) => log(`数据库连接中断：${error.message}`))
  // PostgreSQL may die between lending a connection and whoever asked hearing of it: its query fails, the process must not.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/**
 * Runs `fn` in one transaction on one client: commits when it returns, rolls back when it throws and throws that on.
 */
export async function tx<T>(pool: pg.Pool, fn: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  client.on('error', noteBroken)
  try {
    await client.query('BEGIN')
    const result = await fn(client)
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch(noteBroken)
    throw error
  } finally {
    client.off('error', noteBroken)
    client.release(broken)
  }

  function noteBroken(error: Error): void {
    broken = error
  }
}

type Parser = (value: string) => unknown

const ours: Partial<Record<number, Parser>> = {
  [builtins.INT8]: safeInteger,
  [builtins.DATE]: (value) => value
}

function parser(oid: number, format?: 'text' | 'binary'): Parser {
  return (format !== 'binary' && ours[oid]) || (pg.types.getTypeParser(oid, format as 'text') as Parser)
}

function safeInteger(value: string): number {
  const number = Number(value)
  if (!Number.isSafeInteger(number)) throw new RangeError(`bigint ${value} does not fit a number`)
  return number
}
