import path from 'node:path'
import type { Bundle } from './bundle'
import { EventChannel } from './event-channel'
import { makeInstance } from './instance'
import type { LogicRealm } from './realm'
import type { Renderer } from './render'
import type { PageState } from './types'
import { WxFail } from './types'

/** WeChat keeps at most ten pages open. */
const MAX_PAGES = 10

function parseUrl(url: string, base: string): { target: string; query: Record<string, string> } {
  const [address = '', search = ''] = url.split('?')
  const target = address.startsWith('/') ? address.slice(1) : path.posix.join(path.posix.dirname(base), address)
  const pairs = search.split('&').filter(Boolean)
  const query = pairs.map((pair) => [pair.split('=')[0] ?? '', pair.includes('=') ? pair.slice(pair.indexOf('=') + 1) : ''])
  return { target, query: Object.fromEntries(query) as Record<string, string> }
}

/** The open pages and WeChat's navigation rules. A broken rule throws WxFail with WeChat's wording. */
export class PageStack {
  pages: PageState[] = []
  readonly #tabs = new Map<string, PageState>()
  #made = 0

  constructor(
    private readonly bundle: Bundle,
    private readonly realm: LogicRealm,
    private readonly renderer: Renderer
  ) {}

  get top(): PageState {
    const page = this.pages[this.pages.length - 1]
    if (!page) throw new Error('no page is open')
    return page
  }

  life(page: PageState | undefined, hook: string, ...args: unknown[]) {
    return page && this.realm.call(page.inst[hook], page.inst, ...args)
  }

  open(target: string, query: Record<string, string> = {}, channel = new EventChannel(this.realm)) {
    this.realm.load(target)
    const definition = this.realm.pages.get(target)
    if (!definition) throw new Error(`Page() was not called in ${target}`)
    const config = { ...this.bundle.app.window, ...this.bundle.json(target) }
    const page = { path: target, query, config, title: config.navigationBarTitleText ?? '', tree: [], alive: true } as unknown as PageState
    const inst = makeInstance(this.realm, definition, (bytes) => this.renderer.changed(page, bytes))
    Object.assign(page, { inst, page, components: new Map(), typed: new Map(), webView: null })
    const facts = { route: target, __route__: target, options: this.realm.clone(query), __wxExparserNodeId__: String(++this.#made) }
    Object.assign(inst, facts, { getOpenerEventChannel: () => channel, selectComponent: () => null })
    this.pages.push(page)
    this.renderer.paint(page)
    this.life(page, 'onLoad', this.realm.clone(query))
    this.life(page, 'onShow')
    this.realm.clock.setTimeout(() => page.alive && this.life(page, 'onReady'), 0)
    return page
  }

  navigateTo(url: string, channel?: EventChannel) {
    const { target, query } = this.#resolve(url)
    if (this.bundle.tabs.has(target)) throw new WxFail('fail can not navigateTo a tabbar page')
    if (this.pages.length >= MAX_PAGES) throw new WxFail('fail webview count limit exceed')
    this.life(this.top, 'onHide')
    this.open(target, query, channel)
  }

  redirectTo(url: string) {
    const { target, query } = this.#resolve(url)
    if (this.bundle.tabs.has(target)) throw new WxFail('fail can not redirectTo a tabbar page')
    this.#close(this.pages.pop())
    this.open(target, query)
  }

  reLaunch(url: string) {
    const { target, query } = this.#resolve(url)
    const kept = [...this.#tabs.values()].filter((tab) => !this.pages.includes(tab))
    for (const page of [...this.pages.splice(0).reverse(), ...kept]) this.#close(page)
    this.#tabs.clear()
    this.open(target, query)
  }

  switchTab(url: string) {
    const { target } = this.#resolve(url)
    if (!this.bundle.tabs.has(target)) throw new WxFail('fail can not switch to no-tabBar page')
    if (this.top.path === target) return
    const [first] = this.pages
    if (this.pages.length === 1) this.life(first, 'onHide')
    for (const page of this.pages.splice(1).reverse()) this.#close(page)
    if (first && this.bundle.tabs.has(first.path)) this.#tabs.set(first.path, first)
    else this.#close(first)
    const known = this.#tabs.get(target)
    this.pages = known ? [known] : []
    if (known) this.life(known, 'onShow')
    else this.open(target)
  }

  navigateBack(delta = 1) {
    if (this.pages.length <= 1) return
    for (let count = 0; count < delta && this.pages.length > 1; count++) this.#close(this.pages.pop())
    this.life(this.top, 'onShow')
  }

  closeAll() {
    for (const page of [...this.pages.splice(0), ...this.#tabs.values()]) page.alive = false
    this.#tabs.clear()
  }

  #resolve(url: string) {
    const { target, query } = parseUrl(url, this.pages[this.pages.length - 1]?.path ?? '')
    if (!this.bundle.pages.includes(target)) throw new WxFail(`fail page "${target}" is not found`)
    return { target, query }
  }

  #close(page: PageState | undefined) {
    if (!page) return
    page.webView?.deliver()
    this.life(page, 'onUnload')
    page.alive = false
  }
}
