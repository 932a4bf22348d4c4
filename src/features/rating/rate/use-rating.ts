import { useState } from 'react'
import { useAction } from '../../../api/action'
import { rate, readRatingForm } from '../../../api/ratings'
import { useResource } from '../../../api/resource'
import { focusId } from '../../../platform/scroll'
import { faultsOf, keepOffered, type Given, type RatingFaults } from './rating'

const nothing: Given = { grade: null, tags: [], text: '', anonymous: true }

/** A case's rating: what can be said, what is being said, and giving it. */
export function useRating(caseId: string) {
  const form = useResource(`rating/${caseId}`, () => readRatingForm(caseId))
  const [given, setGiven] = useState<Given>(nothing)
  const [faults, setFaults] = useState<RatingFaults>({})
  const [changing, setChanging] = useState(false)
  const [thanks, setThanks] = useState('')
  const action = useAction()

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
