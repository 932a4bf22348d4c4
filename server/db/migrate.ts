import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { Client } from 'pg'

/** Any constant will do: it keeps two servers from migrating the same database at once. */
const LOCK = 20_261_121

type Migration = { number: number; name: string; sql: string; checksum: string }

/**
 * Brings the database to the newest state: runs the files `NNNN_name.sql` not yet recorded, in order, each in a transaction of
 * its own, and records each with the checksum of its text. Safe to run from several servers at once.
 *
 * @returns the names of the files that ran
 * @throws when a recorded file was changed or removed, two files share a number, or a file fails
 */
export async function migrate(url: string, folder = path.join(__dirname, 'migrations')): Promise<string[]> {
  const files = readMigrations(folder)
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK])
    await client.query(
      `CREATE TABLE IF NOT EXISTS schema_migration (
         number integer PRIMARY KEY, name text NOT NULL, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`
    )
    const { rows } = await client.query<Pick<Migration, 'number' | 'name' | 'checksum'>>(
      'SELECT number, name, checksum FROM schema_migration ORDER BY number'
    )
    checkHistory(rows, files)
    const pending = files.filter((file) => !rows.some((row) => row.number === file.number))
    for (const file of pending) await apply(client, file)
    return pending.map((file) => file.name)
  } finally {
    await client.end()
  }
}

/** A text that changes whenever any migration does: names the database that tests clone. */
export function migrationsChecksum(folder = path.join(__dirname, 'migrations')): string {
  return sha256(readMigrations(folder).map((file) => file.name + file.checksum).join('\n'))
}

function readMigrations(folder: string): Migration[] {
  const names = fs.readdirSync(folder).filter((name) => name.endsWith('.sql')).sort()
  const files = names.map((name) => {
    const number = Number(/^(\d{4})_[a-z0-9_]+\.sql$/.exec(name)?.[1])
    if (Number.isNaN(number)) throw new Error(`迁移文件 ${name} 的名字应为 NNNN_小写名.sql`)
    // Git on Windows may hand out CRLF; that is not a changed history.
    const sql = fs.readFileSync(path.join(folder, name), 'utf8').replaceAll('\r\n', '\n')
    return { number, name, sql, checksum: sha256(sql) }
  })
  const twice = files.find((file, index) => files[index + 1]?.number === file.number)
  if (twice) throw new Error(`两个迁移文件用了同一个编号 ${twice.number}`)
  return files
}

function checkHistory(recorded: Pick<Migration, 'number' | 'name' | 'checksum'>[], files: Migration[]): void {
  for (const row of recorded) {
    const file = files.find((candidate) => candidate.number === row.number)
    if (!file) throw new Error(`数据库已执行过迁移 ${row.name}，但程序里没有它：程序比数据库旧，请换用较新的程序`)
    if (file.checksum !== row.checksum) throw new Error(`迁移 ${row.name} 执行后又被改动：请恢复原文，另写一个新的迁移`)
  }
  const newest = recorded.at(-1)?.number ?? 0
  const late = files.find((file) => file.number < newest && !recorded.some((row) => row.number === file.number))
  if (late) throw new Error(`迁移 ${late.name} 的编号小于已执行的 ${newest}：请改用更大的编号`)
}

async function apply(client: Client, { number, name, sql, checksum }: Migration): Promise<void> {
  await client.query('BEGIN')
  try {
    await client.query(sql)
    await client.query('INSERT INTO schema_migration (number, name, checksum) VALUES ($1, $2, $3)', [number, name, checksum])
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw new Error(`迁移 ${name} 失败：${(error as Error).message}`, { cause: error })
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
