import type { Subject } from '../../../../contract/identity'
import { listLicences } from '../../../api/licences'
import { useResource } from '../../../api/resource'
import { usePullRefresh } from '../../../platform/pull-refresh'
import { useLive } from '../../../session/live'
import { switchSubject, useSession } from '../../../session/session'

/** Somebody whose licences can be looked at: oneself, a ward, a company acted for. */
export interface Holder {
  subject: Subject
  name: string
}

/**
 * The licences of oneself and the wards come together; those of a company come when acting for it. So choosing a company switches whom
 * the person acts for, choosing a ward only sifts.
 */
export function useLicences(wanted: string | undefined) {
  const { me, acting } = useSession()
  const licences = useResource(acting ? `licences/${acting.id}` : null, listLicences)
  useLive(['licence'], null, licences.reload)
  usePullRefresh(licences.reload)
  const holders = (me?.subjects ?? []).map(holderOf)
  const forCompany = acting !== null && acting.kind === 'legal_person'
  const chosen = holders.find(({ subject }) => subject.id === (forCompany ? acting.id : (wanted ?? acting?.id)))

  function show({ subject }: Holder) {
    const self = holders.find((each) => each.subject.role === 'self')
    switchSubject(subject.kind === 'legal_person' ? subject : (self?.subject ?? null))
  }

  return { licences, holders, chosen, show }
}

const holderOf = (subject: Subject): Holder => ({ subject, name: subject.role === 'self' ? '我' : subject.maskedName })
