import { useState } from 'react'
import { useAction } from '../../../api/action'
import { useResource } from '../../../api/resource'
import { readCase, withdrawCase } from '../../../api/submissions'
import { usePullRefresh } from '../../../platform/pull-refresh'
import { useLive } from '../../../session/live'
import { useSession } from '../../../session/session'

/** One case that keeps itself up to date, and withdrawing it. */
export function useCase(id: string) {
  const { status } = useSession()
  const subject = useResource(status === 'in' || status === 'unreachable' ? `case/${id}` : null, () => readCase(id))
  useLive(['case', 'submission'], [id, subject.data?.submissionId], subject.reload)
  usePullRefresh(subject.reload)
  const action = useAction()
  const [done, setDone] = useState('')
  async function withdraw() {
    const ok = await action.run(async () => subject.set(await withdrawCase(id)))
    if (ok) setDone('已撤回这一件。')
    else await subject.reload()
  }
  return { subject, withdraw, busy: action.busy, fault: action.fault, done }
}
