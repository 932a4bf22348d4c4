import { useEffect, type ReactNode } from 'react'
import { lastDayText } from '../../../domain/time'
import { OfflineBar, Page, Skeleton } from '../../components'
import { Box } from '../../platform/host'
import { useNow } from '../../session/now'
import { SignedIn } from '../../session/signed-in'
import { switchSubject, useSession } from '../../session/session'
import './bundle.scss'

interface OwnGateProps {
  title: string
  /** What is here for somebody who signs in, and why it takes that. */
  what: string
  why: string
  returnTo: string
  /** Whom the page is about; the one acted for unless given. */
  subject?: string
  /** The whole page. */
  children: ReactNode
}

/** The page for somebody signed in and acting for the one that it is about; until then, a frame that says what is missing. */
export function OwnGate({ title, what, why, returnTo, subject, children }: OwnGateProps) {
  const { status, me, acting } = useSession()
  const wanted = me?.subjects.find(({ id }) => id === subject)
  const isOther = wanted !== undefined && wanted.id !== acting?.id
  useEffect(() => {
    if (isOther && wanted) switchSubject(wanted)
  }, [isOther, wanted])
  const isReady = (status === 'in' || status === 'unreachable') && !isOther
  if (isReady) return <>{children}</>
  return <Page title={title}>
    <OfflineBar />
    <SignedIn title={what} why={why} returnTo={returnTo}><Skeleton /></SignedIn>
  </Page>
}

/** Whose affair this is, when it isn't one's own. */
export function OnBehalf() {
  const { acting } = useSession()
  const now = useNow()
  if (!acting || acting.role === 'self') return null
  const { maskedName, delegation } = acting
  const until = delegation && `（授权到 ${lastDayText(Date.parse(delegation.until), now)}）`
  return <Box className='b-behalf'>正在替 {maskedName} 办{until}</Box>
}
