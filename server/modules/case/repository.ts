import type { PoolClient } from 'pg'
import { fold } from '../../../domain/case/fold'
import type { CaseEvent, CaseState } from '../../../domain/case/types'
import type { Queryable } from '../../db/pool'
import { hasRefused } from '../outbox/service'
import type { Vault } from '../../vault/vault'

export interface LoadedCase {
  id: string
  caseNo: string
  submissionId: string
  key: string
  matterId: string
  departmentId: string
  events: CaseEvent[]
  state: CaseState
  /** Whether its department refused to take something that was sent to it, and people must see to it. */
  refusedBySystem: boolean
}

interface CaseRow {
  id: string
  case_no: string
  submission_id: string
  key: string
  matter_id: string
  department_id: string
  refused: boolean
}
interface EventRow {
  case_id: string
  seq: number
  type: CaseEvent['type']
  at: Date
  actor: CaseEvent['actor']
  by: string
  data_sealed: Buffer
}

const eventContext = (caseId: string, seq: number) => `case_event.data_sealed:${caseId}:${seq}`

/** Opens a case and answers its number: prefix and a serial of six digits. */
export async function insertCase(
  client: PoolClient,
  record: Omit<LoadedCase, 'events' | 'caseNo' | 'refusedBySystem'> & { caseNoPrefix: string }
): Promise<string> {
  const { rows } = await client.query<{ case_no: string }>(
    `insert into case_file (id, case_no, submission_id, key, matter_id, department_id, status, seq)
     values ($1, $2 || lpad(nextval('case_serial')::text, 6, '0'), $3, $4, $5, $6, $7, 0) returning case_no`,
    [record.id, record.caseNoPrefix, record.submissionId, record.key, record.matterId, record.departmentId, record.state.status]
  )
  const caseNo = rows[0]?.case_no
  if (!caseNo) throw new Error('case_file returned no number')
  return caseNo
}

/** Appends one event and writes the folded status with it; the sequence number makes two writers impossible. */
export async function appendEvent(
  client: PoolClient,
  vault: Vault,
  caseId: string,
  event: CaseEvent,
  state: CaseState,
  about: { sourceId: string | null; dueAt: number | null }
): Promise<void> {
  await client.query(
    'insert into case_event (case_id, seq, type, at, actor, by, data_sealed, source_id) values ($1, $2, $3, $4, $5, $6, $7, $8)',
    [
      caseId,
      event.seq,
      event.type,
      new Date(event.at),
      event.actor,
      event.by,
      vault.seal(JSON.stringify(event.data), eventContext(caseId, event.seq)),
      about.sourceId
    ]
  )
  const { rowCount } = await client.query(
    'update case_file set status = $2, seq = $3, due_at = $4, closed_at = $5 where id = $1 and seq = $3 - 1',
    [
      caseId,
      state.status,
      event.seq,
      about.dueAt === null ? null : new Date(about.dueAt),
      state.closedAt === null ? null : new Date(state.closedAt)
    ]
  )
  if (rowCount !== 1) throw new Error(`case ${caseId} moved under an event`)
}

/** The cases of some submissions with their logs folded. */
export async function casesOf(db: Queryable, vault: Vault, submissionIds: string[]): Promise<LoadedCase[]> {
  const { rows } = await db.query<CaseRow>({
    name: 'cases-of',
    text: `select id, case_no, submission_id, key, matter_id, department_id, ${hasRefused("'case:' || case_file.id")} as refused
           from case_file where submission_id = any($1) order by case_no`,
    values: [submissionIds]
  })
  const events = await db.query<EventRow>({
    name: 'events-of',
    text: `select e.case_id, e.seq, e.type, e.at, e.actor, e.by, e.data_sealed from case_event e join case_file c on c.id = e.case_id
           where c.submission_id = any($1) order by e.case_id, e.seq`,
    values: [submissionIds]
  })
  const logs = new Map<string, CaseEvent[]>()
  for (const row of events.rows) {
    const event: CaseEvent = {
      seq: row.seq,
      type: row.type,
      at: row.at.getTime(),
      actor: row.actor,
      by: row.by,
      data: JSON.parse(vault.open(row.data_sealed, eventContext(row.case_id, row.seq))) as CaseEvent['data']
    }
    logs.set(row.case_id, [...(logs.get(row.case_id) ?? []), event])
  }
  return rows.map((row) => {
    const log = logs.get(row.id) ?? []
    const state = fold(log)
    if (!state) throw new Error(`case ${row.case_no} has no events`)
    return {
      id: row.id,
      caseNo: row.case_no,
      submissionId: row.submission_id,
      key: row.key,
      matterId: row.matter_id,
      departmentId: row.department_id,
      events: log,
      state,
      refusedBySystem: row.refused
    }
  })
}

/** Which submission a case belongs to: by its id or its number. */
export async function submissionOfCase(
  db: Queryable,
  key: { id: string } | { caseNo: string }
): Promise<{ caseId: string; submissionId: string } | null> {
  const [column, value] = 'id' in key ? ['id', key.id] : ['case_no', key.caseNo]
  const { rows } = await db.query<{ id: string; submission_id: string }>(`select id, submission_id from case_file where ${column} = $1`, [
    value
  ])
  return rows[0] ? { caseId: rows[0].id, submissionId: rows[0].submission_id } : null
}

export async function isKnownSource(db: Queryable, caseId: string, sourceId: string): Promise<boolean> {
  const { rowCount } = await db.query('select 1 from case_event where case_id = $1 and source_id = $2', [caseId, sourceId])
  return rowCount === 1
}
