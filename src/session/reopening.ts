import { ApiError, asApiError, type ErrorCode } from '../api/api-error'
import { loginWithWechat, refresh } from '../api/identity'
import { loginCode, signsInWithWechat } from '../platform/login'
import { readStored, removeStored, writeStored } from '../platform/storage'
import { readNoticeChoice } from './notice-choice'
import { refreshToken } from './tokens'

/** After these there is no session any more. Any other failure, such as a server that is starting, takes nothing away. */
const endings: ErrorCode[] = ['unauthenticated', 'session_expired', 'session_reused']
export const endsSession = (error: unknown): boolean => endings.includes(asApiError(error).code)

/** Kept after signing out on purpose: WeChat alone would open the next session by itself. */
const staysOut = 'stays-out'
export function stayOut(stays: boolean): void {
  if (stays) writeStored(staysOut, true)
  else removeStored(staysOut)
}

/**
 * Opens the device's session again; answers its tokens. In the mini-program a cold start has no refresh token any more, and asking
 * without one is in vain: wx.login opens a session again if the account is bound. Not before somebody agreed to the privacy notice on
 * this phone: until then nothing is asked of WeChat. Throws ApiError.
 */
export async function reopen() {
  try {
    if (signsInWithWechat && refreshToken() === null) throw new ApiError('unauthenticated', 401)
    return await refresh()
  } catch (error) {
    const known = readNoticeChoice() !== undefined && !readStored(staysOut) && endsSession(error)
    const code = known ? await loginCode() : undefined
    if (code === undefined) throw error
    const reply = await loginWithWechat(code)
    if (!reply.bound) throw error
    return reply.tokens
  }
}
