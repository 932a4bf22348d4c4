import type { Bundle } from './bundle'
import type { Device } from './device'
import type { PageStack } from './page-stack'
import type { LogicRealm } from './realm'
import { WxFail, type WxOptions } from './types'

type Handler = (options: WxOptions) => unknown

/** A value that a wx API hands over as it is (an object with methods, an ArrayBuffer) instead of serialised. */
export class ByReference {
  constructor(readonly value: object) {}
}

/** Tells hosts apart that the mini-program may talk to, and where they really are. */
export interface Reach {
  /** The host names registered for the mini-program; anything else is refused as WeChat refuses it. */
  domains: string[]
  /** When set, every request goes to this origin instead of the one that was built in. */
  origin?: string
}

/** What the wx.* modules share: the mini-program's world, the phone, and the bookkeeping of work in progress. */
export class Runtime {
  readonly calls: [name: string, options: WxOptions][] = []
  toast: { title: string; icon: string } | null = null
  /** Open while WeChat still takes what happens for the person's own tap. */
  tapping = false
  busy = 0
  readonly #listeners = new Map<string, unknown[]>()
  readonly #cleanups = new Set<() => void>()

  constructor(
    readonly bundle: Bundle,
    readonly realm: LogicRealm,
    readonly device: Device,
    readonly stack: PageStack,
    readonly reach: Reach
  ) {}

  /** Runs work that settle() waits for. */
  async track<T>(work: Promise<T>) {
    this.busy++
    try {
      return await work
    } finally {
      this.busy--
    }
  }

  /** Defines an asynchronous `wx.name`: callbacks when any is given, else a promise; refusals are thrown as WxFail. */
  define(name: string, handler: Handler = () => ({})) {
    this.realm.wx[name] = (options: WxOptions = {}) => {
      this.calls.push([name, options])
      const work = this.track((async () => handler(options))())
      return this.answer(name, options, work)
    }
  }

  answer(name: string, options: WxOptions, work: Promise<unknown>) {
    const settled = work.then(
      (result) => ({ done: true, result: this.#pack(`${name}:ok`, result) }),
      (error: unknown) => ({ done: false, result: this.#refusal(name, error) })
    )
    if (options.success || options.fail || options.complete) {
      const deliver = ({ done, result }: { done: boolean; result: unknown }) => {
        this.realm.call(done ? options.success : options.fail, options, result)
        this.realm.call(options.complete, options, result)
      }
      void this.track(settled.then(deliver))
      return undefined
    }
    const { Promise: PromiseInside } = this.realm
    return new PromiseInside((resolve, reject) => {
      void this.track(settled.then(({ done, result }) => (done ? resolve(result) : reject(result))))
    })
  }

  /** Bytes as an ArrayBuffer of the mini-program's own world. */
  buffer(bytes: Uint8Array) {
    return new ByReference(this.realm.bytes(bytes))
  }

  on(event: string, listener: unknown) {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener])
  }

  off(event: string, listener?: unknown) {
    this.#listeners.set(event, listener ? (this.#listeners.get(event) ?? []).filter((known) => known !== listener) : [])
  }

  emit(event: string, detail: unknown = {}) {
    for (const listener of this.#listeners.get(event) ?? []) this.realm.call(listener, undefined, this.realm.clone(detail))
  }

  /** Where a request really goes; throws WeChat's refusal when the host is not registered. */
  route(url: string) {
    const asked = new URL(url)
    if (!this.reach.domains.includes(asked.hostname)) throw new WxFail(`fail url not in domain list:${asked.host}`, { errno: 600002 })
    if (!this.reach.origin) return asked
    const real = new URL(this.reach.origin)
    asked.host = real.host
    asked.protocol = asked.protocol.startsWith('ws') ? real.protocol.replace('http', 'ws') : real.protocol
    return asked
  }

  /** Something to cut off when the network goes or the app closes; returns how to forget it. */
  hold(cut: () => void) {
    this.#cleanups.add(cut)
    return () => void this.#cleanups.delete(cut)
  }

  cutConnections() {
    for (const cut of [...this.#cleanups]) cut()
  }

  #pack(errMsg: string, result: unknown) {
    const entries = Object.entries((result ?? {}) as Record<string, unknown>)
    const kept = entries.filter(([, value]) => value instanceof ByReference).map(([key, value]) => [key, (value as ByReference).value])
    const plain = entries.filter(([, value]) => !(value instanceof ByReference))
    return Object.assign(this.realm.clone({ ...Object.fromEntries(plain), errMsg }), Object.fromEntries(kept))
  }

  #refusal(name: string, error: unknown) {
    if (error instanceof WxFail) return this.realm.clone({ errMsg: `${name}:${error.message}`, ...error.fields })
    this.realm.report(error)
    return this.realm.clone({ errMsg: `${name}:fail ${error instanceof Error ? error.message : String(error)}` })
  }
}
