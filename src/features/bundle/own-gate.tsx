import { useEffect, type ReactNode } from 'react'
import { Skeleton } from '../../components'
import { Box } from '../../platform/host'
import { SignedIn } from '../../session/signed-in'
import { switchSubject, useSession } from '../../session/session'
import './bundle.scss'

interface OwnGateProps {
  title: string
  why: string
  returnTo: string
  /** Whom the page is about; the one acted for unless given. */
  subject?: string
  children: ReactNode
}

/** Signed in, and acting for the one that the page is about; says for whom when it isn't oneself. */
export function OwnGate({ subject, children, ...gate }: OwnGateProps) {
  return <SignedIn {...gate}><ActingFor subject={subject}>{children}</ActingFor></SignedIn>
}

function ActingFor({ subject, children }: { subject?: string; children: ReactNode }) {
  const { me, acting } = useSession()
  const wanted = me?.subjects.find(({ id }) => id === subject)
  const isOther = wanted !== undefined && wanted.id !== acting?.id
  useEffect(() => {
    if (isOther && wanted) switchSubject(wanted)
  }, [isOther, wanted])
  if (isOther) return <Skeleton />
  return <>
    <OnBehalf />
    {children}
  </>
}

/** Whose affair this is, when it isn't one's own. */
export function OnBehalf() {
  const { acting } = useSession()
  if (!acting || acting.role === 'self') return null
  return <Box className='b-behalf'>正在替 {acting.maskedName} 办</Box>
}
