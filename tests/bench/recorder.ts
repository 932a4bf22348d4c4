import type { Pool, PoolClient, QueryConfig } from 'pg'

/** One statement as the server sent it, and how many rows it touched. */
export interface Statement {
  query: QueryConfig
  /** Within a transaction: which connection of the pool, as a number of our own. */
  connection: number | null
  /** Statements with the same wave were under way together. */
  wave: number
  rowCount: number | null
}

type Query = (query: string | QueryConfig, values?: unknown[]) => Promise<{ rowCount: number | null }>

/** Writes down every statement that goes through a pool, in order. */
export class Recorder {
  #statements: Statement[] = []
  #underWay = 0
  #wave = 0
  readonly #connections = new Map<PoolClient, number>()

  constructor(pool: Pool) {
    this.#wrap(pool, null)
    const connect = pool.connect.bind(pool) as (done?: unknown) => Promise<PoolClient>
    // pg's own pool.query asks with a callback, and is written down already.
    pool.connect = ((done?: unknown) => (done ? connect(done) : connect().then((client) => this.#watch(client)))) as Pool['connect']
  }

  /** What was written down since the last time. */
  take(): Statement[] {
    const taken = this.#statements
    this.#statements = []
    return taken
  }

  #watch(client: PoolClient): PoolClient {
    if (!this.#connections.has(client)) {
      this.#connections.set(client, this.#connections.size)
      this.#wrap(client, this.#connections.size - 1)
    }
    return client
  }

  #wrap(target: Pool | PoolClient, connection: number | null): void {
    const query = target.query.bind(target) as (...args: unknown[]) => unknown
    const noted: Query = async (text, values) => {
      if (this.#underWay === 0) this.#wave += 1
      const config = typeof text === 'string' ? { text, values } : text
      const statement: Statement = { query: config, connection, wave: this.#wave, rowCount: null }
      this.#statements.push(statement)
      this.#underWay += 1
      try {
        const result = (await query(text, values)) as { rowCount: number | null }
        statement.rowCount = result.rowCount
        return result
      } finally {
        this.#underWay -= 1
      }
    }
    const isCallback = (args: unknown[]) => typeof args[args.length - 1] === 'function'
    target.query = ((...args: unknown[]) => (isCallback(args) ? query(...args) : noted(...(args as Parameters<Query>)))) as Pool['query']
  }
}
