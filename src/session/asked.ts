import { create } from 'zustand'
import { listPendingReadings, type PendingReading } from '../api/codes'

interface Asked {
  pending: PendingReading[]
  /** A code of this phone may be under a reader: whichever page is in front, somebody listens for what it asks. */
  listening: boolean
}

/** A code is good for 65 s, and a reader waits a minute or two for the answer. */
const ABROAD_MS = 5 * 60_000
let abroad: ReturnType<typeof setTimeout> | undefined

/** Readings of this account that wait for its yes or no, whoever they are about. */
export const useAsked = create<Asked>(() => ({ pending: [], listening: false }))

/** A code is on the screen: for the next minutes other pages tell of readings too. */
export function codeIsOut(): void {
  clearTimeout(abroad)
  abroad = setTimeout(() => useAsked.setState({ listening: false }), ABROAD_MS)
  useAsked.setState({ listening: true })
}

/** Looks what waits. Throws ApiError. */
export async function lookForAsked(): Promise<void> {
  const { pending } = await listPendingReadings()
  useAsked.setState({ pending })
}

/** It has its answer, or its time is over. */
export function dropAsked(id: string): void {
  useAsked.setState(({ pending }) => ({ pending: pending.filter((each) => each.id !== id) }))
}
