import { listTraces } from '../../../api/messages'
import { useSession } from '../../../session/session'
import { usePages } from '../use-pages'

/** Who has read which data of the one acted for. */
export function useTraces() {
  const { status, acting } = useSession()
  const readable = (status === 'in' || status === 'unreachable') && acting !== null
  return { ...usePages(readable ? `traces/${acting.id}` : null, listTraces) }
}
