import type { Grade } from '../../../domain/rating/rating'
import type { Queryable } from '../../db/pool'
import type { Vault } from '../../vault/vault'

export interface StoredRating {
  caseId: string
  accountId: string
  grade: Grade
  tags: string[]
  text: string
  anonymous: boolean
  /** Epoch ms. */
  ratedAt: number
  changedAt: number | null
}

interface Row {
  case_id: string
  account_id: string
  grade: Grade
  tags: string[]
  text_sealed: Buffer
  anonymous: boolean
  rated_at: Date
  changed_at: Date | null
}

const textContext = (caseId: string) => `rating.text_sealed:${caseId}`

export async function ratingOf(db: Queryable, vault: Vault, caseId: string): Promise<StoredRating | null> {
  const { rows } = await db.query<Row>(
    'select case_id, account_id, grade, tags, text_sealed, anonymous, rated_at, changed_at from rating where case_id = $1',
    [caseId]
  )
  const row = rows[0]
  if (!row) return null
  return {
    caseId: row.case_id,
    accountId: row.account_id,
    grade: row.grade,
    tags: row.tags,
    text: vault.open(row.text_sealed, textContext(caseId)),
    anonymous: row.anonymous,
    ratedAt: row.rated_at.getTime(),
    changedAt: row.changed_at?.getTime() ?? null
  }
}

export async function insertRating(db: Queryable, vault: Vault, rating: StoredRating): Promise<void> {
  await db.query(
    'insert into rating (case_id, account_id, grade, tags, text_sealed, anonymous, rated_at) values ($1, $2, $3, $4, $5, $6, $7)',
    [
      rating.caseId,
      rating.accountId,
      rating.grade,
      rating.tags,
      vault.seal(rating.text, textContext(rating.caseId)),
      rating.anonymous,
      new Date(rating.ratedAt)
    ]
  )
}

/** Writes over the rating of a case. The caller holds the case's lock and knows that it may be changed. */
export async function changeRating(
  db: Queryable,
  vault: Vault,
  change: Omit<StoredRating, 'accountId' | 'ratedAt' | 'changedAt'> & { changedAt: number }
): Promise<void> {
  await db.query('update rating set grade = $2, tags = $3, text_sealed = $4, anonymous = $5, changed_at = $6 where case_id = $1', [
    change.caseId,
    change.grade,
    change.tags,
    vault.seal(change.text, textContext(change.caseId)),
    change.anonymous,
    new Date(change.changedAt)
  ])
}
