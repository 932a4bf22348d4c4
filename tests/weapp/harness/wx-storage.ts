import type { Runtime } from './runtime'
import { WxFail, type WxOptions } from './types'

/** WeChat's limits: one entry and all of them together. */
const ENTRY_LIMIT_BYTES = 1024 * 1024
const TOTAL_LIMIT_BYTES = 10 * 1024 * 1024

/** A mini-program's storage. It belongs to the device, so it survives a relaunch. */
export class Storage {
  readonly #entries = new Map<string, string>()

  get keys() {
    return [...this.#entries.keys()]
  }

  get bytes() {
    return [...this.#entries].reduce((sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value), 0)
  }

  has(key: string) {
    return this.#entries.has(key)
  }

  /** The stored value, or undefined. */
  get(key: string): unknown {
    const text = this.#entries.get(key)
    return text === undefined ? undefined : (JSON.parse(text) as unknown)
  }

  set(key: string, value: unknown) {
    const text = JSON.stringify(value) ?? 'null'
    const size = Buffer.byteLength(text)
    const replaced = Buffer.byteLength(this.#entries.get(key) ?? '')
    if (size > ENTRY_LIMIT_BYTES) throw new WxFail('fail:entry size limit reached')
    if (this.bytes - replaced + size > TOTAL_LIMIT_BYTES) throw new WxFail('fail exceed storage max size 10Mb')
    this.#entries.set(key, text)
  }

  delete(key: string) {
    this.#entries.delete(key)
  }

  clear() {
    this.#entries.clear()
  }
}

/** What WeChat encrypts for the person who is using it: whoever reads the storage finds nothing in clear. */
const seal = (data: unknown) => ({ sealed: Buffer.from(JSON.stringify(data)).toString('base64') })
const isSealed = (stored: unknown): stored is { sealed: string } => typeof stored === 'object' && stored !== null && 'sealed' in stored

export function installStorage(runtime: Runtime) {
  const { realm, device } = runtime
  const { storage } = device
  const info = () => ({ keys: storage.keys, currentSize: Math.ceil(storage.bytes / 1024), limitSize: TOTAL_LIMIT_BYTES / 1024 })
  const keyOf = (options: WxOptions) => String(options.key)
  Object.assign(realm.wx, {
    getStorageSync: (key: string) => (storage.has(key) ? realm.clone(storage.get(key)) : ''),
    setStorageSync: (key: string, value: unknown) => {
      try {
        storage.set(key, value)
      } catch (error) {
        throw realm.clone({ errMsg: `setStorageSync:${error instanceof Error ? error.message : String(error)}` })
      }
    },
    removeStorageSync: (key: string) => storage.delete(key),
    clearStorageSync: () => storage.clear(),
    getStorageInfoSync: () => realm.clone(info())
  })
  runtime.define('getStorage', (options) => {
    if (!storage.has(keyOf(options))) throw new WxFail('fail data not found')
    const stored = storage.get(keyOf(options))
    if (options.encrypt !== true) return { data: stored }
    if (!isSealed(stored)) throw new WxFail('fail decrypt')
    return { data: JSON.parse(Buffer.from(stored.sealed, 'base64').toString()) as unknown }
  })
  runtime.define('setStorage', (options) => storage.set(keyOf(options), options.encrypt === true ? seal(options.data) : options.data))
  runtime.define('removeStorage', (options) => storage.delete(keyOf(options)))
  runtime.define('clearStorage', () => storage.clear())
  runtime.define('getStorageInfo', info)
}
