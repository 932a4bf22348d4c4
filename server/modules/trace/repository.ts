import type { Static } from 'typebox'
import type { Trace, TraceQuery } from '../../../contract/traces'
import type { IsoDay } from '../../../domain/time'
import type { Queryable } from '../../db/pool'
import type { Cursor } from '../../http/cursor'
import { ownRight } from '../identity/actors'

type Wire = Static<typeof Trace>

export interface ObjectionRecord {
  id: string
  accountId: string
  textSealed: Buffer | null
  at: Date
  answerBy: IsoDay
  deliveredAt: Date | null
  answerSealed: Buffer | null
  answeredAt: Date | null
}

/** What was done with a subject's data, and what its owner objected. */
export interface TraceRecord extends Pick<Wire, 'actor' | 'action' | 'purpose' | 'fields'> {
  id: string
  subjectId: string
  at: Date
  actorKind: Wire['actorKind']
  readerId: string | null
  objection: ObjectionRecord | null
}

type Row = {
  id: string
  subject_id: string
  at: Date
  actor: string
  actor_kind: Wire['actorKind']
  action: Wire['action']
  purpose: string
  fields: string[]
  reader_id: string | null
  objection_id: string | null
  account_id: string
  text_sealed: Buffer | null
  objected_at: Date
  answer_by: IsoDay
  delivered_at: Date | null
  answer_sealed: Buffer | null
  answered_at: Date | null
}

const traces = `select t.id, t.subject_id, t.at, t.actor, t.actor_kind, t.action, t.purpose, t.fields, t.reader_id, o.id as objection_id,
  o.account_id, o.text_sealed, o.at as objected_at, to_char(o.answer_by, 'YYYY-MM-DD') as answer_by, o.delivered_at, o.answer_sealed,
  o.answered_at
  from trace t left join objection o on o.trace_id = t.id`

const toTrace = (row: Row): TraceRecord => ({
  id: row.id,
  subjectId: row.subject_id,
  at: row.at,
  actor: row.actor,
  actorKind: row.actor_kind,
  action: row.action,
  purpose: row.purpose,
  fields: row.fields,
  readerId: row.reader_id,
  objection: row.objection_id === null ? null : toObjection(row, row.objection_id)
})

const toObjection = (row: Row, id: string): ObjectionRecord => ({
  id,
  accountId: row.account_id,
  textSealed: row.text_sealed,
  at: row.objected_at,
  answerBy: row.answer_by,
  deliveredAt: row.delivered_at,
  answerSealed: row.answer_sealed,
  answeredAt: row.answered_at
})

const sifts: Record<NonNullable<Static<typeof TraceQuery>['of']>, string> = {
  reader: "and t.actor_kind = 'reader'",
  department: "and t.actor_kind = 'department'",
  proxy: "and t.actor_kind = 'proxy'",
  refused: "and t.action = 'refused'"
}

/** The traces of a subject, newest first, at most `count`, after the cursor. */
export async function tracesOf(
  db: Queryable,
  subjectId: string,
  { of, after, count }: { of?: keyof typeof sifts; after: Cursor | null; count: number }
): Promise<TraceRecord[]> {
  const { rows } = await db.query<Row>(
    `${traces} where t.subject_id = $1 ${of ? sifts[of] : ''} and ($2::timestamptz is null or (t.at, t.id) < ($2, $3::uuid))
     order by t.at desc, t.id desc limit $4`,
    [subjectId, after?.at ?? null, after?.id ?? null, count]
  )
  return rows.map(toTrace)
}

/** A trace of somebody whom the account may act for now, by its own right and not as a delegate. */
export async function ownTrace(db: Queryable, accountId: string, id: string): Promise<TraceRecord | null> {
  const { rows } = await db.query<Row>(
    `${traces} where t.id = $2 and exists (select 1 from relation r
       where r.account_id = $1 and r.subject_id = t.subject_id and r.until is null and r.role = any($3))`,
    [accountId, id, ownRight]
  )
  return rows[0] ? toTrace(rows[0]) : null
}

/** The trace that an objection is about, the objection locked until the caller's transaction ends. */
export async function lockByObjection(db: Queryable, objectionId: string): Promise<TraceRecord | null> {
  await db.query('select 1 from objection where id = $1 for update', [objectionId])
  const { rows } = await db.query<Row>(`${traces} where o.id = $1`, [objectionId])
  return rows[0] ? toTrace(rows[0]) : null
}

/** @returns whether it is new; a trace has one objection at most */
export async function insertObjection(
  db: Queryable,
  traceId: string,
  { id, accountId, textSealed, at, answerBy }: Pick<ObjectionRecord, 'id' | 'accountId' | 'textSealed' | 'at' | 'answerBy'>
): Promise<boolean> {
  const { rowCount } = await db.query(
    `insert into objection (id, trace_id, account_id, text_sealed, at, answer_by) values ($1, $2, $3, $4, $5, $6)
     on conflict (trace_id) do nothing`,
    [id, traceId, accountId, textSealed, at, answerBy]
  )
  return rowCount === 1
}

export async function markDelivered(db: Queryable, objectionId: string, at: Date): Promise<void> {
  await db.query('update objection set delivered_at = coalesce(delivered_at, $2) where id = $1', [objectionId, at])
}

export async function markAnswered(db: Queryable, objectionId: string, answerSealed: Buffer, at: Date): Promise<void> {
  await db.query('update objection set answer_sealed = $2, answered_at = $3 where id = $1', [objectionId, answerSealed, at])
}
