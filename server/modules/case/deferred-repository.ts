import type { PoolClient } from 'pg'
import type { Queryable } from '../../db/pool'

export interface DeferredMaterial {
  caseId: string
  materialId: string
  until: string
  suppliedAt: number | null
}

export async function insertDeferred(client: PoolClient, deferred: DeferredMaterial): Promise<void> {
  await client.query('insert into deferred_material (case_id, material_id, until) values ($1, $2, $3)', [
    deferred.caseId,
    deferred.materialId,
    deferred.until
  ])
}

export async function deferredOf(db: Queryable, caseIds: string[]): Promise<DeferredMaterial[]> {
  const { rows } = await db.query<{ case_id: string; material_id: string; until: string; supplied_at: Date | null }>(
    'select case_id, material_id, until, supplied_at from deferred_material where case_id = any($1) order by until, material_id',
    [caseIds]
  )
  return rows.map((row) => ({
    caseId: row.case_id,
    materialId: row.material_id,
    until: row.until,
    suppliedAt: row.supplied_at?.getTime() ?? null
  }))
}

/** Gives more time for what is still owed; never less than there was. */
export async function prolongDeferred(client: PoolClient, caseId: string, materialId: string, until: string): Promise<void> {
  await client.query(
    'update deferred_material set until = $3 where case_id = $1 and material_id = $2 and supplied_at is null and until < $3',
    [caseId, materialId, until]
  )
}

export async function markSupplied(client: PoolClient, caseId: string, materialId: string, at: number): Promise<boolean> {
  const { rowCount } = await client.query(
    'update deferred_material set supplied_at = $3 where case_id = $1 and material_id = $2 and supplied_at is null',
    [caseId, materialId, new Date(at)]
  )
  return rowCount === 1
}

/** Cases whose time to correct, or to bring what was deferred, is over. */
export async function overdueForApplicant(
  db: Queryable,
  now: Date,
  today: string
): Promise<{ submissionId: string; caseId: string; type: 'correctionExpired' | 'supplementExpired' }[]> {
  const { rows } = await db.query<{ submission_id: string; id: string; type: 'correctionExpired' | 'supplementExpired' }>(
    `select submission_id, id, 'correctionExpired' as type from case_file where status = 'correction' and due_at < $1
     union all
     select c.submission_id, c.id, 'supplementExpired' from case_file c where c.status in ('accepted', 'examining', 'paused') and exists
       (select 1 from deferred_material d where d.case_id = c.id and d.supplied_at is null and d.until < $2)`,
    [now, today]
  )
  return rows.map((row) => ({ submissionId: row.submission_id, caseId: row.id, type: row.type }))
}
