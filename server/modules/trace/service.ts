import type { Static } from 'typebox'
import type { Trace } from '../../../contract/traces'
import type { Queryable } from '../../db/pool'
import type { Deps } from '../../deps'
import { ownRight } from '../identity/actors'
import { announce } from '../live/service'

export interface TraceEntry {
  /** Whose data it is. */
  subjectId: string
  /** Who did it, as the owner shall read it: a department's name, a masked name, 「本人」. */
  actor: string
  actorKind: Static<typeof Trace>['actorKind']
  action: Static<typeof Trace>['action']
  purpose: string
  /** Names of the fields, never their values. */
  fields: string[]
  /** The registered reader that did it. */
  readerId?: string
}

/**
 * Leaves a trace that the owner of the data can read; in the caller's transaction where there is one. What a reader did is seen at once on
 * open screens of those who may act for the owner.
 */
export async function recordTrace(client: Queryable, { now, newId }: Pick<Deps, 'now' | 'newId'>, entry: TraceEntry): Promise<void> {
  const { subjectId, actor, actorKind, action, purpose, fields, readerId = null } = entry
  const id = newId()
  await client.query({
    name: 'record-trace',
    text: `insert into trace (id, subject_id, actor, actor_kind, action, purpose, fields, at, reader_id)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    values: [id, subjectId, actor, actorKind, action, purpose, fields, new Date(now()), readerId]
  })
  if (actorKind === 'reader') await announceTrace(client, subjectId, id)
}

/** Tells the open screens of those who may read the subject's traces that there is something new about one; delegates may not. */
export async function announceTrace(client: Queryable, subjectId: string, traceId: string): Promise<void> {
  const { rows } = await client.query<{ account_id: string }>({
    name: 'trace-audience',
    text: 'select account_id from relation where subject_id = $1 and until is null and role = any($2)',
    values: [subjectId, ownRight]
  })
  await announce(client, rows.map((row) => row.account_id), { kind: 'trace', id: traceId })
}
