import type * as H from './shell'

/** WeChat keeps the mini-program's files itself. */
export const keepShell: typeof H.keepShell = () => undefined
