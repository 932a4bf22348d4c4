import type { PoolClient } from 'pg'
import type { Queryable } from '../../db/pool'

export async function storedReply(db: Queryable, accountId: string, key: string): Promise<{ requestHash: Buffer; reply: unknown } | null> {
  const { rows } = await db.query<{ request_hash: Buffer; reply: unknown }>(
    'select request_hash, reply from idempotency where account_id = $1 and key = $2',
    [accountId, key]
  )
  return rows[0] ? { requestHash: rows[0].request_hash, reply: rows[0].reply } : null
}

export async function deleteReplies(db: Queryable, before: Date): Promise<void> {
  await db.query('delete from idempotency where at < $1', [before])
}

export async function storeReply(
  client: PoolClient,
  accountId: string,
  key: string,
  requestHash: Buffer,
  reply: object,
  at: number
): Promise<void> {
  await client.query('insert into idempotency (account_id, key, request_hash, status, reply, at) values ($1, $2, $3, 201, $4, $5)', [
    accountId,
    key,
    requestHash,
    JSON.stringify(reply),
    new Date(at)
  ])
}
