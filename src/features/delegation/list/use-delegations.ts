import type { DelegationList } from '../../../../contract/delegations'
import { listDelegations } from '../../../api/delegations'
import { useResource } from '../../../api/resource'
import { useLive } from '../../../session/live'
import { useSession } from '../../../session/session'

/** What was given in the name of the one acted for and what was received, up to date by itself. */
export function useDelegations() {
  const { status, acting } = useSession()
  const isOpen = status === 'in' || status === 'unreachable'
  const delegations = useResource<DelegationList>(isOpen && acting ? `delegations/of/${acting.id}` : null, listDelegations)
  useLive(['delegation'], status === 'in' ? null : [], delegations.reload)
  return { delegations, acting }
}
