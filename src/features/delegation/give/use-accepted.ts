import { useEffect, useRef } from 'react'
import type { Delegation } from '../../../../contract/delegations'
import { readDelegation } from '../../../api/delegations'
import { useResource } from '../../../api/resource'
import { useLive } from '../../../session/live'

/** The offer as it stands: told by the live line when somebody accepts it, and asked once more when its time is over. */
export function useAccepted(offered: Delegation, over: boolean): Delegation {
  const { data, reload } = useResource(`delegations/${offered.id}`, () => readDelegation(offered.id))
  useLive(['delegation'], [offered.id], reload)
  const asked = useRef(false)
  useEffect(() => {
    if (!over || asked.current) return
    asked.current = true
    void reload()
  }, [over, reload])
  return data ?? offered
}
