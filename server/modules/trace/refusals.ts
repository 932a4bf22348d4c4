import { tx, type Queryable } from '../../db/pool'
import type { Deps } from '../../deps'
import { recordTrace, type TraceEntry } from './service'

/**
 * Leaves a trace of what an account tried on a subject and was refused, once a minute for the same: anybody who knows a subject's id can
 * try without end, and must not fill its traces. Nothing is kept about a subject that does not exist.
 */
export async function traceRefusal(
  deps: Pick<Deps, 'pool' | 'now' | 'newId'>,
  accountId: string,
  entry: Omit<TraceEntry, 'action' | 'fields'>
): Promise<void> {
  await tx(deps.pool, async (client) => {
    const { rowCount } = await client.query(
      `insert into refusal (account_id, subject_id, purpose, traced_at) select $1, id, $3, $4 from subject where id = $2
       on conflict (account_id, subject_id, purpose) do update set traced_at = excluded.traced_at
         where refusal.traced_at <= excluded.traced_at - interval '1 minute'`,
      [accountId, entry.subjectId, entry.purpose, new Date(deps.now())]
    )
    if (rowCount) await recordTrace(client, deps, { ...entry, action: 'refused', fields: [] })
  })
}

/**
 * Leaves a trace of what somebody unknown wanted to see and was refused, not again within the hour for the same purpose: whoever has the
 * code of what was shown can try without end. In the caller's transaction, which keeps others from the same by a lock.
 */
export async function traceRefusedView(
  client: Queryable,
  deps: Pick<Deps, 'now' | 'newId'>,
  entry: Omit<TraceEntry, 'action'>
): Promise<void> {
  const { rowCount } = await client.query(
    `select 1 from trace where subject_id = $1 and actor_kind = $2 and purpose = $3 and action = 'refused'
       and at > $4::timestamptz - interval '1 hour' limit 1`,
    [entry.subjectId, entry.actorKind, entry.purpose, new Date(deps.now())]
  )
  if (!rowCount) await recordTrace(client, deps, { ...entry, action: 'refused' })
}
