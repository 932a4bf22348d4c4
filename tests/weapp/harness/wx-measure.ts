import type { Runtime } from './runtime'
import { select } from './select'
import type { WxmlNode } from './types'

/** No layout engine here: every existing node measures the same, a missing one gives null, as on a phone. view.ts has real layout. */
const RECT = {
  left: 0,
  top: 0,
  right: 100,
  bottom: 20,
  width: 100,
  height: 20,
  scrollTop: 0,
  scrollLeft: 0,
  scrollWidth: 100,
  scrollHeight: 20
}

/** A character's width in the same made-up measure. */
const CHARACTER_WIDTH = 8

export type CanvasRecord = [method: string, ...args: unknown[]][]

/** wx.createSelectorQuery, observers and Canvas 2d. A canvas has no pixels: its drawing calls are recorded by node id. */
export function installMeasure(runtime: Runtime, canvases: Map<string, CanvasRecord>) {
  const { realm } = runtime
  const observer = { relativeTo: () => observer, relativeToViewport: () => observer, observe: () => {}, disconnect: () => {} }
  realm.wx.createIntersectionObserver = () => observer
  realm.wx.createSelectorQuery = () => selectorQuery(runtime, canvases)
}

interface Ask {
  selector: string | null
  all: boolean
  node: boolean
  done: unknown
}

function selectorQuery(runtime: Runtime, canvases: Map<string, CanvasRecord>) {
  const { realm } = runtime
  const asks: Ask[] = []
  let target: Pick<Ask, 'selector' | 'all'> = { selector: null, all: false }
  const aim = (selector: string | null, all = false) => {
    target = { selector, all }
    return query
  }
  const ask = (node: boolean, done: unknown) => {
    asks.push({ ...target, node, done })
    return query
  }
  const answer = ({ selector, all, node, done }: Ask) => {
    const nodes = selector === null ? [null] : select(runtime.stack.top.tree, selector)
    const rects = nodes.map((found) => ({ id: String(found?.attr.id ?? ''), dataset: {}, ...RECT }))
    const result = realm.clone<unknown>(all ? rects : (rects[0] ?? null))
    const [first] = nodes
    if (node && result && first?.tag === 'canvas') Object.assign(result, { node: canvasOf(runtime, canvases, first) })
    realm.call(done, undefined, result)
    return result
  }
  const query: Record<string, unknown> = {
    in: () => query,
    select: (selector: string) => aim(selector),
    selectAll: (selector: string) => aim(selector, true),
    selectViewport: () => aim(null),
    boundingClientRect: (done: unknown) => ask(false, done),
    scrollOffset: (done: unknown) => ask(false, done),
    fields: (wanted: { node?: boolean }, done: unknown) => ask(wanted.node === true, done),
    node: (done: unknown) => ask(true, done),
    exec: (done: unknown) => {
      realm.clock.setTimeout(() => realm.call(done, undefined, realm.array(asks.map(answer))), 0)
      return query
    }
  }
  return query
}

function canvasOf(runtime: Runtime, canvases: Map<string, CanvasRecord>, node: WxmlNode) {
  const { realm } = runtime
  const record = canvases.get(String(node.attr.id)) ?? []
  canvases.set(String(node.attr.id), record)
  const state: Record<string | symbol, unknown> = {
    measureText: (text: string) => realm.clone({ width: text.length * CHARACTER_WIDTH })
  }
  const brush = new Proxy(state, {
    get: (known, key) => (key in known ? known[key] : (...args: unknown[]) => void record.push([String(key), ...args]))
  })
  return {
    width: 300,
    height: 150,
    getContext: () => brush,
    createImage: () => ({}),
    requestAnimationFrame: (run: () => void) => realm.clock.setTimeout(run, 16),
    cancelAnimationFrame: realm.clock.clear
  }
}
