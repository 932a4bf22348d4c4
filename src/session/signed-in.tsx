import type { ReactNode } from 'react'
import { wordingOf } from '../api/wording'
import { Button, Empty, Notice, Skeleton } from '../components'
import { signIn, useSession } from './session'

interface SignedInProps {
  /** What is here for somebody who signs in. */
  title: string
  /** Why it takes signing in. */
  why: string
  /** Where to come back to: this page with its parameters. */
  returnTo: string
  children: ReactNode
}

/** Shows its children to somebody signed in (without network: what was kept); to others, why to sign in and how, and why they are out. */
export function SignedIn({ title, why, returnTo, children }: SignedInProps) {
  const { status, endedBy } = useSession()
  if (status === 'starting') return <Skeleton />
  if (status === 'consenting') return <Empty
    title='还差一步' note='看完隐私说明、决定同不同意，就能继续。'
    action={<Button kind='primary' icon='document' onPress={() => void signIn(returnTo)}>看隐私说明</Button>}
  />
  if (status !== 'out') return <>{children}</>
  const ended = endedBy && wordingOf(endedBy)
  return <>
    <Notice tone='error' text={ended ? `${ended.what}。${ended.now}` : ''} />
    <Empty
      title={title} note={why}
      action={<Button kind='primary' icon='person' onPress={() => void signIn(returnTo)}>登录</Button>}
    />
  </>
}
