import { useState } from 'react'
import type { Invitation } from '../../../../contract/invitations'
import { asApiError } from '../../../api/api-error'
import { answerInvitation, readInvitation } from '../../../api/invitations'
import { useResource, type Resource } from '../../../api/resource'
import { wordingOf } from '../../../api/wording'
import { useLive } from '../../../session/live'
import { useSession } from '../../../session/session'

export type Answer = Invitation['allowedActions'][number]

interface Answering {
  invitation: Resource<Invitation>
  answer: (answer: Answer) => Promise<void>
  busy: boolean
  notice: { text: string; tone: 'done' | 'error' }
}

const said: Record<Answer, string> = {
  grant: '已同意。对方会收到通知，你随时可以收回。', decline: '已答复不同意。没有放出任何信息。', revoke: '已收回。放出的信息已经删除。'
}

/** One invitation as the one asked sees it, and the answer. */
export function useAnswer(id: string): Answering {
  const { status } = useSession()
  const isOpen = status === 'in' || status === 'unreachable'
  const invitation = useResource<Invitation>(id && isOpen ? `invitations/${id}` : null, () => readInvitation(id))
  const [busy, setBusy] = useState(false)
  const [notice, setNotice] = useState<Answering['notice']>({ text: '', tone: 'done' })
  useLive(['invitation'], status === 'in' ? [id] : [], invitation.reload)

  async function answer(given: Answer) {
    setBusy(true)
    setNotice({ text: '', tone: 'done' })
    try {
      invitation.set(await answerInvitation(id, given))
      setNotice({ text: said[given], tone: 'done' })
    } catch (thrown) {
      const error = asApiError(thrown)
      const { what, now } = wordingOf(error)
      setNotice({ text: `${what}。${error.detail ?? now}`, tone: 'error' })
      if (error.code === 'invitation_closed') void invitation.reload()
    } finally {
      setBusy(false)
    }
  }
  return { invitation, answer, busy, notice }
}
