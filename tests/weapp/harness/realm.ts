import fs from 'node:fs'
import path from 'node:path'
import vm from 'node:vm'
import { Clock } from './clock'
import type { Definition, Instance } from './types'

interface Born {
  parse: (json: string) => unknown
  buffer: (length: number) => ArrayBuffer
  array: () => unknown[]
  Promise: PromiseConstructor
  skewDate: (skew: () => number) => void
}

const BORN_INSIDE = `({
  parse: JSON.parse,
  buffer: (length) => new ArrayBuffer(length),
  array: () => [],
  Promise,
  skewDate(skew) {
    const Real = Date
    globalThis.Date = new Proxy(Real, {
      construct: (target, args, self) => Reflect.construct(target, args.length ? args : [Real.now() + skew()], self),
      get: (target, key) => (key === 'now' ? () => Real.now() + skew() : Reflect.get(target, key)),
    })
  },
})`

/** Worlds stay known after their end: what a cut-off request still rejects belongs to nobody any more. */
const realms = new Map<PromiseConstructor, (reason: unknown) => void>()
process.on('unhandledRejection', (reason, promise) => {
  for (const [PromiseInside, report] of realms) if (promise instanceof PromiseInside) return report(reason)
  if (process.listenerCount('unhandledRejection') === 1) throw reason
})

export const show = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return String(value)
  if ('stack' in value) return String(value.stack) // not instanceof Error: the other world has its own
  try {
    return JSON.stringify(value)
  } catch {
    return String(value)
  }
}

/**
 * The logic layer: a fresh JavaScript world with what a phone gives and nothing more (no window, document, process, URL, fetch, no eval).
 * Modules are loaded from the build by the mini-program's own `require`, which keeps a package from reaching into another subpackage.
 */
export class LogicRealm {
  readonly errors: string[] = []
  readonly logs: string[] = []
  readonly clock = new Clock((error) => this.report(error))
  readonly pages = new Map<string, Definition>()
  readonly components = new Map<string, Definition>()
  readonly wx: Record<string, unknown> = {}
  readonly Promise: PromiseConstructor
  app: Instance | undefined
  closed = false
  onRejection: (reason: unknown) => void = () => {}
  readonly #context: vm.Context
  readonly #born: Born
  readonly #modules = new Map<string, { exports: unknown }>()
  #loading = ''

  constructor(
    readonly dist: string,
    private readonly subpackages: string[],
    currentPages: () => Instance[],
    quiet: boolean
  ) {
    const { clock } = this
    const levels = ['log', 'info', 'warn', 'error', 'debug', 'group', 'groupEnd']
    const globals = {
      wx: this.wx,
      setTimeout: clock.setTimeout,
      setInterval: clock.setInterval,
      clearTimeout: clock.clear,
      clearInterval: clock.clear,
      console: Object.fromEntries(levels.map((level) => [level, (...args: unknown[]) => this.#log(level, args, quiet)])),
      App: (definition: Instance) => void (this.app = definition),
      getApp: () => this.app,
      getCurrentPages: currentPages,
      Page: (definition: Definition) => void this.pages.set(this.#loading, definition),
      Component: (definition: Definition) => void this.components.set(this.#loading, definition),
      Behavior: (definition: unknown) => definition
    }
    this.#context = vm.createContext(globals, { codeGeneration: { strings: false, wasm: false } })
    this.#born = vm.runInContext(BORN_INSIDE, this.#context) as Born
    this.#born.skewDate(() => clock.skew)
    this.Promise = this.#born.Promise
    realms.set(this.Promise, (reason) => {
      if (this.closed) return
      this.errors.push(`unhandledRejection ${show(reason)}`)
      this.onRejection(reason)
    })
  }

  /** A value as the other layer receives it: WeChat serialises everything that crosses. */
  clone<T>(value: T): T {
    return value === undefined ? value : (this.#born.parse(JSON.stringify(value)) as T)
  }

  bytes(data: Uint8Array) {
    const buffer = this.#born.buffer(data.byteLength)
    new Uint8Array(buffer).set(data)
    return buffer
  }

  array(items: unknown[]) {
    const array = this.#born.array()
    array.push(...items)
    return array
  }

  report(error: unknown) {
    if (!this.closed) this.errors.push(show(error))
  }

  /** Calls a handler of the mini-program; what it throws is recorded, as on a phone, and does not stop the caller. */
  call(handler: unknown, self: unknown, ...args: unknown[]): unknown {
    if (typeof handler !== 'function' || this.closed) return undefined
    try {
      return handler.apply(self, args)
    } catch (error) {
      this.report(error)
      return undefined
    }
  }

  /** Loads a module of the build, by its path from the build's root without `.js`. */
  load(id: string) {
    return this.#require(path.join(this.dist, id), this.#packageOf(path.join(this.dist, id)))
  }

  close() {
    this.closed = true
    this.clock.close()
  }

  #packageOf(file: string) {
    const inside = path.relative(this.dist, file).split(path.sep).join('/')
    return this.subpackages.find((root) => inside.startsWith(root)) ?? ''
  }

  #require(target: string, from: string): unknown {
    const file = fs.existsSync(target) && fs.statSync(target).isFile() ? target : `${target}.js`
    const name = path.relative(this.dist, file).split(path.sep).join('/').replace(/\.js$/, '')
    const home = this.#packageOf(file)
    if (!fs.existsSync(file) || (home && home !== from)) throw new Error(`module '${name}' is not defined in package '${from || 'main'}'`)
    const known = this.#modules.get(file)
    if (known) return known.exports
    const module = { exports: {} }
    this.#modules.set(file, module)
    const outer = this.#loading
    this.#loading = name
    const source = `(function(require,module,exports){${fs.readFileSync(file, 'utf8')}\n})`
    const body = new vm.Script(source, { filename: file }).runInContext(this.#context) as (...args: unknown[]) => void
    try {
      body((id: string) => this.#require(path.resolve(path.dirname(file), id), home), module, module.exports)
    } finally {
      this.#loading = outer
    }
    return module.exports
  }

  #log(level: string, args: unknown[], quiet: boolean) {
    const line = args.map(show).join(' ')
    this.logs.push(`[${level}] ${line}`)
    if (level === 'error') this.report(line)
    if (!quiet) console.log(`[${level}]`, line)
  }
}
