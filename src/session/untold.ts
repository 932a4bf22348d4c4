import { logout, refresh } from '../api/identity'
import { readStored, removeStored, writeStored } from '../platform/storage'
import { endsSession } from './reopening'
import { holdTokens } from './tokens'

/** Signed out without network: the server is told as soon as it can be reached. */
const untold = 'untold-sign-out'

export function tellLater(): void {
  writeStored(untold, true)
}

/** Ends what is left of a session that was signed out without network, if any is. Throws ApiError while there still is none. */
export async function tellSignOut(): Promise<void> {
  if (!readStored(untold)) return
  try {
    holdTokens(await refresh())
    await logout()
  } catch (error) {
    if (!endsSession(error)) throw error
  }
  holdTokens(null)
  removeStored(untold)
}
