import { forget, keep, readKept } from '../../../api/kept'

/** What is being submitted and under which key: the same tap, however often it is sent, is one submission. */
export interface KeptSubmission {
  key: string
  body: { version: number; contentHash: string; commitments: string[] }
  /** Sent without an answer, or not sent for want of a network: goes out again by itself. */
  waiting: boolean
}

const keyOf = (draftId: string) => `submission/${draftId}`
const ticksOf = (draftId: string) => `ticks/${draftId}`

export const keptSubmission = (draftId: string): KeptSubmission | undefined => readKept<KeptSubmission>(keyOf(draftId))?.data
export const keepSubmission = (draftId: string, submission: KeptSubmission): void => keep(keyOf(draftId), submission, Date.now())
export const forgetSubmission = (draftId: string): void => forget(keyOf(draftId))

/** The boxes that the person has ticked for exactly this content, while away to confirm who it is. */
export function keptTicks(draftId: string, contentHash: string): string[] {
  const kept = readKept<{ contentHash: string; ticks: string[] }>(ticksOf(draftId))?.data
  return kept?.contentHash === contentHash ? kept.ticks : []
}
export const keepTicks = (draftId: string, contentHash: string, ticks: string[]): void =>
  keep(ticksOf(draftId), { contentHash, ticks }, Date.now())
export const forgetTicks = (draftId: string): void => forget(ticksOf(draftId))
