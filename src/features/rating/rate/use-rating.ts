import { useState } from 'react'
import type { GiveRating, Grade, RatingForm } from '../../../../contract/ratings'
import { ratingErrors, type RatingRules } from '../../../../domain/rating/rating'
import { useAction } from '../../../api/action'
import { rate, readRatingForm } from '../../../api/ratings'
import { useResource } from '../../../api/resource'
import { focusId } from '../../../platform/scroll'

/** What is being given; no grade is chosen beforehand. */
export interface Given extends Omit<GiveRating, 'grade'> {
  grade: Grade | null
}

export type RatingFaults = Partial<Record<'grade' | 'tags' | 'text', string>>

const nothing: Given = { grade: null, tags: [], text: '', anonymous: true }

/** A case's rating: what can be said, what is being said, and giving it. */
export function useRating(caseId: string) {
  const form = useResource(`rating/${caseId}`, () => readRatingForm(caseId))
  const [given, setGiven] = useState<Given>(nothing)
  const [faults, setFaults] = useState<RatingFaults>({})
  const [changing, setChanging] = useState(false)
  const [thanks, setThanks] = useState('')
  const action = useAction()

  /** Tags belong to a grade's words: those that the new grade doesn't offer are dropped. */
  function choose(change: Partial<Given>) {
    setGiven((before) => keepOffered({ ...before, ...change }, form.data))
    setFaults((before) => ({ ...before, ...Object.fromEntries(Object.keys(change).map((key) => [key, undefined])) }))
  }

  function startChange() {
    const { rating } = form.data ?? {}
    if (rating) setGiven({ grade: rating.grade, tags: rating.tags, text: rating.text, anonymous: rating.anonymous })
    setChanging(true)
  }

  async function give() {
    if (!form.data) return
    const found = faultsOf(form.data, given)
    setFaults(found)
    const first = (['grade', 'tags', 'text'] as const).find((part) => found[part])
    if (first) return focusId(first === 'text' ? 'rating-text' : `rating-${first}`)
    const { grade } = given
    if (grade === null) return
    const ok = await action.run(async () => form.set(await rate(caseId, { ...given, grade, text: given.text.trim() })))
    if (!ok) return
    setThanks(changing ? '已改好，谢谢你。' : '收到了，谢谢你。')
    setChanging(false)
  }

  return { form, given, faults, choose, give, changing, startChange, thanks, busy: action.busy, fault: action.fault }
}

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

function keepOffered(given: Given, form: RatingForm | null): Given {
  const offered = form?.grades.find(({ grade }) => grade === given.grade)?.tags.map(({ id }) => id) ?? []
  return { ...given, tags: given.tags.filter((tag) => offered.includes(tag)) }
}
