import { useState } from 'react'
import { readCatalogue } from '../../api/catalogue'
import { useResource } from '../../api/resource'
import { useSession } from '../../session/session'

/** The catalogue by stage, for people or for companies; begins with the side of whom one acts for. */
export function useServices() {
  const { acting } = useSession()
  const [chosen, setChosen] = useState<number>()
  return {
    catalogue: useResource('public/catalogue', readCatalogue),
    tab: chosen ?? (acting?.kind === 'legal_person' ? 1 : 0),
    setTab: setChosen
  }
}
