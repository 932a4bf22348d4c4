import type { LiveEvent } from '../api/live'

/** What changed; null when it isn't known: look again. */
export type LiveListener = (event: LiveEvent | null) => void

interface Ends {
  /** A fresh address each time. Throws when there is no network or nobody is signed in. */
  path: () => Promise<string>
  openSocket: (
    path: string,
    handlers: { onOpen: () => void; onMessage: (text: string) => void; onClose: () => void }
  ) => { close: () => void }
}

const POLL_MS = 15_000
const FIRST_RETRY_MS = 1_000
const LONGEST_RETRY_MS = 30_000
/** The line outlives its last listener by this, so that going from page to page does not hang up. */
const LINGER_MS = 3_000

/**
 * One live line for the whole app, open while somebody listens. When it is lost it is dialled again, at growing distances; while it
 * is down listeners are told every 15 seconds to look for themselves, and once more when it is back.
 */
export class LiveLine {
  readonly #listeners = new Set<LiveListener>()
  #socket: { close: () => void } | null = null
  #dialling = 0
  #open = false
  #retryMs = FIRST_RETRY_MS
  #retry: ReturnType<typeof setTimeout> | undefined
  #linger: ReturnType<typeof setTimeout> | undefined
  #poll: ReturnType<typeof setInterval> | undefined

  constructor(private readonly ends: Ends) {}

  /** Whether what changes is told at once; while it isn't, whoever must know asks. */
  get isOpen(): boolean {
    return this.#open
  }

  /** @returns the end of listening */
  listen(listener: LiveListener): () => void {
    this.#listeners.add(listener)
    clearTimeout(this.#linger)
    if (this.#poll === undefined) this.#start()
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size === 0) this.#linger = setTimeout(() => this.#stop(), LINGER_MS)
    }
  }

  #start() {
    this.#retryMs = FIRST_RETRY_MS
    this.#poll = setInterval(() => {
      if (!this.#open) this.#tell(null)
    }, POLL_MS)
    void this.#dial()
  }

  #stop() {
    clearInterval(this.#poll)
    clearTimeout(this.#retry)
    this.#poll = undefined
    this.#dialling += 1
    this.#open = false
    this.#socket?.close()
    this.#socket = null
  }

  /** A call that was overtaken by #stop or by a later call changes nothing any more. */
  async #dial() {
    const call = (this.#dialling += 1)
    const current = () => call === this.#dialling
    try {
      const path = await this.ends.path()
      if (!current()) return
      this.#socket = this.ends.openSocket(path, {
        onOpen: () => {
          if (current()) this.#opened()
        },
        onMessage: (text) => {
          if (current()) this.#tell(JSON.parse(text) as LiveEvent)
        },
        onClose: () => {
          if (current()) this.#lost()
        }
      })
    } catch {
      if (current()) this.#lost()
    }
  }

  #opened() {
    this.#open = true
    this.#retryMs = FIRST_RETRY_MS
    this.#tell(null)
  }

  #lost() {
    this.#open = false
    this.#socket = null
    this.#retry = setTimeout(() => void this.#dial(), this.#retryMs)
    this.#retryMs = Math.min(this.#retryMs * 2, LONGEST_RETRY_MS)
  }

  #tell(event: LiveEvent | null) {
    for (const listener of [...this.#listeners]) listener(event)
  }
}
