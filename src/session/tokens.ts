/**
 * The access token lives in memory only: on H5 the refresh token is an HttpOnly cookie, in the mini-program wx.login
 * opens a session again at every cold start. So nothing worth stealing is kept on the device.
 */
interface Held {
  access: string | null
  refresh: string | null
  csrf: string | null
}

const held: Held = { access: null, refresh: null, csrf: null }
/** Signed in as far as the device knows, but without network at the start no session could be opened yet. */
let isOwed = false
let renewal: (() => Promise<boolean>) | null = null
let running: Promise<boolean> | null = null

export const accessToken = () => held.access
export const refreshToken = () => held.refresh
export const csrfToken = () => held.csrf

/** Whether a request that was refused for want of a token may be worth a renewal. */
export const mayHaveSession = () => held.access !== null || isOwed
export function oweSession(): void {
  isOwed = true
}

export function holdTokens(tokens: { accessToken: string; refreshToken?: string; csrfToken?: string } | null): void {
  isOwed = false
  held.access = tokens?.accessToken ?? null
  held.refresh = tokens?.refreshToken ?? null
  held.csrf = tokens?.csrfToken ?? held.csrf
}

/** The session says how tokens are renewed; the client asks when an answer was 401. */
export function renewWith(renew: () => Promise<boolean>): void {
  renewal = renew
}

/** Renews once, however many requests ask at the same time; false when the person must sign in again. */
export function renewTokens(): Promise<boolean> {
  running ??= (renewal ? renewal() : Promise.resolve(false)).finally(() => {
    running = null
  })
  return running
}

let subjectId: string | null = null
const followers = new Set<() => void>()
/** Whom requests act for; null = oneself. */
export const actingFor = () => subjectId
export function actFor(id: string | null): void {
  subjectId = id
  followers.forEach((changed) => changed())
}
/** @returns the end of following */
export function followActing(changed: () => void): () => void {
  followers.add(changed)
  return () => void followers.delete(changed)
}

let recheck: (() => Promise<void>) | null = null
let rechecking: Promise<void> | null = null

/** The session says how to find out whom one may still act for; the client asks when something was refused while acting for another. */
export function recheckActingWith(check: () => Promise<void>): void {
  recheck = check
}

/** Finds out once, however many requests were refused at the same time. */
export function recheckActing(): void {
  if (subjectId === null || recheck === null) return
  rechecking ??= recheck().finally(() => {
    rechecking = null
  })
}
