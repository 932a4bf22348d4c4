import type { ReactNode } from 'react'
import { Button, Empty } from '../../components'
import { replace } from '../../platform/navigation'
import { SignedIn } from '../../session/signed-in'
import { switchSubject, useSession } from '../../session/session'
import { relationWords } from '../../session/whose'

const list = '/features/licence/list/index'

interface OwnWalletProps {
  /** What is here for somebody who signs in, and why it takes that. */
  title: string
  why: string
  /** This page with its parameters. */
  returnTo: string
  children: ReactNode
}

/**
 * The wallet is for holders, guardians and legal representatives: no delegation covers it. Who acts by one is told so before anything
 * is asked of the server, because a refused try would stand among the traces of the one acted for.
 */
export function OwnWallet({ title, why, returnTo, children }: OwnWalletProps) {
  const { me, acting } = useSession()
  if (!acting?.delegation) return <SignedIn title={title} why={why} returnTo={returnTo}>{children}</SignedIn>
  function toOwn() {
    switchSubject(me?.subjects.find(({ role }) => role === 'self') ?? null)
    if (returnTo !== list) replace(list)
  }
  return <Empty
    title={`现在替${relationWords[acting.role]} ${acting.maskedName} 办，证照不在授权里`}
    note='证照只有持证人、监护人和法定代表人能看、能亮。要用对方的证照，请对方在自己的手机上拿出来。'
    action={<Button kind='primary' icon='person' onPress={toOwn}>换回自己，看我的证照</Button>}
  />
}
