import type { Target } from './screen'
import { Session, type LaunchOptions } from './session'
import { WebView } from './web-view'

/** A running mini-program, and the person who uses it. */
export class App extends Session {
  async dispatch(target: Target, type: string, detail?: unknown) {
    this.gestures.dispatch(this.find(target), type, detail)
    await this.settle()
  }

  async tap(target: Target, times = 1) {
    const node = this.find(target)
    this.runtime.tapping = true
    try {
      for (let count = 0; count < times; count++) this.gestures.tap(node)
      await this.settle()
    } finally {
      this.runtime.tapping = false
    }
  }

  /** Taps what a screen-reader user would find under this name. */
  press(name: string | RegExp) {
    return this.tap(this.byLabel(name))
  }

  /** Two taps before anything could answer. */
  doubleTap(target: Target) {
    return this.tap(target, 2)
  }

  async input(target: Target, value: string) {
    this.gestures.input(this.find(target), value)
    await this.settle()
  }

  async change(target: Target, value: unknown) {
    this.gestures.change(this.find(target), value)
    await this.settle()
  }

  async back() {
    this.stack.navigateBack()
    await this.settle()
  }

  async go(how: 'navigateTo' | 'redirectTo' | 'reLaunch' | 'switchTab', url: string) {
    this.stack[how](url)
    await this.settle()
  }

  async pullDown() {
    this.stack.life(this.page, 'onPullDownRefresh')
    await this.settle()
  }

  async reachBottom() {
    this.stack.life(this.page, 'onReachBottom')
    await this.settle()
  }

  share() {
    return this.stack.life(this.page, 'onShareAppMessage', this.realm.clone({ from: 'menu' }))
  }

  /** The `<web-view>` of the page on top; throws when it has none. */
  webView() {
    const node = this.$('web-view')
    const { page } = this
    const send = (at: typeof node, type: string, detail: unknown) => this.gestures.dispatch(at, type, detail)
    return (page.webView = page.webView?.refresh(node) ?? new WebView(this.runtime, page, node, send))
  }

  /** Closes this run and starts a cold one on the same phone. */
  relaunch(changes: Partial<LaunchOptions> = {}) {
    this.close()
    return launch({ ...this.options, ...changes, device: this.device })
  }
}

/** Starts a compiled mini-program and waits until its first page stands still. */
export function launch(options: LaunchOptions) {
  return new App(options).start()
}
