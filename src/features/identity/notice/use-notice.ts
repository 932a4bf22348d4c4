import { useState } from 'react'
import type { Notice } from '../../../../contract/identity'
import { asApiError } from '../../../api/api-error'
import { declineConsents, giveConsents, readNotice, type ConsentKind } from '../../../api/identity'
import { useResource } from '../../../api/resource'
import { wordingOf } from '../../../api/wording'
import { back, goOnAt, hrefOf, useParams } from '../../../platform/navigation'
import { focusId } from '../../../platform/scroll'
import { dropNoticeChoice, keepNoticeChoice } from '../../../session/notice-choice'
import { setMe, signedOut, useSession } from '../../../session/session'

const signInPage = '/features/identity/sign-in/index'

/** Reading the privacy notice and answering it: before signing in, right after, or later for a part that was left out. */
export function useNotice() {
  const params = useParams()
  const { status, me } = useSession()
  const notice = useResource('public/notice', readNotice)
  const [ticked, setTicked] = useState<ConsentKind[]>([])
  const [missing, setMissing] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const [declined, setDeclined] = useState(false)

  const given = (me?.consents ?? []).filter(({ version }) => version === me?.noticeVersion)
  const needed = (params.need ?? '').split(',')
  const signedIn = status === 'in' || status === 'consenting'

  async function attempt(run: () => Promise<void>) {
    setBusy(true)
    setProblem('')
    try {
      await run()
    } catch (thrown) {
      const error = asApiError(thrown)
      const { what, kept, now } = wordingOf(error)
      setProblem(`${error.detail ?? what}。${kept}${now}`)
      if (error.code === 'invalid_fields') void notice.reload()
    }
    setBusy(false)
  }

  function agree({ version }: Notice) {
    if (status !== 'in' && !ticked.includes('privacy')) {
      setMissing(true)
      focusId('consent-privacy')
      return
    }
    if (!signedIn) {
      keepNoticeChoice(version, ticked)
      return goOnAt(hrefOf(signInPage, { return: params.return }))
    }
    void attempt(async () => {
      setMe(await giveConsents(version, ticked))
      if (params.return) goOnAt(params.return)
      else back()
    })
  }

  function decline() {
    if (status !== 'consenting') {
      dropNoticeChoice()
      return setDeclined(true)
    }
    void attempt(async () => {
      await declineConsents().catch((thrown: unknown) => {
        // Who has agreed to an earlier notice keeps the account: signing out is all that a no can mean.
        if (asApiError(thrown).code !== 'illegal_transition') throw thrown
      })
      signedOut()
      dropNoticeChoice()
      setDeclined(true)
    })
  }

  function tick(kind: ConsentKind, on: boolean) {
    setMissing(false)
    setTicked((now) => (on ? [...now, kind] : now.filter((one) => one !== kind)))
  }

  return {
    notice, status, ticked, tick, missing, busy, problem, declined, agree, decline, signedIn,
    givenAt: (kind: ConsentKind) => given.find((one) => one.kind === kind)?.givenAt ?? null,
    isNeeded: (kind: ConsentKind) => needed.includes(kind),
    readAgain: () => setDeclined(false)
  }
}
