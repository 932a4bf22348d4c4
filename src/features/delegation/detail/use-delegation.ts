import { useEffect, useState } from 'react'
import type { Delegation } from '../../../../contract/delegations'
import type { Subject } from '../../../../contract/identity'
import { useAction } from '../../../api/action'
import { endDelegation, readDelegation } from '../../../api/delegations'
import { useResource } from '../../../api/resource'
import { open } from '../../../platform/navigation'
import { useLive } from '../../../session/live'
import { loadMe, switchSubject, useSession } from '../../../session/session'

export type Ending = Delegation['allowedActions'][number]

const said: Record<Ending, string> = {
  revoke: '已收回。对方从现在起不能再替你办。',
  resign: '已放弃。你从现在起不能再替对方办。'
}

/** One delegation as both sides see it, up to date by itself, and its end. */
export function useDelegation(id: string) {
  const { status, me, acting } = useSession()
  const isOpen = status === 'in' || status === 'unreachable'
  const delegation = useResource<Delegation>(id && isOpen ? `delegations/${id}` : null, () => readDelegation(id))
  useLive(['delegation'], status === 'in' ? [id] : [], delegation.reload)
  const [done, setDone] = useState('')
  const action = useAction()
  const { data, reload } = delegation

  /** The subject whom this account acts for by it; also right after it has ended, until who one is is read again. */
  const subject = me?.subjects.find((each) => each.delegation?.id === id)
  const inForce = data?.status === 'active'
  const isStale = data !== null && status === 'in' && !inForce && subject !== undefined
  useEffect(() => {
    // Ended by the other side: from this moment nothing here acts for them.
    if (isStale) void loadMe().catch(() => undefined)
  }, [isStale])

  const self = me?.subjects.find(({ role }) => role === 'self')
  const actsByIt = subject !== undefined && subject.id === acting?.id
  async function end(how: Ending) {
    setDone('')
    const ended = await action.run(async () => {
      delegation.set(await endDelegation(id, how))
      setDone(said[how])
      // One's own doing, said here: nothing has come to an end behind one's back.
      if (self && actsByIt) switchSubject(self)
      await loadMe().catch(() => undefined)
    })
    if (!ended) void reload()
  }
  function act(as: Subject) {
    switchSubject(as)
    open('/pages/home/index')
  }
  return {
    delegation, done, fault: action.fault, busy: action.busy, end,
    /** Whom to act for by it, when one isn't already. */
    toAct: inForce && subject && !actsByIt ? () => act(subject) : null,
    toSelf: self && actsByIt ? () => act(self) : null
  }
}
