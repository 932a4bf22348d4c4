import type * as H from './visibility'

/** In the mini-program the page itself is hidden and shown when the app goes and comes (platform/lifecycle). */
export const onVisibilityChange: typeof H.onVisibilityChange = () => () => undefined
