import { useState } from 'react'
import type { Message, MessageList } from '../../../../contract/messages'
import type { Static } from 'typebox'
import { asApiError } from '../../../api/api-error'
import { listMessages, readAllMessages, readMessage } from '../../../api/messages'
import { wordingOf } from '../../../api/wording'
import { open } from '../../../platform/navigation'
import { useSession } from '../../../session/session'
import { usePages } from '../use-pages'

export type Letter = Static<typeof Message>

const places: Record<NonNullable<Letter['target']>['kind'], string> = {
  submission: '/features/case/submission/index',
  case: '/features/case/detail/index',
  licence: '/features/licence/detail/index',
  invitation: '/features/invitation/answer/index',
  delegation: '/features/delegation/detail/index',
  trace: '/features/message/traces/index'
}

/** The inbox: read page by page, each message opened at what it is about. */
export function useInbox() {
  const { status } = useSession()
  const key = status === 'in' || status === 'unreachable' ? 'messages' : null
  const { first, pages, more, busy, problem } = usePages<MessageList>(key, listMessages)
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set())
  const [said, setSaid] = useState('')
  const messages = pages.flatMap((page) => page.messages)
  const isUnread = ({ id, readAt }: Letter) => readAt === null && !seen.has(id)

  function openOne(letter: Letter) {
    if (isUnread(letter)) {
      setSeen((now) => new Set([...now, letter.id]))
      void readMessage(letter.id).catch(() => undefined)
    }
    if (letter.target) open(places[letter.target.kind], { id: letter.target.id })
  }

  async function readAll() {
    try {
      await readAllMessages()
      setSeen(new Set(messages.map(({ id }) => id)))
      await first.reload()
      setSaid('全部已读')
    } catch (thrown) {
      const { what, now } = wordingOf(asApiError(thrown))
      setSaid(`${what}。${now}`)
    }
  }

  return { first, messages, more, busy, problem, said, isUnread, openOne, readAll: () => void readAll(), reload: first.reload, status }
}
