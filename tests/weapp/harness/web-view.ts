import type { Page } from 'playwright-core'
import type { Runtime } from './runtime'
import type { PageState, WxmlNode } from './types'

type Command = 'navigateBack' | 'navigateTo' | 'redirectTo' | 'reLaunch' | 'switchTab' | 'postMessage'

/** The page that WeChat's JS-SDK gives to a web page in a web-view, reduced to what talks to the mini-program. */
const SDK = `(() => {
  const ask = (command) => (options = {}) => {
    window.weappHarness(command, JSON.stringify(options)).then(
      (error) => (error ? options.fail?.({ errMsg: error }) : options.success?.({ errMsg: command + ':ok' })),
    )
  }
  const commands = ['navigateBack', 'navigateTo', 'redirectTo', 'reLaunch', 'switchTab', 'postMessage']
  const miniProgram = Object.fromEntries(commands.map((command) => [command, ask(command)]))
  miniProgram.getEnv = (done) => done({ miniprogram: true })
  window.__wxjs_environment = 'miniprogram'
  window.wx = { ...window.wx, miniProgram }
})()`

/** Which web-view a browser page shows now: WeChat's web-views share their cookies, so a test may show several in the same page. */
const shown = new WeakMap<Page, WebView>()

async function prepare(browserPage: Page) {
  await browserPage.exposeFunction('weappHarness', (command: Command, options: string) => {
    try {
      shown.get(browserPage)?.command(command, JSON.parse(options) as object)
      return null
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    }
  })
  await browserPage.addInitScript(SDK)
  await browserPage.route(/res\.wx\.qq\.com\/open\/js\/jweixin/, (route) => route.fulfill({ contentType: 'text/javascript', body: SDK }))
}

/**
 * A `<web-view>` of the open page. A test reads `url` and opens it with a real browser page (attach) or by fetch with cookies
 * (web-client.ts); the web page's `wx.miniProgram` then drives the mini-program.
 */
export class WebView {
  readonly #posted: unknown[] = []

  constructor(
    private readonly runtime: Runtime,
    private readonly page: PageState,
    private node: WxmlNode,
    private readonly dispatch: (node: WxmlNode, type: string, detail: unknown) => void
  ) {}

  refresh(node: WxmlNode) {
    this.node = node
    return this
  }

  /** The address as the mini-program gave it, sent to where the test's server is. Throws when its host is not registered. */
  get url() {
    return this.runtime.route(String(this.node.attr.src)).href
  }

  /** What the web page calls as `wx.miniProgram.<command>`. */
  command(command: Command, options: { url?: string; delta?: number; data?: unknown } = {}) {
    const { stack } = this.runtime
    if (!this.page.alive) throw new Error('this web-view was closed')
    if (command === 'postMessage') this.#posted.push(options.data)
    else if (command === 'navigateBack') stack.navigateBack(options.delta)
    else stack[command](String(options.url))
  }

  /** The web page finished loading, or failed to. */
  loaded() {
    this.#tell('load', { src: String(this.node.attr.src) })
  }

  /** Hands over the posted messages, as WeChat does only when the web-view goes away or is shared. */
  deliver() {
    if (this.#posted.length) this.#tell('message', { data: this.#posted.splice(0) })
  }

  /** Opens the address in a real browser page, with `wx.miniProgram` there (also when the page loads WeChat's SDK from its own site). */
  async attach(browserPage: Page) {
    if (!shown.has(browserPage)) await prepare(browserPage)
    shown.set(browserPage, this)
    await browserPage.goto(this.url)
    this.loaded()
  }

  #tell(type: string, detail: unknown) {
    const heard = Object.keys(this.node.attr).some((key) => key === `bind${type}` || key === `bind:${type}`)
    if (heard) this.dispatch(this.node, type, detail)
  }
}
