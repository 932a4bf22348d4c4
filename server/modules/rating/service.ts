import type { GiveRating, Rating, RatingForm } from '../../../contract/ratings'
import { ratingErrors, tagsFor } from '../../../domain/rating/rating'
import type { Acting, Deps } from '../../deps'
import { Refusal } from '../../errors'
import { rateCase, ratedCase } from '../case/rate'
import { changeRating, insertRating, ratingOf, type StoredRating } from './repository'

const iso = (instant: number) => new Date(instant).toISOString()
const isoOrNull = (instant: number | null) => (instant === null ? null : iso(instant))

/** What the rating page shows: grades, tags, and what was given already. Errors: not_found. */
export async function ratingForm(deps: Deps, acting: Acting, caseId: string): Promise<RatingForm> {
  const { matterName, departmentName, until, rules } = await ratedCase(deps, acting, caseId)
  const stored = await ratingOf(deps.pool, deps.vault, caseId)
  const open = until !== null && deps.now() < until
  return {
    caseId,
    matterName,
    departmentName,
    open,
    until: isoOrNull(until),
    rating: stored && ratingView(stored, open, until),
    grades: rules.grades.map(({ grade, label, bad }) => ({ grade, label, bad, tags: tagsFor(rules, grade) })),
    minBadText: rules.minBadText
  }
}

/**
 * Gives a rating, or changes the one given, once; the very same again, as after a lost reply, is no change.
 * Errors: not_found, invalid_fields, illegal_transition (not finished, or the window is over), already_rated (changed before).
 */
export async function rate(deps: Deps, acting: Acting, caseId: string, given: GiveRating): Promise<void> {
  const { until, rules } = await ratedCase(deps, acting, caseId)
  const errors = ratingErrors(rules, given)
  if (errors.length) throw new Refusal('invalid_fields', { errors })
  if (until === null || deps.now() >= until)
    throw new Refusal('illegal_transition', { detail: until === null ? '办结后才能评价' : '评价的期限已经过了' })
  await rateCase(deps, acting, caseId, async (client) => {
    const before = await ratingOf(client, deps.vault, caseId)
    const rating = { caseId, accountId: acting.accountId, ...given }
    if (!before) {
      await insertRating(client, deps.vault, { ...rating, ratedAt: deps.now(), changedAt: null })
      return 'first'
    }
    if (isSame(before, given)) return 'changed'
    if (before.changedAt !== null) throw new Refusal('already_rated', { detail: '评价只能改一次，已经改过了' })
    await changeRating(client, deps.vault, { ...rating, changedAt: deps.now() })
    return 'changed'
  })
}

const isSame = (one: GiveRating, other: GiveRating): boolean =>
  one.grade === other.grade && one.text === other.text && one.anonymous === other.anonymous && one.tags.join() === other.tags.join()

function ratingView(stored: StoredRating, open: boolean, until: number | null): Rating {
  const { caseId, grade, tags, text, anonymous, ratedAt, changedAt } = stored
  return {
    caseId,
    grade,
    tags,
    text,
    anonymous,
    ratedAt: iso(ratedAt),
    changedAt: isoOrNull(changedAt),
    canChange: open && changedAt === null,
    until: isoOrNull(until)
  }
}
