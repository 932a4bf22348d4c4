import type { Rectification } from '../../../contract/licences'
import type { Queryable } from '../../db/pool'
import type { Vault } from '../../vault/vault'

type Outcome = NonNullable<Rectification['outcome']>

/** What a holder says is wrong on a licence, and what came of it; its texts opened, instants in epoch ms. */
export interface StoredRectification {
  id: string
  licenceId: string
  field: string
  claim: string
  at: number
  answerBy: string
  deliveredAt: number | null
  outcome: Outcome | null
  answer: string | null
  answeredAt: number | null
}

interface Row {
  id: string
  licence_id: string
  field: string
  claim_sealed: Buffer
  at: Date
  answer_by: string
  delivered_at: Date | null
  outcome: Outcome | null
  answer_sealed: Buffer | null
  answered_at: Date | null
}

const columns = 'id, licence_id, field, claim_sealed, at, answer_by, delivered_at, outcome, answer_sealed, answered_at'
const claimContext = (id: string) => `rectification.claim_sealed:${id}`
const answerContext = (id: string) => `rectification.answer_sealed:${id}`

const opened = (vault: Vault, row: Row): StoredRectification => ({
  id: row.id,
  licenceId: row.licence_id,
  field: row.field,
  claim: vault.open(row.claim_sealed, claimContext(row.id)),
  at: row.at.getTime(),
  answerBy: row.answer_by,
  deliveredAt: row.delivered_at?.getTime() ?? null,
  outcome: row.outcome,
  answer: row.answer_sealed && vault.open(row.answer_sealed, answerContext(row.id)),
  answeredAt: row.answered_at?.getTime() ?? null
})

/** The last one of a licence; null when there never was one. */
export async function lastRectification(db: Queryable, vault: Vault, licenceId: string): Promise<StoredRectification | null> {
  const { rows } = await db.query<Row>(`select ${columns} from rectification where licence_id = $1 order by at desc, id desc limit 1`, [
    licenceId
  ])
  return rows[0] ? opened(vault, rows[0]) : null
}

/** Locked until the caller's transaction ends. */
export async function lockRectification(db: Queryable, vault: Vault, id: string): Promise<StoredRectification | null> {
  const { rows } = await db.query<Row>(`select ${columns} from rectification where id = $1 for update`, [id])
  return rows[0] ? opened(vault, rows[0]) : null
}

/** @returns whether it is new; a licence has one without an answer at most */
export async function insertRectification(
  db: Queryable,
  vault: Vault,
  { id, licenceId, field, claim, at, answerBy }: Pick<StoredRectification, 'id' | 'licenceId' | 'field' | 'claim' | 'at' | 'answerBy'>
): Promise<boolean> {
  const { rowCount } = await db.query(
    `insert into rectification (id, licence_id, field, claim_sealed, at, answer_by) values ($1, $2, $3, $4, $5, $6)
     on conflict (licence_id) where answered_at is null do nothing`,
    [id, licenceId, field, vault.seal(claim, claimContext(id)), new Date(at), answerBy]
  )
  return rowCount === 1
}

export async function markRectificationDelivered(db: Queryable, id: string, at: Date): Promise<void> {
  await db.query('update rectification set delivered_at = coalesce(delivered_at, $2) where id = $1', [id, at])
}

export async function markRectificationAnswered(
  db: Queryable,
  vault: Vault,
  id: string,
  { outcome, answer, at }: { outcome: Outcome; answer: string; at: Date }
): Promise<void> {
  await db.query('update rectification set outcome = $2, answer_sealed = $3, answered_at = $4 where id = $1', [
    id,
    outcome,
    vault.seal(answer, answerContext(id)),
    at
  ])
}
