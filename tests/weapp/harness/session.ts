import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises'
import { Audit } from './audit'
import { Bundle } from './bundle'
import { Device } from './device'
import { Gestures } from './gestures'
import { PageStack } from './page-stack'
import { LogicRealm } from './realm'
import { Renderer } from './render'
import { Runtime, type Reach } from './runtime'
import { Screen } from './screen'
import { installApi } from './wx-api'
import { installFiles } from './wx-files'
import { installMeasure, type CanvasRecord } from './wx-measure'
import { installMedia } from './wx-media'
import { installRequest } from './wx-network'
import { installSocket } from './wx-socket'
import { installStorage } from './wx-storage'
import { installTransfers } from './wx-transfer'

/** Long enough for a machine that has much else to do: a test that fails waits this long, one that passes does not. */
const LIMIT_MS = 120_000

export interface LaunchOptions extends Partial<Reach> {
  /** The folder of the compiled mini-program. */
  dist: string
  /** The page that a card, a code or a message opens; the entry page when absent. */
  path?: string
  query?: Record<string, string>
  /** A phone that was used before; a new one when absent. */
  device?: Device
  /** Other answers of wx APIs, by name, in place before the first line of the mini-program runs. */
  mocks?: Record<string, (options: Record<string, unknown>) => unknown>
  /** Print the mini-program's console. */
  verbose?: boolean
}

/** One run of a mini-program on a phone: its parts wired together, its time, its network, its end. */
export abstract class Session extends Screen {
  readonly audit = new Audit()
  readonly canvases = new Map<string, CanvasRecord>()
  readonly device: Device
  readonly stack: PageStack
  readonly realm: LogicRealm
  readonly runtime: Runtime
  protected readonly gestures: Gestures
  readonly #launchInfo: { path: string; query: Record<string, string> }

  constructor(protected readonly options: LaunchOptions) {
    super(new Bundle(options.dist))
    const { bundle } = this
    const { path = bundle.entry, query = {}, domains = ['127.0.0.1', 'localhost'], origin } = options
    this.#launchInfo = { path, query }
    this.device = options.device ?? new Device()
    const roots = bundle.subpackages.map(({ root }) => root)
    this.realm = new LogicRealm(bundle.dist, roots, () => this.stack.pages.map(({ inst }) => inst), !options.verbose)
    const renderer = new Renderer(bundle, this.realm, this.audit)
    this.stack = new PageStack(bundle, this.realm, renderer)
    this.runtime = new Runtime(bundle, this.realm, this.device, this.stack, { domains, origin })
    this.gestures = new Gestures(this.realm, this.stack)
    this.realm.onRejection = (reason) => this.runtime.emit('UnhandledRejection', { reason: String(reason) })
    installApi(this.runtime, this.#launchInfo)
    const installs = [installStorage, installRequest, installTransfers, installSocket, installMedia, installFiles]
    for (const install of installs) install(this.runtime)
    installMeasure(this.runtime, this.canvases)
    for (const [name, answer] of Object.entries(options.mocks ?? {})) this.mock(name, answer)
  }

  /** What went wrong so far: thrown errors, console.error, rejections nobody caught, bad WXML. close() fails on any. */
  get errors() {
    return this.realm.errors
  }

  /** Every wx call so far, in order. */
  get calls() {
    return this.runtime.calls
  }

  get toast() {
    return this.runtime.toast
  }

  /** Takes the errors out, for a test that expects them and looks at them. */
  takeErrors() {
    return this.errors.splice(0)
  }

  mock(name: string, answer: (options: Record<string, unknown>) => unknown) {
    if (!name.endsWith('Sync')) this.runtime.define(name, answer)
    else this.realm.wx[name] = (options: Record<string, unknown>) => this.realm.clone(answer(options))
  }

  async start() {
    const { realm } = this
    realm.load('app')
    if (!realm.app) throw new Error('App() was not called')
    const info = realm.clone({ ...this.#launchInfo, scene: 1001, shareTicket: '', referrerInfo: {} })
    realm.call(realm.app.onLaunch, realm.app, info)
    realm.call(realm.app.onShow, realm.app, info)
    this.stack.open(this.#launchInfo.path, this.#launchInfo.query)
    await this.settle()
    return this
  }

  /** Waits until no request, no wx call and no short timer is under way. */
  async settle(limitMs = LIMIT_MS) {
    const end = Date.now() + limitMs
    for (let idle = 0; idle < 2;) {
      await pause(1)
      await nextTurn()
      const { busy } = this.runtime
      const { shortTimers } = this.realm.clock
      idle = busy || shortTimers ? 0 : idle + 1
      if (Date.now() > end) throw new Error(`not idle after ${limitMs} ms: ${busy} call(s), ${shortTimers} timer(s)`)
    }
  }

  /** Waits for what the server pushes. Fails with the screen, or with the last error of `check`. */
  async waitFor<T>(check: () => T | Promise<T>, limitMs = LIMIT_MS): Promise<T> {
    const end = Date.now() + limitMs
    for (;;) {
      let last: unknown
      try {
        const value = await check()
        if (value) return value
      } catch (error) {
        last = error
      }
      if (Date.now() > end) throw last ?? new Error(`waited ${limitMs} ms in vain for ${String(check)}\n${this.wxml()}`)
      await pause(10)
    }
  }

  /** Lets the mini-program's time pass: its timers fire in order, its clock moves on, nobody waits. */
  async advance(ms: number) {
    const { clock } = this.realm
    const until = clock.now() + ms
    while (clock.step(until)) await this.settle()
    clock.jumpTo(until)
    await this.settle()
  }

  async goOffline() {
    this.device.online = false
    this.runtime.cutConnections()
    await this.#networkChanged()
  }

  async goOnline() {
    this.device.online = true
    await this.#networkChanged()
  }

  /** The person looks at something else; the mini-program goes on in the background. */
  async hide() {
    const { realm } = this
    this.stack.life(this.page, 'onHide')
    realm.call(realm.app?.onHide, realm.app)
    this.runtime.emit('AppHide')
    await this.settle()
  }

  async show() {
    const { realm } = this
    const info = { ...this.#launchInfo, scene: 1001, referrerInfo: {} }
    realm.call(realm.app?.onShow, realm.app, realm.clone(info))
    this.runtime.emit('AppShow', info)
    this.stack.life(this.page, 'onShow')
    await this.settle()
  }

  /** Ends the run. Throws when anything went wrong in it, or when it broke a limit of WeChat's experience audit. */
  close() {
    if (this.realm.closed) return
    const problems = [...this.errors, ...this.audit.faults]
    this.realm.close()
    this.runtime.cutConnections()
    this.stack.closeAll()
    if (problems.length) throw new Error(`the mini-program reported ${problems.length} problem(s):\n${problems.join('\n')}`)
  }

  async #networkChanged() {
    const { online, networkType } = this.device
    this.runtime.emit('NetworkStatusChange', { isConnected: online, networkType })
    await this.settle()
  }
}
