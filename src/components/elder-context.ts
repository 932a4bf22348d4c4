import { createContext } from 'react'

/** Whether elder mode is on; app.tsx provides it. A context, because dialogs are drawn outside their page. */
export const ElderContext = createContext(false)
