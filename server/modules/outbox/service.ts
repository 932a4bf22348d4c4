import type { PoolClient } from 'pg'
import { tx, type Queryable } from '../../db/pool'
import type { Deps } from '../../deps'
import { GatewayRefused } from '../../gateways/ports'

/** `invitation` and `licence` leave the request, not the house: what comes of them must not show in it, nor lock what it does not need. */
export type OutboxKind = 'department' | 'wechat' | 'sms' | 'invitation' | 'objection' | 'licence' | 'rectification'

/** A message to an outside system. Lane: what must arrive in order (one case, one person). */
export interface OutboxMessage {
  messageId: string
  lane: string
  kind: OutboxKind
  payload: object
}

/**
 * Sends one message; what it answers runs in the transaction that marks the message delivered.
 *
 * @throws {GatewayRefused} when the receiver won't ever take it; anything else when it did not arrive
 */
export type Deliverer = (message: OutboxMessage) => Promise<((client: PoolClient) => Promise<void>) | void>
export type Deliverers = Record<OutboxKind, Deliverer> & {
  /** Runs in the transaction that puts a refused message aside. */
  refused?: (client: PoolClient, message: OutboxMessage) => Promise<void>
}

interface OutboxRow {
  id: number
  message_id: string
  lane: string
  kind: OutboxKind
  payload_sealed: Buffer
}

/** A lane that nobody has tried for so long has lost its job. */
const LOST_MS = 5 * 60_000

const waiting = 'delivered_at is null and refused_at is null'
const payloadContext = (messageId: string) => `outbox.payload_sealed:${messageId}`

/** SQL: whether something in the lane, an SQL expression, was refused and waits for people. */
export const hasRefused = (lane: string) => `exists (select 1 from outbox o where o.lane = ${lane} and o.refused_at is not null)`

/** Puts a message into the outbox in the caller's transaction; once that commits it will arrive at least once, whatever crashes. */
export async function enqueue(
  client: Queryable,
  { vault, now, jobs }: Pick<Deps, 'vault' | 'now' | 'jobs'>,
  message: OutboxMessage
): Promise<void> {
  const sealed = vault.seal(JSON.stringify(message.payload), payloadContext(message.messageId))
  await client.query('insert into outbox (message_id, lane, kind, payload_sealed, created_at) values ($1, $2, $3, $4, $5)', [
    message.messageId,
    message.lane,
    message.kind,
    sealed,
    new Date(now())
  ])
  await jobs.deliver(client, message.lane)
}

/**
 * Delivers what waits in a lane, oldest first, one at a time, stopping at the first that does not arrive. What arrived keeps its ids and
 * times, its content is erased. What the receiver refused for good is put aside with an alert in the log, and the next one's turn comes.
 * Answers how many arrived. Another worker at the same lane makes this one stop: order is kept by the row lock.
 *
 * @throws what the deliverer threw, after counting the attempt: to be tried again
 */
export async function deliverLane(
  deps: Pick<Deps, 'pool' | 'vault' | 'now' | 'log'>,
  deliverers: Deliverers,
  lane: string
): Promise<number> {
  for (let delivered = 0; ;) {
    const outcome = await tx(deps.pool, (client) => deliverHead(client, deps, deliverers, lane))
    if (outcome === 'empty') return delivered
    if (outcome === 'delivered') delivered += 1
    if (typeof outcome === 'string') continue
    const { id, error } = outcome
    const reason = error instanceof Error ? error.name : 'unknown'
    await deps.pool.query('update outbox set attempts = attempts + 1, last_error = $2, tried_at = $3 where id = $1', [
      id,
      reason,
      new Date(deps.now())
    ])
    throw error
  }
}

async function deliverHead(
  client: PoolClient,
  deps: Pick<Deps, 'vault' | 'now' | 'log'>,
  deliverers: Deliverers,
  lane: string
): Promise<'empty' | 'delivered' | 'refused' | { id: number; error: unknown }> {
  const row = await headOf(client, lane)
  if (!row) return 'empty'
  const { id, message_id: messageId, kind } = row
  const payload = JSON.parse(deps.vault.open(row.payload_sealed, payloadContext(messageId))) as object
  const message: OutboxMessage = { messageId, lane: row.lane, kind, payload }
  const now = new Date(deps.now())
  try {
    const record = await deliverers[kind](message)
    await record?.(client)
  } catch (error) {
    if (!(error instanceof GatewayRefused)) return { id, error }
    const { system, status } = error
    deps.log.error({ alert: 'outbox_refused', messageId, lane, kind, system, status }, '对方拒收一条消息，已停放，等人处理')
    await client.query('update outbox set refused_at = $2, tried_at = $2, attempts = attempts + 1, last_error = $3 where id = $1', [
      id,
      now,
      `status ${status}`
    ])
    await deliverers.refused?.(client, message)
    return 'refused'
  }
  await client.query(
    'update outbox set delivered_at = $2, tried_at = $2, attempts = attempts + 1, last_error = null, payload_sealed = null where id = $1',
    [id, now]
  )
  return 'delivered'
}

/** Lanes with something still to deliver; asked at the start, so that what a crash left behind goes on at once. */
export async function pendingLanes(db: Queryable): Promise<string[]> {
  const { rows } = await db.query<{ lane: string }>(`select distinct lane from outbox where ${waiting}`)
  return rows.map((row) => row.lane)
}

/** Gives a lane that waits and that nobody has tried for five minutes a job again. Safe to run often and on several servers. */
export async function reviveLanes({ pool, now, jobs }: Pick<Deps, 'pool' | 'now' | 'jobs'>): Promise<void> {
  const { rows } = await pool.query<{ lane: string }>(
    `select lane from outbox where ${waiting} group by lane having max(coalesce(tried_at, created_at)) < $1`,
    [new Date(now() - LOST_MS)]
  )
  for (const { lane } of rows) await jobs.deliver(pool, lane)
}

/** Lets what was refused be tried again, each in its place in its lane. @returns how many */
export async function redeliver({ pool, jobs }: Pick<Deps, 'pool' | 'jobs'>): Promise<number> {
  return tx(pool, async (client) => {
    const { rows } = await client.query<{ lane: string }>('update outbox set refused_at = null where refused_at is not null returning lane')
    for (const lane of new Set(rows.map((row) => row.lane))) await jobs.deliver(client, lane)
    return rows.length
  })
}

/** How many messages are on their way, and how many were refused and wait for people. */
export async function outboxCounts(db: Queryable): Promise<{ waiting: number; refused: number }> {
  const { rows } = await db.query<{ waiting: number; refused: number }>(
    `select (select count(*) from outbox where ${waiting}) as waiting,
            (select count(*) from outbox where refused_at is not null) as refused`
  )
  return rows[0] ?? { waiting: 0, refused: 0 }
}

async function headOf(client: PoolClient, lane: string): Promise<OutboxRow | null> {
  // On a row that changed before it could be locked PostgreSQL looks at the outer condition again, at the inner one never: without it
  // outside, what another worker has just delivered or put aside would be taken again.
  const { rows } = await client.query<OutboxRow>(
    `select id, message_id, lane, kind, payload_sealed from outbox
     where id = (select min(id) from outbox where lane = $1 and ${waiting}) and ${waiting} for update skip locked`,
    [lane]
  )
  return rows[0] ?? null
}
