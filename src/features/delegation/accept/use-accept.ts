import { useCallback, useEffect, useRef, useState } from 'react'
import type { Delegation } from '../../../../contract/delegations'
import { useAction, type Action } from '../../../api/action'
import { acceptOffer, lookUpOffer } from '../../../api/delegations'
import { replace, useParams } from '../../../platform/navigation'
import { scan } from '../../../platform/scan'
import { loadMe, useSession } from '../../../session/session'
import { offerCodeOf } from '../offer-code'

/** The offer that was found, with the code that accepts it. */
interface Found {
  code: string
  delegation: Delegation
}

const unreadable = '这不像授权码。授权码是 8 位，字母和数字；请照着再输一遍。'

/** What is wrong with a code, and what to do about it, the server says whole. */
const faultOf = ({ error, fault }: Action): string => (error?.code === 'gone' && error.detail ? `${error.detail}。` : fault)

/** Finding an offer by its code (with the address, scanned or typed), and accepting it. */
export function useAccept() {
  const { code: arrived = '' } = useParams()
  const { status } = useSession()
  const [typed, setTyped] = useState('')
  const [problem, setProblem] = useState('')
  const [found, setFound] = useState<Found | null>(null)
  const action = useAction()
  const { run } = action

  const look = useCallback(async (text: string) => {
    const code = offerCodeOf(text)
    setProblem(code ? '' : unreadable)
    if (code) await run(async () => setFound({ code, delegation: await lookUpOffer(code) }))
  }, [run])

  const looked = useRef('')
  useEffect(() => {
    if (status !== 'in' || arrived === '' || looked.current === arrived) return
    looked.current = arrived
    void look(arrived)
  }, [status, arrived, look])

  async function scanAndLook() {
    const read = await scan()
    if (read !== null) await look(read)
  }
  async function accept() {
    if (!found) return
    await run(async () => {
      const { id } = await acceptOffer(found.code)
      // Whom one may act for has changed; the detail shows it also if this can't be read at this moment.
      await loadMe().catch(() => undefined)
      replace('/features/delegation/detail/index', { id })
    })
  }
  return {
    typed, type: setTyped, problem, found, drop: () => setFound(null), busy: action.busy, fault: faultOf(action),
    lookTyped: () => look(typed), scanAndLook, accept
  }
}
