import { useRef, useState } from 'react'
import type { BundleDetail } from '../../../../contract/catalogue'
import type { Draft } from '../../../../contract/drafts'
import { asApiError } from '../../../api/api-error'
import { closeInvitation, invite } from '../../../api/invitations'
import { readDraft } from '../../../api/drafts'
import type { Resource } from '../../../api/resource'
import { wordingOf } from '../../../api/wording'
import { useLive } from '../../../session/live'
import { keepDraft } from '../kept-draft'
import { saveOnTop } from '../save-on-top'
import { useBundle } from '../use-bundle'
import { useDraft } from '../use-draft'

type Choice = Draft['materials'][string]

export interface MaterialsAtHand {
  draft: Draft
  busy: boolean
  /** Keeps how a material will be met; answers whether that worked. */
  choose: (materialId: string, choice: Choice) => Promise<boolean>
  /** Answers what is wrong with the name or the number, by field; null when the invitation is out. */
  ask: (materialIds: string[], name: string, idNumber: string) => Promise<Record<string, string> | null>
  close: (invitationId: string, reason: 'cancelled' | 'unreachable' | 'deceased') => Promise<void>
}

interface Materials {
  resource: Resource<Draft>
  /** undefined while it is on its way, null when it can't be had. */
  bundle: BundleDetail['bundle'] | null | undefined
  problem: string
  actions: Omit<MaterialsAtHand, 'draft'>
}

/** The materials of a draft: how each is met, and the consent of others, up to date by itself. */
export function useMaterials(draftId: string): Materials {
  const resource = useDraft(draftId)
  const bundle = useBundle(resource.data?.bundleId)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const line = useRef(Promise.resolve(true))
  useLive(['draft'], [draftId], resource.reload)

  async function attempt<T>(run: () => Promise<T>, otherwise: (error: ReturnType<typeof asApiError>) => T): Promise<T> {
    setBusy(true)
    setProblem('')
    try {
      return await run()
    } catch (thrown) {
      return otherwise(asApiError(thrown))
    } finally {
      setBusy(false)
    }
  }
  /** One save after the other: arrow keys pass over a choice on their way to the next, and the last one must stand. */
  function inLine(save: () => Promise<boolean>): Promise<boolean> {
    line.current = line.current.then(save)
    return line.current
  }
  function say(error: ReturnType<typeof asApiError>) {
    const { what, now } = wordingOf(error)
    setProblem(`${what}。${error.fields[0]?.message ?? error.detail ?? now}`)
  }
  function put(draft: Draft) {
    keepDraft(draft)
    resource.set(draft)
  }
  const refresh = async () => put(await readDraft(draftId))

  return {
    resource,
    bundle: bundle.data?.bundle ?? (bundle.problem ? null : undefined),
    problem,
    actions: {
      busy,
      choose: (materialId, choice) => inLine(() => attempt(async () => {
        put(await saveOnTop(draftId, { step: 'materials', materials: { [materialId]: choice } }))
        return true
      }, (error) => {
        say(error)
        return false
      })),
      ask: (materialIds, name, idNumber) => attempt<Record<string, string> | null>(async () => {
        await invite(draftId, materialIds, name, idNumber)
        await refresh()
        return null
      }, (error) => {
        const named = error.fields.filter(({ pointer }) => pointer === '/holderName' || pointer === '/holderIdNumber')
        if (named.length === 0) say(error)
        return named.reduce<Record<string, string>>((all, { pointer, message }) => ({ ...all, [pointer.slice(1)]: message }), {})
      }),
      close: (invitationId, reason) => attempt(async () => {
        await closeInvitation(invitationId, reason)
        await refresh()
      }, say)
    }
  }
}
