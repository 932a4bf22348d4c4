import { useEffect } from 'react'
import type { Subject } from '../../../../contract/identity'
import { listLicences } from '../../../api/licences'
import { useResource } from '../../../api/resource'
import { usePullRefresh } from '../../../platform/pull-refresh'
import { useLive } from '../../../session/live'
import { loadMe, switchSubject, useSession } from '../../../session/session'

/** Somebody whose licences can be looked at: oneself, a ward, a company represented; never who only delegated something. */
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
  useNewcomers([wanted, ...(licences.data?.licences ?? []).map(({ subjectId }) => subjectId)])
  const holders = (me?.subjects ?? []).filter(({ delegation }) => !delegation).map(holderOf)
  const forCompany = acting !== null && acting.kind === 'legal_person'
  const chosen = holders.find(({ subject }) => subject.id === (forCompany ? acting.id : (wanted ?? acting?.id)))

  function show({ subject }: Holder) {
    const self = holders.find((each) => each.subject.role === 'self')
    switchSubject(subject.kind === 'legal_person' ? subject : (self?.subject ?? null))
  }

  return { licences, holders, chosen, show }
}

/** A child becomes a ward while the session is open: whoever isn't known yet is asked for, once. */
function useNewcomers(ids: (string | undefined)[]): void {
  const { me } = useSession()
  const newcomers = me === null ? [] : ids.filter((id) => id !== undefined && !me.subjects.some((subject) => subject.id === id))
  const key = newcomers.join()
  useEffect(() => {
    if (key !== '') void loadMe().catch(() => undefined)
  }, [key])
}

const holderOf = (subject: Subject): Holder => ({ subject, name: subject.role === 'self' ? '我' : subject.maskedName })
