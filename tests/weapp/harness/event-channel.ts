import type { LogicRealm } from './realm'

type Listener = { handler: unknown; once: boolean }

/** The channel between a page and the page that opened it (wx.navigateTo's `events`). */
export class EventChannel {
  readonly #listeners = new Map<string, Listener[]>()

  constructor(
    private readonly realm: LogicRealm,
    events: Record<string, unknown> = {}
  ) {
    for (const [name, handler] of Object.entries(events)) this.on(name, handler)
  }

  readonly on = (name: string, handler: unknown) => this.#add(name, { handler, once: false })
  readonly once = (name: string, handler: unknown) => this.#add(name, { handler, once: true })
  readonly off = (name: string, handler?: unknown) => {
    const kept = handler ? (this.#listeners.get(name) ?? []).filter((listener) => listener.handler !== handler) : []
    this.#listeners.set(name, kept)
  }
  readonly emit = (name: string, ...args: unknown[]) => {
    const listeners = this.#listeners.get(name) ?? []
    this.#listeners.set(
      name,
      listeners.filter((listener) => !listener.once)
    )
    for (const { handler } of listeners) this.realm.call(handler, undefined, ...args.map((arg) => this.realm.clone(arg)))
  }

  #add(name: string, listener: Listener) {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener])
  }
}
