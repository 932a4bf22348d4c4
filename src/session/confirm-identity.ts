import { askReauthentication, loginUrl } from '../api/identity'
import { leaveFor, loginCode } from '../platform/login'
import { open } from '../platform/navigation'
import { absolute } from './session'

/** Has the person confirm who they are, and comes back to `here`, a page path of ours with its parameters. Throws ApiError. */
export async function confirmIdentity(here: string): Promise<void> {
  if ((await loginCode()) === undefined) return leaveFor(loginUrl(here, 'reauthenticate'))
  const { url } = await askReauthentication()
  open('/features/identity/web/index', { src: absolute(url), then: 'reauthenticate' })
}
