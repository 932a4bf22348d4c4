import type { Deps } from '../../deps'
import type { App } from '../../http/server'
import { registerAccount } from './account-routes'
import { registerSessions } from './session-routes'
import { registerSignIn } from './sign-in-routes'

/** Everything under /identity: signing in, staying signed in, the account. */
export function registerIdentity(app: App, deps: Deps): void {
  registerSignIn(app, deps)
  registerSessions(app, deps)
  registerAccount(app, deps)
}
