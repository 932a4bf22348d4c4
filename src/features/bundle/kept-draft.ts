import type { Draft } from '../../../contract/drafts'
import type { FormValues } from '../../../domain/form/types'
import { forget, keep, readKept } from '../../api/kept'

/** The name under which a draft is kept on the device, for reading without network; erased on sign-out. */
export const draftKey = (draftId: string) => `drafts/${draftId}`
const editsKey = (draftId: string) => `edits/${draftId}`

export const keepDraft = (draft: Draft): void => keep(draftKey(draft.id), draft, Date.now())

/** What was typed and has not reached the server yet. */
export interface KeptEdits {
  edits: FormValues
  /** What stood in the draft where they were typed: tells later whether somebody else has changed it since. */
  over: FormValues
}

export const keptEdits = (draftId: string): KeptEdits => readKept<KeptEdits>(editsKey(draftId))?.data ?? { edits: {}, over: {} }

export function keepEdits(draftId: string, kept: KeptEdits): void {
  if (Object.keys(kept.edits).length > 0) keep(editsKey(draftId), kept, Date.now())
  else forget(editsKey(draftId))
}

/** What the draft is about, in words, as far as this device knows. */
export const keptBundleName = (draftId: string): string => readKept<Draft>(draftKey(draftId))?.data.bundleName ?? '这件事'
