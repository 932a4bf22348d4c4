import { forget, keep, keptKeys, readKept } from '../api/kept'

/** What is being submitted and under which key: the same tap, however often it is sent, is one submission. */
export interface KeptSubmission {
  key: string
  body: { version: number; contentHash: string; commitments: string[] }
  /** For whom: it goes out while acting for this one only; null for oneself. */
  actingFor: string | null
  bundleName: string
  /** Sent without an answer, or not sent for want of a network: goes out again by itself. */
  waiting: boolean
}

const room = 'submission/'

export const keptSubmission = (draftId: string): KeptSubmission | undefined => readKept<KeptSubmission>(room + draftId)?.data
export const keepSubmission = (draftId: string, submission: KeptSubmission): void => keep(room + draftId, submission, Date.now())
export const forgetSubmission = (draftId: string): void => forget(room + draftId)

/** Drafts whose submission waits for a network or an answer. */
export const waitingDrafts = (): string[] =>
  keptKeys(room).map((key) => key.slice(room.length)).filter((draftId) => keptSubmission(draftId)?.waiting)

/** The boxes that the person has ticked for exactly this content, while away to confirm who it is. */
export function keptTicks(draftId: string, contentHash: string): string[] {
  const kept = readKept<{ contentHash: string; ticks: string[] }>(`ticks/${draftId}`)?.data
  return kept?.contentHash === contentHash ? kept.ticks : []
}
export const keepTicks = (draftId: string, contentHash: string, ticks: string[]): void =>
  keep(`ticks/${draftId}`, { contentHash, ticks }, Date.now())

/** Forgets all that this device kept of a draft that has become a submission. */
export function forgetSubmitted(draftId: string): void {
  for (const kept of [room, 'drafts/', 'edits/', 'ticks/', 'review/']) forget(kept + draftId)
}
