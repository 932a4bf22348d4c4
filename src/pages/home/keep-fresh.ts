import { useLive } from '../../session/live'

/** Reads home again when something on it has changed; only for somebody signed in, others have no live line. */
export function KeepFresh({ reload }: { reload: () => Promise<void> }) {
  useLive(['draft', 'submission', 'case', 'licence', 'message', 'invitation'], null, reload)
  return null
}
