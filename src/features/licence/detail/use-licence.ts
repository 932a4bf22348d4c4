import { useState } from 'react'
import { useAction } from '../../../api/action'
import { readLicence } from '../../../api/licences'
import { useResource } from '../../../api/resource'
import { useLive } from '../../../session/live'
import type { Licence } from '../../../../contract/licences'

/** One licence, masked. What is revealed stays in memory only: it is never kept on the device. */
export function useLicence(id: string) {
  const licence = useResource(`licence/${id}`, () => readLicence(id))
  const [revealed, setRevealed] = useState<Licence | null>(null)
  const action = useAction()
  useLive(['licence'], [id], licence.reload)
  const reveal = () => action.run(async () => setRevealed(await readLicence(id, true)))
  return { licence, revealed, reveal, hide: () => setRevealed(null), busy: action.busy, fault: action.fault }
}
