import { useEffect, useState } from 'react'
import type { Licence } from '../../../../contract/licences'
import type { Present, Presentable, Presentation, PresentationStatus } from '../../../../contract/presentations'
import { useAction } from '../../../api/action'
import { readLicence } from '../../../api/licences'
import { presentationStatus, presentLicence, readPresentable } from '../../../api/presentations'
import { useResource } from '../../../api/resource'
import { focusId } from '../../../platform/scroll'
import { useUnsent } from '../../../session/unsent'
import { firstChoice, wantedOf, type Chosen } from './choice'

const POLL_MS = 2_000

/** A presentation with the moment it arrived here, by this device's clock. */
export interface Showing {
  presentation: Presentation
  receivedAt: number
}

/** Choosing what to show of a licence, and showing it: each showing is good once, for a minute. */
export function usePresent(licenceId: string) {
  const offer = useResource<{ licence: Licence; presentable: Presentable }>(`presentable/${licenceId}`, async () => ({
    licence: await readLicence(licenceId),
    presentable: await readPresentable(licenceId)
  }))
  const [changed, setChanged] = useUnsent<Chosen | null>(`present/${licenceId}`, null)
  const [missing, setMissing] = useState<{ what?: string; purpose?: string }>({})
  const [showing, setShowing] = useState<Showing | null>(null)
  const action = useAction()
  const chosen = changed ?? (offer.data ? firstChoice(offer.data.presentable) : null)

  function choose(change: Partial<Chosen>) {
    if (!chosen) return
    setMissing({})
    setChanged({ ...chosen, ...change })
  }
  function present() {
    const asked = chosen && wantedOf(chosen)
    if (!asked) return
    if (asked.ok) return void show(asked.wanted)
    setMissing({ [asked.missing]: asked.say })
    focusId(asked.missing)
  }
  const show = (wanted: Present) =>
    action.run(async () => setShowing({ presentation: await presentLicence(licenceId, wanted), receivedAt: Date.now() }))

  return { offer, chosen, choose, missing, present, showing, close: () => setShowing(null), busy: action.busy, fault: action.fault }
}

/** Whether the other side has verified what is being shown: asked every two seconds until it has, or until it is over. */
export function useVerified({ presentation: { id } }: Showing, live: boolean): string | null {
  const [status, setStatus] = useState<{ id: string; reply: PresentationStatus } | null>(null)
  const verifiedAt = status?.id === id ? status.reply.verifiedAt : null
  const asking = live && verifiedAt === null
  useEffect(() => {
    const ask = () =>
      presentationStatus(id).then(
        (reply) => setStatus({ id, reply }),
        () => undefined
      )
    // Once more at the end: it may have been verified in the last moment.
    if (!asking) return void ask()
    const timer = setInterval(() => void ask(), POLL_MS)
    return () => clearInterval(timer)
  }, [id, asking])
  return verifiedAt
}
