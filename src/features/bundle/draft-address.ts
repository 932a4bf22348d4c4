import type { DraftSummary } from '../../../contract/drafts'
import type { Params } from '../../platform/navigation'

const pages: Record<DraftSummary['step'], string> = {
  questions: '/features/bundle/form/index',
  plan: '/features/bundle/form/index',
  form: '/features/bundle/form/index',
  materials: '/features/bundle/materials/index',
  sign: '/features/bundle/sign/index'
}

/** Where a draft goes on: the page of the step that it is at. */
export function placeOf({ id, step, subjectId }: Pick<DraftSummary, 'id' | 'step' | 'subjectId'>): { path: string; params: Params } {
  return { path: pages[step], params: { draft: id, for: subjectId } }
}
