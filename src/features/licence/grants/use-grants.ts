import { useState } from 'react'
import type { LicenceGrant } from '../../../../contract/licences'
import { useAction } from '../../../api/action'
import { listGrants, revokeGrant } from '../../../api/licences'
import { useResource } from '../../../api/resource'
import { useLive } from '../../../session/live'

/** To whom one licence was given, and taking it back. */
export function useGrants(licenceId: string) {
  const grants = useResource(`grants/${licenceId}`, () => listGrants(licenceId))
  const [asked, setAsked] = useState<LicenceGrant | null>(null)
  const [done, setDone] = useState('')
  const action = useAction()
  useLive(['licence', 'case'], null, grants.reload)

  const revoke = () =>
    action.run(async () => {
      if (!asked) return
      setDone('')
      await revokeGrant(asked.id)
      await grants.reload()
      setDone(`已收回给${asked.to}的授权。`)
    })
  const answer = () => void revoke().then(() => setAsked(null))
  return { grants, asked, ask: setAsked, answer, busy: action.busy, done, fault: action.fault }
}
