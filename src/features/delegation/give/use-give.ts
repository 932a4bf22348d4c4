import { useState } from 'react'
import type { OfferedDelegation } from '../../../../contract/delegations'
import type { Subject } from '../../../../contract/identity'
import { useAction } from '../../../api/action'
import { asApiError } from '../../../api/api-error'
import { readCatalogue } from '../../../api/catalogue'
import { listScenes } from '../../../api/codes'
import { offerDelegation } from '../../../api/delegations'
import { useResource } from '../../../api/resource'
import { hrefOf, useParams } from '../../../platform/navigation'
import { focusId } from '../../../platform/scroll'
import { confirmIdentity } from '../../../session/confirm-identity'
import { useNow } from '../../../session/now'
import { switchSubject, useSession } from '../../../session/session'
import { sceneGroups, type SceneGroup } from '../scene-groups'
import { among, chosenFrom, lastDayOf, paramsOf, scopeOf, type Chosen } from './choice'

export const givePage = '/features/delegation/give/index'
export type Step = 'what' | 'until' | 'confirm'

export interface Choices {
  bundles: { id: string; name: string; summary: string }[]
  groups: SceneGroup[]
}

/** The offer on the screen, with the moment it arrived here, by this device's clock. */
export interface Offering {
  offered: OfferedDelegation
  receivedAt: number
}

/** Oneself lets relatives and friends act, a legal representative the company's operators; nobody else passes anything on. */
export const mayGive = (subject: Subject | null): boolean => subject?.role === 'self' || subject?.role === 'legalRepresentative'

/** Choosing what somebody may do for the one acted for and until when; confirming who one is; holding out the code. */
export function useGive() {
  const params = useParams()
  const { acting, me } = useSession()
  const now = useNow()
  const holder = acting?.kind === 'legal_person' ? 'company' : 'person'
  const choices = useResource<Choices>(`public/to-delegate/${holder}`, async () => {
    const [{ bundles }, scenes] = await Promise.all([readCatalogue(), listScenes()])
    const own = bundles.filter(({ audience }) => audience === holder)
    return { bundles: own.map(({ id, name, summary }) => ({ id, name, summary })), groups: sceneGroups(scenes, holder) }
  })
  const [wanted, setWanted] = useState<Chosen>(() => chosenFrom(params))
  const [step, setStep] = useState<Step>(() => (params.span ? 'confirm' : 'what'))
  const [missing, setMissing] = useState('')
  const [offering, setOffering] = useState<Offering | null>(null)
  const action = useAction()
  const chosen = choices.data ? among(wanted, choices.data.bundles, choices.data.groups) : wanted
  const lacksWhat = choices.data !== null && chosen.bundles.length + chosen.groups.length === 0
  // Also when it was an address from elsewhere that left something out.
  const at: Step = lacksWhat ? 'what' : step === 'confirm' && chosen.span === null ? 'until' : step
  const confirmed = Date.parse(me?.reauthenticatedUntil ?? '') > now

  function choose(change: Partial<Chosen>) {
    setMissing('')
    setWanted({ ...chosen, ...change })
  }
  function next() {
    const lack = at === 'what' ? lacksWhat && '请至少选一样让对方帮你办的' : chosen.span === null && '请选到什么时候为止'
    setMissing(lack || '')
    if (lack) return focusId(at === 'what' ? 'bundles' : 'span')
    setStep(at === 'what' ? 'until' : 'confirm')
  }
  async function offer() {
    const { span } = chosen
    if (!choices.data || span === null) return
    const scope = scopeOf(chosen, choices.data.groups)
    await action.run(async () => {
      try {
        setOffering({ offered: await offerDelegation(scope, lastDayOf(span, Date.now())), receivedAt: Date.now() })
      } catch (error) {
        if (asApiError(error).code !== 'reauthentication_required') throw error
        await confirmIdentity(hrefOf(givePage, paramsOf(chosen)))
      }
    })
  }

  const self = me?.subjects.find(({ role }) => role === 'self')
  return {
    acting, holder, choices, chosen, choose, step: at, next, missing, now, confirmed, offering, offer,
    toSelf: self && (() => switchSubject(self)),
    back: at === 'what' ? undefined : () => setStep(at === 'confirm' ? 'until' : 'what'),
    close: () => setOffering(null), busy: action.busy, fault: action.fault
  }
}
