import type { GiveRating, Rating, RatingForm } from '../../../contract/ratings'
import { ratingErrors, tagsFor } from '../../../domain/rating/rating'
import type { Acting, Deps } from '../../deps'
import { Refusal } from '../../errors'
import { changeOwnCase, rateCase, ratedCase } from '../case/rate'
import { changeRating, insertRating, ratingOf, type StoredRating } from './repository'

const iso = (instant: number) => new Date(instant).toISOString()

/** What the rating page shows: grades, tags, and what was given already. Errors: not_found. */
export async function ratingForm(deps: Deps, acting: Acting, caseId: string): Promise<RatingForm> {
  const { matterName, departmentName, until } = await ratedCase(deps, acting, caseId)
  const stored = await ratingOf(deps.pool, deps.vault, caseId)
  const open = until !== null && deps.now() < until
  const { ratings } = deps.catalogue.current().catalogue
  return {
    caseId,
    matterName,
    departmentName,
    open,
    until: until === null ? null : iso(until),
    rating: stored && ratingView(caseId, stored, open, until),
    grades: ratings.grades.map(({ grade, label, bad }) => ({ grade, label, bad, tags: tagsFor(ratings, grade) })),
    minBadText: ratings.minBadText
  }
}

/**
 * Gives a rating, or changes the one given, once.
 * Errors: not_found, invalid_fields, illegal_transition (not finished, or the window is over), already_rated (changed before).
 */
export async function rate(deps: Deps, acting: Acting, caseId: string, given: GiveRating): Promise<void> {
  const errors = ratingErrors(deps.catalogue.current().catalogue.ratings, given)
  if (errors.length) throw new Refusal('invalid_fields', { errors })
  const { until } = await ratedCase(deps, acting, caseId)
  if (until === null || deps.now() >= until)
    throw new Refusal('illegal_transition', { detail: until === null ? '办结后才能评价' : '评价的期限已经过了' })
  const before = await ratingOf(deps.pool, deps.vault, caseId)
  if (!before) {
    await rateCase(deps, acting, caseId, (client) =>
      insertRating(client, deps.vault, { caseId, accountId: acting.accountId, ...given, ratedAt: deps.now(), changedAt: null })
    )
    return
  }
  if (before.changedAt !== null) throw new Refusal('already_rated', { detail: '评价只能改一次，已经改过了' })
  await changeOwnCase(deps, acting, caseId, async (client) => {
    if (!(await changeRating(client, deps.vault, { caseId, ...given, changedAt: deps.now() }))) throw new Refusal('already_rated')
  })
}

function ratingView(caseId: string, stored: StoredRating, open: boolean, until: number | null): Rating {
  const { grade, tags, text, anonymous, ratedAt, changedAt } = stored
  return {
    caseId,
    grade,
    tags,
    text,
    anonymous,
    ratedAt: iso(ratedAt),
    changedAt: changedAt === null ? null : iso(changedAt),
    canChange: open && changedAt === null,
    until: until === null ? null : iso(until)
  }
}
