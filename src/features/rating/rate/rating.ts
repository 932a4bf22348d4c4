import type { GiveRating, Grade, RatingForm } from '../../../../contract/ratings'
import { ratingErrors, type RatingRules } from '../../../../domain/rating/rating'

/** What is being given; no grade is chosen beforehand. */
export interface Given extends Omit<GiveRating, 'grade'> {
  grade: Grade | null
}

export type RatingFaults = Partial<Record<'grade' | 'tags' | 'text', string>>

/** The faults of what is given, by part of the page; the same rules as the server's. */
export function faultsOf(form: RatingForm, given: Given): RatingFaults {
  const { grade } = given
  if (grade === null) return { grade: '请先选一个评价' }
  const faults: RatingFaults = {}
  for (const { pointer, message } of ratingErrors(rulesOf(form), { ...given, grade })) {
    const part = pointer.startsWith('/tags') ? 'tags' : 'text'
    faults[part] ??= message
  }
  return faults
}

/** The rules as the wire carries them, tags beside each grade, in the shape of the domain: one word list per grade's words. */
function rulesOf({ grades, minBadText }: RatingForm): RatingRules {
  const wordsOf = (grade: Grade, bad: boolean) => (bad ? 'bad' : grade === 'fair' ? 'middle' : 'good')
  const rules: RatingRules = { grades: [], tags: { good: [], middle: [], bad: [] }, minBadText }
  for (const { grade, label, bad, tags } of grades) {
    const words = wordsOf(grade, bad)
    rules.grades.push({ grade, label, bad, words })
    rules.tags[words] = tags
  }
  return rules
}

/** Tags belong to a grade's words: those that the grade doesn't offer are dropped. */
export function keepOffered(given: Given, form: RatingForm | null): Given {
  const offered = form?.grades.find(({ grade }) => grade === given.grade)?.tags.map(({ id }) => id) ?? []
  return { ...given, tags: given.tags.filter((tag) => offered.includes(tag)) }
}
