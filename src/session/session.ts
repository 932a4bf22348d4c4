import { create } from 'zustand'
import type { Me, Subject } from '../../contract/identity'
import { ApiError, asApiError } from '../api/api-error'
import { giveConsents, loginUrl, loginWithWechat, logout, readMe } from '../api/identity'
import { forgetPersonal, keep, readKept } from '../api/kept'
import { leaveFor, loginCode } from '../platform/login'
import { isAt, open } from '../platform/navigation'
import { knownOnline } from '../platform/network'
import { apiOrigin } from '../platform/origin'
import { onChangedElsewhere } from '../platform/storage'
import { firstDone } from './first'
import { keepNoticeChoice, readNoticeChoice } from './notice-choice'
import { endsSession, reopen, stayOut } from './reopening'
import { accessToken, actFor, holdTokens, oweSession, recheckActingWith, renewTokens, renewWith } from './tokens'
import { claimUnsent, dropUnsent, keepUnsent } from './unsent'
import { tellLater, tellSignOut } from './untold'

/**
 * consenting: signed in, but the privacy notice in force has not been agreed to: nothing else can be asked yet ·
 * unreachable: no server at the start; what was kept can be read, nothing can be sent.
 */
export type SessionStatus = 'starting' | 'out' | 'consenting' | 'in' | 'unreachable'

interface Session {
  status: SessionStatus
  me: Me | null
  /** The subject acted for; own one unless switched. */
  acting: Subject | null
  /** Whom one acted for until that came to an end without one's doing; null once that was told. */
  lost: Subject | null
  /** Why one is signed out without one's doing; null once signed in again. */
  endedBy: ApiError | null
}

const noticePage = '/features/identity/notice/index'
const signInPage = '/features/identity/sign-in/index'

const useStore = create<Session>(() => ({ status: 'starting', me: null, acting: null, lost: null, endedBy: null }))

export const useSession = () => useStore()
export const sessionNow = () => useStore.getState()

/**
 * Opens the session that the device has, if any. Run once at the start, and again when the network is back. Whom the device knows is
 * known from the first moment, so that a page which can't wait (the code) need not; without network nothing is even tried.
 */
export async function restoreSession(): Promise<void> {
  const known = useStore.getState().status === 'starting' ? readKept<Me>('me') : undefined
  if (known) {
    switchSubject(lastSubject(known.data))
    useStore.setState({ me: known.data })
  }
  try {
    if (!(await knownOnline())) throw new ApiError('offline', 0)
    await tellSignOut()
    if (!(await renewTokens())) return
    await firstDone()
    await loadMe()
  } catch (error) {
    if (endsSession(error)) return signedOut()
    const kept = readKept<Me>('me')
    if (kept) {
      switchSubject(lastSubject(kept.data))
      oweSession()
    }
    useStore.setState({ status: kept ? 'unreachable' : 'out', me: kept?.data ?? null })
  }
}

/** Sees to it that requests have a session to go with. Throws ApiError. */
export async function openSession(): Promise<void> {
  if (accessToken() === null && !(await renewTokens())) throw new ApiError('unauthenticated', 401)
}

/** Asks to sign in, with the reasons and the privacy notice, and comes back to `returnTo`, a page path of ours with its parameters. */
export async function signIn(returnTo: string): Promise<void> {
  open(useStore.getState().status === 'consenting' ? noticePage : signInPage, { return: returnTo })
}

/**
 * Signs in now: on H5 the browser leaves for the identity provider and comes back to `returnTo`; in the mini-program by WeChat.
 *
 * @returns in the mini-program, while this WeChat is bound to nobody, the address of the page that binds it
 */
export async function enter(returnTo: string): Promise<{ bindAt: string | null }> {
  await tellSignOut()
  stayOut(false)
  const code = await loginCode()
  if (code === undefined) {
    leaveFor(loginUrl(returnTo))
    return { bindAt: null }
  }
  const reply = await loginWithWechat(code)
  if (!reply.bound) return { bindAt: absolute(reply.bindUrl) }
  holdTokens(reply.tokens)
  await loadMe()
  return { bindAt: null }
}

/** Reads who is signed in again, for example after a child became a ward. What was agreed to before signing in is handed in now. */
export async function loadMe(): Promise<void> {
  const me = await readMe()
  const chosen = readNoticeChoice()
  if (hasAgreed(me) || !chosen?.kinds?.includes('privacy') || chosen.version !== me.noticeVersion) return setMe(me)
  setMe(await giveConsents(chosen.version, chosen.kinds))
}

export function setMe(me: Me): void {
  const agreed = hasAgreed(me)
  const known = readKept<Me>('me')?.data
  if (known && known.accountId !== me.accountId) {
    // Another person has signed in over the one before, who hasn't signed out: nothing of theirs stays. Who is signed in is written
    // over and not removed: to other tabs that would be a sign-out.
    forgetPersonal(agreed ? 'me' : undefined)
    useStore.setState({ acting: null, lost: null })
  }
  claimUnsent(me.accountId)
  const asks = !agreed && useStore.getState().status !== 'consenting'
  if (agreed) {
    keepNoticeChoice(me.noticeVersion, null)
    keep('me', me, Date.now())
  }
  const { acting: before, lost } = useStore.getState()
  const still = me.subjects.find(({ id }) => id === before?.id)
  switchSubject(still ?? lastSubject(me))
  const ended = !still && before && before.role !== 'self' ? before : lost
  useStore.setState({ status: agreed ? 'in' : 'consenting', me, lost: ended, endedBy: null })
  if (asks && !isAt(noticePage) && !isAt(signInPage)) open(noticePage)
}

/** From now on requests act for this subject, also after a reload; the server checks the relation at every one. */
export function switchSubject(acting: Subject | null): void {
  actFor(acting && acting.role !== 'self' ? acting.id : null)
  if (acting && readNoticeChoice()) keep('acting', acting.id, Date.now())
  useStore.setState({ acting, lost: null })
}

/** The person has read that one acts for nobody else any more. */
export const endingRead = (): void => useStore.setState({ lost: null })

/** Ends the session here and erases what was kept on the device, even if the server can't be told now. */
export async function signOut(): Promise<void> {
  const told = await logout().then(() => true, endsSession)
  signedOut()
  stayOut(true)
  if (!told) tellLater()
}

/** The session is over, here or on the server: nothing personal stays on the device. `endedBy` when it was not the person's doing. */
export function signedOut(endedBy: ApiError | null = null): void {
  holdTokens(null)
  forgetPersonal()
  if (endedBy === null) dropUnsent()
  switchSubject(null)
  useStore.setState({ status: 'out', me: null, endedBy })
}

/** Signing out in one tab signs out the others, and another person's signing in there makes it theirs here too; returns the end of it. */
export const followOtherTabs = (): (() => void) =>
  onChangedElsewhere('kept.me', () => {
    const there = readKept<Me>('me')?.data
    if (!there) return signedOut()
    const { me } = useStore.getState()
    if (!me || me.accountId === there.accountId) return
    holdTokens(null)
    useStore.setState({ status: 'starting', me: null, acting: null, lost: null })
    void restoreSession()
  })

/** An address of the API as the server names it, with its origin: the mini-program has none of its own. */
export const absolute = (url: string) => (url.startsWith('/') ? apiOrigin + url : url)

const hasAgreed = ({ consents, noticeVersion }: Me) =>
  consents.some(({ kind, version }) => kind === 'privacy' && version === noticeVersion)

/** Whom one acted for last on this device, else oneself. */
function lastSubject({ subjects }: Me): Subject | null {
  const last = readKept<string>('acting')?.data
  return subjects.find(({ id }) => id === last) ?? subjects.find(({ role }) => role === 'self') ?? null
}

async function renew(): Promise<boolean> {
  try {
    holdTokens(await reopen())
    return true
  } catch (error) {
    if (!endsSession(error)) throw error
    // Nobody was signed in on this device: what a visitor has answered so far stays.
    const known = useStore.getState().me ?? readKept<Me>('me')?.data
    if (known) {
      keepUnsent(known.accountId)
      signedOut(asApiError(error))
    } else useStore.setState({ status: 'out' })
    return false
  }
}

renewWith(renew)
recheckActingWith(() => loadMe().catch(() => undefined))
