import type { Draft } from '../../../contract/drafts'
import { readDraft } from '../../api/drafts'
import { useResource, type Resource } from '../../api/resource'
import { draftKey } from './kept-draft'

/** A draft of the one acted for; readable without network once it has been opened here. */
export function useDraft(draftId: string): Resource<Draft> {
  return useResource(draftId ? draftKey(draftId) : null, () => readDraft(draftId))
}
