import { useState } from 'react'
import type { PlanReply } from '../../../../contract/bundles'
import type { DraftSummary } from '../../../../contract/drafts'
import { asApiError, type ApiError } from '../../../api/api-error'
import { readPlan } from '../../../api/catalogue'
import { createDraft } from '../../../api/drafts'
import { useResource, type Resource } from '../../../api/resource'
import { wordingOf } from '../../../api/wording'
import { usePageShown } from '../../../platform/lifecycle'
import { hrefOf, open, replace } from '../../../platform/navigation'
import { signIn, useSession, type SessionStatus } from '../../../session/session'
import { placeOf } from '../draft-address'
import { keepDraft } from '../kept-draft'
import { keepChoices, keptChoices, type Choices } from '../kept-choices'
import { saveOnTop } from '../save-on-top'

interface Planned {
  plan: Resource<PlanReply>
  picks: string[]
  status: SessionStatus
  pick: (key: string) => void
  /** Begins the draft, or brings the one being changed up to date; asks whoever is not signed in to do that first. */
  begin: () => Promise<void>
  /** The live draft that stands in the way of a new one. */
  existing: DraftSummary | null
  resume: () => void
  restart: () => Promise<void>
  dismiss: () => void
  /** Consents that are still to be given before a draft. */
  needsConsent: boolean
  giveConsent: () => void
  signInHere: () => void
  busy: boolean
  problem: string
}

/**
 * The plan for the answers kept on the device, with what the person holds when signed in.
 * @param draftId a draft that goes on with these answers instead of a new one
 */
export function usePlan(bundleId: string, draftId: string | undefined): Planned {
  const { status, acting } = useSession()
  const [choices, setChoices] = useState<Choices>(() => keptChoices(bundleId))
  const [existing, setExisting] = useState<DraftSummary | null>(null)
  const [needsConsent, setNeedsConsent] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const { answers, picks } = choices
  const here = hrefOf('/features/bundle/plan/index', { id: bundleId, draft: draftId })
  const key = status === 'starting' ? null : `plans/${bundleId}?${JSON.stringify([answers, picks, acting?.id])}`
  const plan = useResource<PlanReply>(key, () => readPlan(bundleId, answers, picks))
  usePageShown(() => setChoices(keptChoices(bundleId)))

  function pick(node: string) {
    const changed = { answers, picks: picks.includes(node) ? picks.filter((one) => one !== node) : [...picks, node] }
    keepChoices(bundleId, changed)
    setChoices(changed)
  }
  async function start(restart: boolean) {
    setBusy(true)
    setProblem('')
    try {
      const draft = draftId
        ? await saveOnTop(draftId, { answers, picks, step: 'form' })
        : await createDraft(bundleId, answers, picks, restart)
      keepDraft(draft)
      replace('/features/bundle/form/index', { draft: draft.id, for: draft.subjectId })
    } catch (thrown) {
      refused(asApiError(thrown))
    } finally {
      setBusy(false)
    }
  }
  function refused(error: ApiError) {
    if (error.code === 'draft_exists' && error.current) return setExisting(error.current as DraftSummary)
    if (error.code === 'consent_required') setNeedsConsent(true)
    const { what, now } = wordingOf(error)
    setProblem(error.code === 'consent_required' ? error.detail ?? what : `${what}。${error.detail ?? now}`)
  }
  function resume() {
    if (!existing) return
    const { path, params } = placeOf(existing)
    setExisting(null)
    replace(path, params)
  }
  return {
    plan, picks, status, pick, existing, resume, needsConsent, busy, problem,
    begin: () => (status === 'in' || status === 'unreachable' ? start(false) : signIn(here)),
    restart: () => {
      setExisting(null)
      return start(true)
    },
    dismiss: () => setExisting(null),
    giveConsent: () => open('/features/identity/notice/index', { return: here }),
    signInHere: () => void signIn(here)
  }
}
