import { useLive } from '../../../session/live'

/** Reads the inbox again when a message comes. */
export function KeepFresh({ reload }: { reload: () => Promise<void> }) {
  useLive(['message'], null, reload)
  return null
}
