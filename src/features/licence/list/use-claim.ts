import { useState } from 'react'
import { useAction } from '../../../api/action'
import { claimLicences } from '../../../api/licences'

/** Taking licences into the wallet: one, or all that wait. */
export function useClaim(reload: () => Promise<void>) {
  const action = useAction()
  const [done, setDone] = useState('')
  const claim = (ids: string[]) =>
    action.run(async () => {
      setDone('')
      const { claimed } = await claimLicences(ids)
      await reload()
      setDone(claimed.length > 0 ? `已领取 ${claimed.length} 本：${claimed.map(({ name }) => name).join('、')}。` : '没有可领的了。')
    })
  return { claim, done, busy: action.busy, fault: action.fault }
}
