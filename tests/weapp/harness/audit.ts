import type { WxmlChild } from './types'

/** The limits of WeChat's experience audit (体验评分): per page, and for setData per second. */
export const LIMITS = { setDataPerSecond: 20, setDataBytes: 256 * 1024, nodes: 1000, depth: 30, children: 60 }

export interface AuditRecord {
  setDataCount: number
  setDataPerSecond: number
  setDataBytes: number
  nodes: number
  depth: number
  children: number
}

interface Shape {
  nodes: number
  depth: number
  children: number
}

function shapeOf(children: WxmlChild[]): Shape {
  const elements = children.filter((child) => typeof child !== 'string')
  const below = elements.map((element) => shapeOf(element.children))
  return {
    nodes: elements.length + below.reduce((sum, shape) => sum + shape.nodes, 0),
    depth: elements.length ? 1 + Math.max(...below.map((shape) => shape.depth)) : 0,
    children: Math.max(elements.length, ...below.map((shape) => shape.children))
  }
}

/** Records, without being asked, what WeChat's experience audit would hold against the mini-program. */
export class Audit {
  readonly record: AuditRecord = { setDataCount: 0, setDataPerSecond: 0, setDataBytes: 0, nodes: 0, depth: 0, children: 0 }
  readonly #faults = new Map<string, string>()
  #recent: number[] = []

  /** `now` in milliseconds on the mini-program's clock, so that a jump over a debounce is not counted as a burst. */
  setData(page: string, bytes: number, now: number) {
    this.#recent = [...this.#recent.filter((moment) => now - moment < 1000), now]
    this.record.setDataCount += 1
    this.#raise('setDataPerSecond', this.#recent.length, page)
    this.#raise('setDataBytes', bytes, page)
  }

  painted(page: string, tree: WxmlChild[]) {
    const shape = shapeOf(tree)
    this.#raise('nodes', shape.nodes, page)
    this.#raise('depth', shape.depth, page)
    this.#raise('children', shape.children, page)
  }

  /** One line for each page and rule that was broken, with the worst value seen. */
  get faults() {
    return [...this.#faults.values()]
  }

  #raise(rule: keyof typeof LIMITS, value: number, page: string) {
    const worst = value > this.record[rule]
    if (worst) this.record[rule] = value
    if (value > LIMITS[rule] && (worst || !this.#faults.has(rule + page))) {
      this.#faults.set(rule + page, `${page}: ${rule} ${value}, the limit is ${LIMITS[rule]}`)
    }
  }
}
