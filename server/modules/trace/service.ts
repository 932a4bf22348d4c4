import type { Static } from 'typebox'
import type { Trace } from '../../../contract/traces'
import type { Queryable } from '../../db/pool'
import type { Deps } from '../../deps'

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
}

/** Leaves a trace that the owner of the data can read; in the caller's transaction where there is one. */
export async function recordTrace(client: Queryable, { now, newId }: Pick<Deps, 'now' | 'newId'>, entry: TraceEntry): Promise<void> {
  await client.query(
    'insert into trace (id, subject_id, actor, actor_kind, action, purpose, fields, at) values ($1, $2, $3, $4, $5, $6, $7, $8)',
    [newId(), entry.subjectId, entry.actor, entry.actorKind, entry.action, entry.purpose, entry.fields, new Date(now())]
  )
}
