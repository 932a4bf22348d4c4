import type { Draft, SaveDraft } from '../../../contract/drafts'
import { asApiError } from '../../api/api-error'
import { readDraft, saveDraft } from '../../api/drafts'

/**
 * Saves a change that doesn't hang on what else is in the draft, on top of whatever is there: another tab's save in between
 * is not undone by it.
 * @param draft the draft as known, or its id
 * @throws ApiError
 */
export async function saveOnTop(draft: Draft | string, change: Omit<SaveDraft, 'version'>): Promise<Draft> {
  const { id, version } = typeof draft === 'string' ? await readDraft(draft) : draft
  try {
    return await saveDraft(id, { ...change, version })
  } catch (thrown) {
    const error = asApiError(thrown)
    const there = error.code === 'draft_conflict' ? (error.current as Draft | undefined) : undefined
    if (!there) throw error
    return saveDraft(id, { ...change, version: there.version })
  }
}
