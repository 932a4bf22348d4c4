import { asApiError, type ApiError } from '../../api/api-error'
import type { CodeStatus, IssuedCode } from '../../api/codes'
import type { OfflineCode } from './offline-codes'

/** The code on the screen; times are the phone's clock, ms. */
export interface ShownCode {
  /** null for one made without network: the server does not know it. */
  id: string | null
  text: string
  holder: 'person' | 'company'
  shownName: string
  until: number
  /** Of a code made without network: until when such codes can be made. */
  certifiedUntil: number | null
}

/** Why there is no fresh code. */
export type Trouble = { kind: 'refused'; error: ApiError } | { kind: 'offline'; lack: Extract<OfflineCode, { ok: false }> }

export interface CodeState {
  code: ShownCode | null
  /** What is on the screen must not be read any more. */
  stale: boolean
  busy: boolean
  trouble: Trouble | null
  /** The last time that one of these codes was read, and what happened. */
  reading: CodeStatus['reading']
  declined: boolean
}

interface Ends {
  issue: () => Promise<IssuedCode>
  status: (id: string) => Promise<CodeStatus>
  makeOffline: (now: number) => Promise<OfflineCode>
  isOnline: () => boolean
  now: () => number
  /** The first moment at which something may wait: an online code stands on the screen. `skewMs`: server's clock minus the phone's. */
  onIssued: (issued: IssuedCode, skewMs: number) => void
  /** A reader waits for the person's answer. */
  onAsked: () => void
}

/** `issued` when the server made it. */
type Made =
  | { code: ShownCode; issued: IssuedCode; skewMs: number; trouble: null }
  | { code: ShownCode | null; issued: null; trouble: Trouble | null }

export const SPAN_MS = 60_000
/** The server takes a code for five seconds more: time for the next one to come. */
const GRACE_MS = 4_000
/** The phone has a network and the server doesn't answer: asked again sooner than a code grows old. */
const RETRY_MS = 20_000
/** Codes that a reader may still be busy with. */
const WATCHED = 4

/**
 * Keeps one fresh code of one subject on the screen: online while the server answers, else made by the phone itself; the next one when
 * its minute is over or it was used. While the page is hidden nothing runs, and what was shown is void.
 */
export class CodeKeeper {
  #state: CodeState = { code: null, stale: false, busy: true, trouble: null, reading: null, declined: false }
  #turn = 0
  #running = false
  #watched: string[] = []
  #renewal: ReturnType<typeof setTimeout> | undefined
  #expiry: ReturnType<typeof setTimeout> | undefined
  readonly #listeners = new Set<() => void>()

  constructor(private readonly ends: Ends) {}

  readonly state = (): CodeState => this.#state

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  start(): void {
    this.#running = true
    void this.renew()
  }

  stop(): void {
    this.#running = false
    this.#turn += 1
    this.#clearTimers()
    this.#set({ stale: this.#state.code !== null, busy: false })
  }

  /** Puts a fresh code on the screen; a later call overtakes an earlier one. */
  readonly renew = async (): Promise<void> => {
    if (!this.#running) return
    const turn = (this.#turn += 1)
    clearTimeout(this.#renewal)
    this.#set({ busy: true })
    const made = await this.#make()
    if (turn !== this.#turn) return
    this.#clearTimers()
    if (made.code) this.#show(made.code)
    else this.#set({ stale: true, busy: false, trouble: made.trouble })
    const unanswered = this.ends.isOnline() && made.issued === null && made.trouble?.kind !== 'refused'
    const wait = made.code && !unanswered ? made.code.until - this.ends.now() : RETRY_MS
    if (made.trouble?.kind !== 'refused') this.#renewal = setTimeout(() => void this.renew(), wait)
    if (made.issued) this.ends.onIssued(made.issued, made.skewMs)
  }

  /** The network came or went: what fits is shown at once. */
  readonly networkChanged = (online: boolean): void => {
    const shownOnline = this.#state.code?.id != null && !this.#state.stale
    if (online !== shownOnline) void this.renew()
  }

  /** Asks what became of a code, or of all that may be under a reader. */
  readonly look = async (id?: string): Promise<void> => {
    const asked = this.#watched.filter((each) => id === undefined || each === id)
    await Promise.all(asked.map((each) => this.#lookAt(each)))
  }

  async #lookAt(id: string): Promise<void> {
    const found = await this.ends.status(id).catch(() => null)
    if (!found || !this.#watched.includes(id)) return
    if (found.status === 'asking') return this.ends.onAsked()
    const isCurrent = this.#state.code?.id === id
    if (found.status === 'live') return
    if (!isCurrent || found.status !== 'expired') this.#watched = this.#watched.filter((each) => each !== id)
    if (found.status === 'used') this.#set({ reading: found.reading, declined: false })
    if (found.status === 'declined') this.#set({ declined: true, reading: null })
    if (!isCurrent) return
    this.#set({ stale: true })
    await this.renew()
  }

  async #make(): Promise<Made> {
    if (!this.ends.isOnline()) return this.#makeOffline()
    const asked = this.ends.now()
    try {
      const issued = await this.ends.issue()
      const { id, text, holder, shownName, issuedAt, expiresAt } = issued
      const skewMs = Date.parse(issuedAt) - asked
      const until = Date.parse(expiresAt) - skewMs
      return { code: { id, text, holder, shownName, until, certifiedUntil: null }, issued, skewMs, trouble: null }
    } catch (thrown) {
      const error = asApiError(thrown)
      return error.code === 'offline' || error.code === 'not_ready'
        ? this.#makeOffline()
        : { code: null, issued: null, trouble: { kind: 'refused', error } }
    }
  }

  async #makeOffline(): Promise<Made> {
    const now = this.ends.now()
    const made = await this.ends.makeOffline(now)
    if (!made.ok) return { code: null, issued: null, trouble: { kind: 'offline', lack: made } }
    const { text, holder, shownName, certifiedUntil } = made
    const until = Math.min(now + SPAN_MS, certifiedUntil)
    return { code: { id: null, text, holder, shownName, until, certifiedUntil }, issued: null, trouble: null }
  }

  #show(code: ShownCode): void {
    if (code.id !== null) this.#watched = [code.id, ...this.#watched].slice(0, WATCHED)
    this.#set({ code, stale: false, busy: false, trouble: null })
    this.#expiry = setTimeout(() => this.#set({ stale: true }), code.until - this.ends.now() + GRACE_MS)
  }

  #clearTimers(): void {
    clearTimeout(this.#renewal)
    clearTimeout(this.#expiry)
  }

  #set(change: Partial<CodeState>): void {
    this.#state = { ...this.#state, ...change }
    for (const listener of [...this.#listeners]) listener()
  }
}
