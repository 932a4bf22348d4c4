import { createContext, type ReactNode } from 'react'

/** What stands on top of every page, whatever it shows; app.tsx provides it. A context, because pages are drawn far from the app. */
export const BannerContext = createContext<ReactNode>(null)
