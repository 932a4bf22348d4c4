import type { PoolClient } from 'pg'
import { tx, type Queryable } from '../../db/pool'
import type { Deps } from '../../deps'

export type OutboxKind = 'department' | 'wechat' | 'sms'

/** A message to an outside system. Lane: what must arrive in order (one case, one person). */
export interface OutboxMessage {
  messageId: string
  lane: string
  kind: OutboxKind
  payload: object
}

/** Sends one message; what it answers runs in the transaction that marks the message delivered. Throws when it did not arrive. */
export type Deliverer = (message: OutboxMessage) => Promise<((client: PoolClient) => Promise<void>) | void>
export type Deliverers = Record<OutboxKind, Deliverer>

interface OutboxRow {
  id: number
  message_id: string
  lane: string
  kind: OutboxKind
  payload_sealed: Buffer
}

const payloadContext = (messageId: string) => `outbox.payload_sealed:${messageId}`

/** Puts a message into the outbox in the caller's transaction; once that commits it will arrive at least once, whatever crashes. */
export async function enqueue(
  client: Queryable,
  { vault, now, jobs }: Pick<Deps, 'vault' | 'now' | 'jobs'>,
  message: OutboxMessage
): Promise<void> {
  const sealed = vault.seal(JSON.stringify(message.payload), payloadContext(message.messageId))
  await client.query(
    'insert into outbox (message_id, lane, kind, payload_sealed, created_at, next_attempt_at) values ($1, $2, $3, $4, $5, $5)',
    [message.messageId, message.lane, message.kind, sealed, new Date(now())]
  )
  await jobs.deliver(client, message.lane)
}

/**
 * Delivers what waits in a lane, oldest first, one at a time, stopping at the first that does not arrive.
 * Answers how many arrived. Another worker at the same lane makes this one stop: order is kept by the row lock.
 *
 * @throws what the deliverer threw, after counting the attempt
 */
export async function deliverLane(deps: Pick<Deps, 'pool' | 'vault' | 'now'>, deliverers: Deliverers, lane: string): Promise<number> {
  for (let delivered = 0; ; delivered += 1) {
    const failure = await tx(deps.pool, async (client) => {
      const row = await headOf(client, lane)
      if (!row) return 'empty' as const
      const message: OutboxMessage = {
        messageId: row.message_id,
        lane: row.lane,
        kind: row.kind,
        payload: JSON.parse(deps.vault.open(row.payload_sealed, payloadContext(row.message_id))) as object
      }
      try {
        const record = await deliverers[row.kind](message)
        await record?.(client)
      } catch (error) {
        return { id: row.id, error }
      }
      await client.query('update outbox set delivered_at = $2, attempts = attempts + 1, last_error = null where id = $1', [
        row.id,
        new Date(deps.now())
      ])
      return null
    })
    if (failure === 'empty') return delivered
    if (failure) {
      const reason = failure.error instanceof Error ? failure.error.name : 'unknown'
      await deps.pool.query('update outbox set attempts = attempts + 1, last_error = $2 where id = $1', [failure.id, reason])
      throw failure.error
    }
  }
}

/** Lanes with something still to deliver; asked at the start, so that what a crash left behind goes on at once. */
export async function pendingLanes(db: Queryable): Promise<string[]> {
  const { rows } = await db.query<{ lane: string }>('select distinct lane from outbox where delivered_at is null')
  return rows.map((row) => row.lane)
}

async function headOf(client: PoolClient, lane: string): Promise<OutboxRow | null> {
  const { rows } = await client.query<OutboxRow>(
    `select id, message_id, lane, kind, payload_sealed from outbox
     where id = (select min(id) from outbox where lane = $1 and delivered_at is null) for update skip locked`,
    [lane]
  )
  return rows[0] ?? null
}
