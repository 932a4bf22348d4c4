import { useCallback, useEffect, useRef, useState } from 'react'
import type { DraftReview } from '../../../../contract/drafts'
import type { ApiError } from '../../../api/api-error'
import { asApiError } from '../../../api/api-error'
import { reviewDraft } from '../../../api/drafts'
import { useResource, type Resource } from '../../../api/resource'
import { wordingOf } from '../../../api/wording'
import { usePageShown } from '../../../platform/lifecycle'
import { hrefOf, replace } from '../../../platform/navigation'
import { focusId } from '../../../platform/scroll'
import { askSubscription } from '../../../platform/subscribe'
import { subscribeTemplates } from '../../../platform/subscribe-templates'
import { confirmIdentity } from '../../../session/confirm-identity'
import { keepTicks, keptSubmission, keptTicks } from '../../../session/kept-submission'
import { actingFor } from '../../../session/tokens'
import { submitterOf } from '../../../session/waiting'
import { keptBundleName } from '../kept-draft'

interface Signing {
  review: Resource<DraftReview>
  ticks: string[]
  tick: (ids: string[]) => void
  confirm: () => Promise<void>
  submit: () => Promise<void>
  /** idle · sending · waiting: no network or no answer, goes out by itself. */
  state: 'idle' | 'sending' | 'waiting'
  problem: string
  /** What the person still has to tick. */
  tickError: string
}

/** The last look at a draft, who one is, and submitting it once. */
export function useSign(draftId: string, subject: string | undefined): Signing {
  const review = useResource<DraftReview>(`review/${draftId}`, () => reviewDraft(draftId))
  const [state, setState] = useState<Signing['state']>(() => (keptSubmission(draftId)?.waiting ? 'waiting' : 'idle'))
  const [problem, setProblem] = useState('')
  const [tickError, setTickError] = useState('')
  const [ticked, setTicked] = useState<{ hash: string; ids: string[] }>()
  /** Set at once, where `state` waits for the next drawing: the second of two quick taps must find it. */
  const pressed = useRef(false)
  const { data, reload } = review
  const hash = data?.contentHash ?? ''
  const ticks = ticked?.hash === hash ? ticked.ids : keptTicks(draftId, hash)
  const here = hrefOf('/features/bundle/sign/index', { draft: draftId, for: subject })

  usePageShown(() => {
    if (data) void reload()
  })

  const refused = useCallback((error: ApiError) => {
    const { what, now } = wordingOf(error)
    setProblem(`${what}。${error.detail ?? now}`)
    setState('idle')
    void reload()
  }, [reload])

  useEffect(() => submitterOf(draftId).follow((now) => {
    if (now === 'sending') {
      setState('sending')
      setProblem('')
    } else if (now.kind === 'waiting') setState('waiting')
    else if (now.kind === 'refused') refused(now.error)
    else replace('/features/bundle/done/index', { submission: now.reply.submissionId })
  }), [draftId, refused])
  useEffect(() => void submitterOf(draftId).resume(), [draftId])

  function tick(ids: string[]) {
    setTickError('')
    setTicked({ hash, ids })
    keepTicks(draftId, hash, ids)
  }
  async function confirm() {
    try {
      await confirmIdentity(here)
    } catch (error) {
      refused(asApiError(error))
    }
  }
  async function submit() {
    if (!data || state !== 'idle' || pressed.current) return
    const left = data.commitments.filter(({ id }) => !ticks.includes(id))
    if (left.length > 0) {
      setTickError(`还有 ${left.length} 项没有勾选：${left.map(({ title }) => title).join('、')}`)
      return focusId('commitments')
    }
    pressed.current = true
    setState('sending')
    await askSubscription(subscribeTemplates)
    const commitments = data.commitments.map(({ id }) => id)
    const body = { version: data.version, contentHash: data.contentHash, commitments }
    await submitterOf(draftId).submit({ body, actingFor: actingFor(), bundleName: keptBundleName(draftId) })
    pressed.current = false
  }
  return { review, ticks, tick, confirm, submit, state, problem, tickError }
}
