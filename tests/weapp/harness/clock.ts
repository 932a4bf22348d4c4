interface Timer {
  due: number
  every: number | null
  short: boolean
  run: () => void
  handle: NodeJS.Timeout
}

/** One-off timers up to this many milliseconds count as work in progress: settle() waits for them. */
const SHORT_MS = 150

/** The mini-program's timers. They run by themselves; a test jumps over the long ones (debounce, polling) with step() and jumpTo(). */
export class Clock {
  #timers = new Map<number, Timer>()
  #next = 1
  #skew = 0
  #closed = false

  constructor(private readonly report: (error: unknown) => void) {}

  /** Milliseconds by which the mini-program's own clock is ahead of the machine's. */
  get skew() {
    return this.#skew
  }

  now() {
    return Date.now() + this.#skew
  }

  get shortTimers() {
    return [...this.#timers.values()].filter((timer) => timer.short).length
  }

  readonly setTimeout = (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => this.#add(() => run(...args), ms, false)
  readonly setInterval = (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => this.#add(() => run(...args), ms, true)

  readonly clear = (id: unknown) => {
    const timer = this.#timers.get(Number(id))
    if (!timer) return
    clearTimeout(timer.handle)
    this.#timers.delete(Number(id))
  }

  /** Fires the earliest timer due by `until` (on this clock), moving the clock to it. False when none is left. */
  step(until: number) {
    const next = [...this.#timers].filter(([, timer]) => timer.due <= until).sort(([, a], [, b]) => a.due - b.due)[0]
    if (!next) return false
    this.#skew = Math.max(this.#skew, next[1].due - Date.now())
    this.#fire(...next)
    return true
  }

  jumpTo(moment: number) {
    this.#skew = Math.max(this.#skew, moment - Date.now())
    for (const [id, timer] of this.#timers) {
      clearTimeout(timer.handle)
      timer.handle = this.#arm(id, timer)
    }
  }

  close() {
    this.#closed = true
    for (const id of [...this.#timers.keys()]) this.clear(id)
  }

  #add(run: () => void, ms: number, repeat: boolean) {
    if (this.#closed) return 0
    const wait = Math.max(0, Number(ms) || 0)
    const id = this.#next++
    const timer = { due: this.now() + wait, every: repeat ? Math.max(1, wait) : null, short: !repeat && wait <= SHORT_MS, run }
    const armed = Object.assign(timer, { handle: this.#arm(id, timer) })
    this.#timers.set(id, armed)
    return id
  }

  #arm(id: number, timer: { due: number }) {
    return setTimeout(
      () => {
        const found = this.#timers.get(id)
        if (found) this.#fire(id, found)
      },
      Math.max(0, timer.due - this.now())
    )
  }

  #fire(id: number, timer: Timer) {
    clearTimeout(timer.handle)
    if (timer.every === null) this.#timers.delete(id)
    else {
      timer.due += timer.every
      timer.handle = this.#arm(id, timer)
    }
    try {
      timer.run()
    } catch (error) {
      this.report(error)
    }
  }
}
