import { useState } from 'react'
import type { BundleDetail, CatalogueIndex } from '../../../../contract/catalogue'
import type { DraftList, DraftSummary } from '../../../../contract/drafts'
import { asApiError } from '../../../api/api-error'
import { readCatalogue } from '../../../api/catalogue'
import { discardDraft, listDrafts } from '../../../api/drafts'
import { useResource, type Resource } from '../../../api/resource'
import { wordingOf } from '../../../api/wording'
import { usePageShown } from '../../../platform/lifecycle'
import { open } from '../../../platform/navigation'
import { useSession } from '../../../session/session'
import { placeOf } from '../draft-address'
import { forgetChoices } from '../kept-choices'
import { useBundle } from '../use-bundle'

interface Intro {
  bundle: Resource<BundleDetail>
  card: CatalogueIndex['bundles'][number] | undefined
  /** The live draft of the one acted for, if there is one. */
  draft: DraftSummary | undefined
  begin: () => void
  resume: () => void
  /** Gives the live draft up and begins anew. */
  restart: () => Promise<void>
  busy: boolean
  problem: string
}

/** What the introduction of a bundle shows and begins. */
export function useIntro(bundleId: string): Intro {
  const { status, acting } = useSession()
  const bundle = useBundle(bundleId)
  const index = useResource<CatalogueIndex>('public/catalogue', readCatalogue)
  const drafts = useResource<DraftList>(status === 'in' && acting ? `drafts/of/${acting.id}` : null, listDrafts)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const draft = drafts.data?.drafts.find((each) => each.bundleId === bundleId)
  usePageShown(() => {
    if (drafts.data) void drafts.reload()
  })

  const begin = () => open('/features/bundle/questions/index', { id: bundleId })
  function resume() {
    if (!draft) return
    const { path, params } = placeOf(draft)
    open(path, params)
  }
  async function restart() {
    if (!draft) return
    setBusy(true)
    setProblem('')
    try {
      await discardDraft(draft.id)
      forgetChoices(bundleId)
      drafts.set({ drafts: (drafts.data?.drafts ?? []).filter(({ id }) => id !== draft.id) })
      begin()
    } catch (error) {
      const { what, now } = wordingOf(asApiError(error))
      setProblem(`${what}。${now}`)
    } finally {
      setBusy(false)
    }
  }
  return { bundle, card: index.data?.bundles.find(({ id }) => id === bundleId), draft, begin, resume, restart, busy, problem }
}
