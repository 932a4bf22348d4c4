import { useState } from 'react'
import { asApiError } from '../../../api/api-error'
import { closeAccount, previewClose } from '../../../api/identity'
import { useResource } from '../../../api/resource'
import { wordingOf } from '../../../api/wording'
import { focusId } from '../../../platform/scroll'
import { dropNoticeChoice } from '../../../session/notice-choice'
import { signedOut, useSession } from '../../../session/session'

/** The words that must be typed. */
export const closingWords = '注销账号'

/** Closing the account: what it does, what stands against it, the typed confirmation. */
export function useClose() {
  const { status } = useSession()
  const [closed, setClosed] = useState(false)
  const preview = useResource(status === 'in' || status === 'consenting' ? 'close-preview' : null, previewClose)
  const [typed, setTyped] = useState('')
  const [error, setError] = useState('')
  const [problem, setProblem] = useState('')
  const [busy, setBusy] = useState(false)

  async function close() {
    if (typed.trim() !== closingWords) {
      setError(`请输入「${closingWords}」四个字`)
      return focusId('closing-words')
    }
    setBusy(true)
    try {
      await closeAccount()
      setClosed(true)
      signedOut()
      dropNoticeChoice()
    } catch (thrown) {
      const apiError = asApiError(thrown)
      const { what, kept, now } = wordingOf(apiError)
      setProblem(`${apiError.detail ?? what}。${kept}${now}`)
      if (apiError.code === 'account_has_cases') await preview.reload()
    }
    setBusy(false)
  }

  return {
    preview, typed, error, problem, busy, closed,
    type: (text: string) => {
      setTyped(text)
      setError('')
    },
    close: () => void close()
  }
}
