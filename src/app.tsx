import { useEffect, type ReactNode } from 'react'
import { ElderContext } from './components'
import { onNetworkChange } from './platform/network'
import { keepShell } from './platform/shell'
import { useElder } from './session/elder'
import { followOtherTabs, restoreSession, sessionNow } from './session/session'
import { keepSubmitting } from './session/waiting'
import './app.scss'

export default function App({ children }: { children?: ReactNode }) {
  const [elder] = useElder()
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
  return <ElderContext.Provider value={elder}>{children}</ElderContext.Provider>
}
