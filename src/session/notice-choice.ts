import type { ConsentKind } from '../api/identity'
import { readStored, removeStored, writeStored } from '../platform/storage'

/**
 * What somebody answered to the privacy notice on this device before signing in. Says nothing about who it was. The kinds wait for the
 * sign-in that follows and are used for that one only: the next person on this device is asked by themselves.
 */
interface NoticeChoice {
  version: string
  kinds: ConsentKind[] | null
}

const key = 'notice'

export const readNoticeChoice = (): NoticeChoice | undefined => readStored<NoticeChoice>(key)

export function keepNoticeChoice(version: string, kinds: ConsentKind[] | null): void {
  writeStored(key, { version, kinds } satisfies NoticeChoice)
}

/** As if the notice had never been read here. */
export const dropNoticeChoice = (): void => removeStored(key)
