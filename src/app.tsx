import type { ReactNode } from 'react'
import { ElderContext } from './components'
import { useElder } from './session/elder'
import './app.scss'

export default function App({ children }: { children?: ReactNode }) {
  const [elder] = useElder()
  return <ElderContext.Provider value={elder}>{children}</ElderContext.Provider>
}
