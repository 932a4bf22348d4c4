import { create } from 'zustand'
import type { Me, Subject } from '../../contract/identity'
import { asApiError } from '../api/api-error'
import { loginUrl, loginWithWechat, logout, readMe, refresh } from '../api/identity'
import { forgetPersonal, keep, readKept } from '../api/kept'
import { apiOrigin } from '../platform/origin'
import { open } from '../platform/navigation'
import { leaveFor, loginCode } from '../platform/login'
import { actFor, holdTokens, renewWith } from './tokens'

/** unreachable: no network at the start; what was kept can be read, nothing can be sent. */
export type SessionStatus = 'starting' | 'out' | 'in' | 'unreachable'

interface Session {
  status: SessionStatus
  me: Me | null
  /** The subject acted for; own one unless switched. */
  acting: Subject | null
}

const useStore = create<Session>(() => ({ status: 'starting', me: null, acting: null }))

export const useSession = () => useStore()
export const sessionNow = () => useStore.getState()

/** Opens the session that the device has, if any. Run once at the start, and again when the network is back. */
export async function restoreSession(): Promise<void> {
  try {
    if (await renew()) await loadMe()
    else become('out')
  } catch (error) {
    if (asApiError(error).code !== 'offline') return become('out')
    const kept = readKept<Me>('me')
    useStore.setState({ status: kept ? 'unreachable' : 'out', me: kept?.data ?? null, acting: kept ? ownSubject(kept.data) : null })
  }
}

/** Goes to sign in (or to confirm that it is still you) and comes back to `returnTo`, a page path of ours with its parameters. */
export async function signIn(returnTo: string): Promise<void> {
  const code = await loginCode()
  if (code === undefined) return leaveFor(loginUrl(returnTo))
  const reply = await loginWithWechat(code)
  if (!reply.bound) return open('/features/identity/web/index', { src: absolute(reply.bindUrl), then: 'sign-in' })
  holdTokens(reply.tokens)
  await loadMe()
}

/** Reads who is signed in again, for example after consent or after a child became a ward. */
export async function loadMe(): Promise<void> {
  setMe(await readMe())
}

export function setMe(me: Me): void {
  keep('me', me, Date.now())
  const before = useStore.getState().acting
  const acting = me.subjects.find(({ id }) => id === before?.id) ?? ownSubject(me)
  switchSubject(acting)
  useStore.setState({ status: 'in', me })
}

/** From now on requests act for this subject; the server checks the relation at every one. */
export function switchSubject(acting: Subject | null): void {
  actFor(acting && acting.role !== 'self' ? acting.id : null)
  useStore.setState({ acting })
}

/** Ends the session here and erases what was kept on the device, even if the server can't be told now. */
export async function signOut(): Promise<void> {
  await logout().catch(() => null)
  become('out')
}

export const absolute = (url: string) => (url.startsWith('/') ? apiOrigin + url : url)

function become(status: 'out'): void {
  holdTokens(null)
  // Where nobody was signed in there is nothing of anybody's to erase, and what a visitor has answered so far stays.
  if (readKept<Me>('me')) forgetPersonal()
  switchSubject(null)
  useStore.setState({ status, me: null })
}

const ownSubject = (me: Me) => me.subjects.find(({ role }) => role === 'self') ?? null

async function renew(): Promise<boolean> {
  try {
    holdTokens(await refreshOrLogin())
    return true
  } catch (error) {
    const { code } = asApiError(error)
    if (code === 'offline' || code === 'not_ready') throw error
    become('out')
    return false
  }
}

/** In the mini-program a cold start has no refresh token any more: wx.login opens a session again if the account is bound. */
async function refreshOrLogin() {
  try {
    return await refresh()
  } catch (error) {
    const code = asApiError(error).code === 'offline' ? undefined : await loginCode()
    if (code === undefined) throw error
    const reply = await loginWithWechat(code)
    if (!reply.bound) throw error
    return reply.tokens
  }
}

renewWith(renew)
