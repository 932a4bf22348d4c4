import type { Draft } from '../../../../contract/drafts'
import { open } from '../../../platform/navigation'
import { keepChoices } from '../kept-choices'

/** Goes back to the questions with what this draft holds; the plan then brings the draft up to date. */
export function changeAnswers({ id, bundleId, subjectId, answers, picks }: Draft): void {
  keepChoices(bundleId, { answers, picks })
  open('/features/bundle/questions/index', { id: bundleId, draft: id, for: subjectId })
}
