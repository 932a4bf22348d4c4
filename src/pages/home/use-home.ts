import { useState } from 'react'
import type { StageCard } from '../../../contract/catalogue'
import { readCatalogue } from '../../api/catalogue'
import { readHome } from '../../api/home'
import { useResource } from '../../api/resource'
import { usePageShown } from '../../platform/lifecycle'
import { useNow } from '../../session/now'
import { restoreSession, sessionNow, useSession } from '../../session/session'
import { concernsOf } from './concerns'

/** The first page: the catalogue for everybody, and what concerns the person who is signed in. */
export function useHome() {
  const { status, acting } = useSession()
  const catalogue = useResource('public/catalogue', readCatalogue)
  const readable = (status === 'in' || status === 'unreachable') && acting !== null
  const mine = useResource(readable ? `home/${acting.id}` : null, readHome)
  const now = useNow()
  const [audience, setAudience] = useState<StageCard['audience']>('person')
  const [elsewhere, setElsewhere] = useState<StageCard | null>(null)

  usePageShown(() => {
    if (sessionNow().status === 'unreachable') void restoreSession()
  })

  const current = mine.data === null ? [] : [...mine.data.drafts, ...mine.data.waiting, ...mine.data.running]
  return {
    status, catalogue, mine, audience, setAudience, elsewhere, setElsewhere,
    concerns: mine.data && concernsOf(mine.data, now),
    /** Bundles that the person is in the middle of. */
    underWay: new Set(current.map(({ bundleId }) => bundleId))
  }
}
