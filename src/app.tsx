import { Children, useEffect, type ReactNode } from 'react'
import { BannerContext, ElderContext } from './components'
import { onNetworkChange } from './platform/network'
import { keepShell } from './platform/shell'
import { ActingEnd } from './session/acting-end'
import { AskedBar } from './session/asked-bar'
import { useElder } from './session/elder'
import { goFirst } from './session/first'
import { followOtherTabs, restoreSession, sessionNow } from './session/session'
import { keepSubmitting } from './session/waiting'
import './app.scss'

const banner = <><AskedBar /><ActingEnd /></>

export default function App({ children }: { children?: ReactNode }) {
  const [elder] = useElder()
  const pageUp = Children.count(children) > 0
  // Until the first page is there, nobody knows yet whether it is one that can't wait.
  useEffect(() => (pageUp ? undefined : goFirst()), [pageUp])
  useEffect(() => {
    void restoreSession()
    keepShell()
    const stopListening = onNetworkChange((online) => {
      if (online && ['unreachable', 'out'].includes(sessionNow().status)) void restoreSession()
    })
    const stopFollowing = followOtherTabs()
    const stopSubmitting = keepSubmitting()
    return () => {
      stopListening()
      stopFollowing()
      stopSubmitting()
    }
  }, [])
  return <ElderContext.Provider value={elder}>
    <BannerContext.Provider value={banner}>{children}</BannerContext.Provider>
  </ElderContext.Provider>
}
