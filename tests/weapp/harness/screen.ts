import type { Bundle } from './bundle'
import type { PageStack } from './page-stack'
import { aria, byLabel, byRole, byText, nameOf, printTree, select, textOf, walk } from './select'
import type { WxmlChild, WxmlNode } from './types'

/** A node, or a selector of which the first match is meant. */
export type Target = string | WxmlNode

/** What Chromium needs to paint the page as it is (view.ts). */
export interface Snapshot {
  title: string
  css: string
  tree: PlainChild[]
}
type PlainChild = string | { tag: string; attr: Record<string, string | number | boolean>; children: PlainChild[] }

const plain = (child: WxmlChild): PlainChild => {
  if (typeof child === 'string') return child
  const attr = Object.entries(child.attr).filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value))
  return { tag: child.tag, attr: Object.fromEntries(attr) as Record<string, string>, children: child.children.map(plain) }
}

/** What is on the screen, and how to find it. A lookup that finds nothing throws with the screen printed. */
export abstract class Screen {
  abstract readonly stack: PageStack

  constructor(readonly bundle: Bundle) {}

  /** The page on top. */
  get page() {
    return this.stack.top
  }

  /** The paths of the open pages, the top one last. */
  get pages() {
    return this.stack.pages.map(({ path }) => path)
  }

  get title() {
    return this.page.title
  }

  $$(selector: string) {
    return select(this.page.tree, selector)
  }

  $(selector: string) {
    return this.#first(this.$$(selector), selector)
  }

  find(target: Target) {
    return typeof target === 'string' ? this.$(target) : target
  }

  allByRole(role: string, name?: string | RegExp) {
    return byRole(this.page.tree, role, name)
  }

  byRole(role: string, name?: string | RegExp) {
    return this.#first(this.allByRole(role, name), `${role} ${String(name ?? '')}`)
  }

  byLabel(name: string | RegExp) {
    return this.#first(byLabel(this.page.tree, name), `anything named ${String(name)}`)
  }

  byText(text: string | RegExp) {
    return this.#first(byText(this.page.tree, text), `text ${String(text)}`)
  }

  /** The text of a node, or of the whole screen. */
  text(target?: Target) {
    return target === undefined ? this.page.tree.map(textOf).join(' ') : textOf(this.find(target))
  }

  name(target: Target) {
    return nameOf(this.find(target), this.page.tree)
  }

  attr(target: Target, name: string) {
    return this.find(target).attr[name]
  }

  /** `aria(node, 'checked')` reads aria-checked. */
  aria(target: Target, name: string) {
    return aria(this.find(target), name)
  }

  nodes() {
    return [...walk(this.page.tree)]
  }

  wxml() {
    return printTree(this.page.tree)
  }

  snapshot(): Snapshot {
    return { title: this.title, css: this.bundle.styles(this.page.path), tree: this.page.tree.map(plain) }
  }

  #first(found: WxmlNode[], wanted: string) {
    const [node] = found
    if (!node) throw new Error(`no ${wanted} on ${this.page.path}\n${this.wxml()}`)
    return node
  }
}
