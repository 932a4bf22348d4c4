import type { Draft } from '../../../contract/drafts'
import type { FormValues } from '../../../domain/form/types'
import { forget, keep, readKept } from '../../api/kept'

/** The name under which a draft is kept on the device, for reading without network; erased on sign-out. */
export const draftKey = (draftId: string) => `drafts/${draftId}`
const editsKey = (draftId: string) => `edits/${draftId}`

export const keepDraft = (draft: Draft): void => keep(draftKey(draft.id), draft, Date.now())

/** What was typed and has not reached the server yet. */
export const keptEdits = (draftId: string): FormValues => readKept<FormValues>(editsKey(draftId))?.data ?? {}

export function keepEdits(draftId: string, edits: FormValues): void {
  if (Object.keys(edits).length > 0) keep(editsKey(draftId), edits, Date.now())
  else forget(editsKey(draftId))
}

/** What the draft is about, in words, as far as this device knows. */
export const keptBundleName = (draftId: string): string => readKept<Draft>(draftKey(draftId))?.data.bundleName ?? '这件事'
