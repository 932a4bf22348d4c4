import vm from 'node:vm'
import type { Audit } from './audit'
import type { Bundle } from './bundle'
import { compileWxml } from './compiler'
import { makeInstance } from './instance'
import type { LogicRealm } from './realm'
import type { ComponentState, Owner, PageState, WxmlChild, WxmlNode } from './types'

interface Raw {
  tag: string
  attr?: Record<string, unknown>
  children?: (Raw | string | number)[]
}
type Generate = (data: unknown) => Raw

/**
 * The view layer: data through WeChat's compiled WXML to a tree of nodes. Custom components are created, fed and detached as they come
 * and go. Not done: slots of custom components (Taro's own components use none).
 */
export class Renderer {
  readonly #generate: (file: string) => Generate | undefined
  readonly #parse: (json: string) => unknown
  readonly #used = new Map<string, Record<string, string>>()

  constructor(
    private readonly bundle: Bundle,
    private readonly realm: LogicRealm,
    private readonly audit: Audit
  ) {
    const complain = (...args: unknown[]) => realm.report(`WXML ${args.join(' ')}`)
    const context = vm.createContext({ window: {}, console: { log: complain, warn: complain, error: complain } })
    this.#generate = compileWxml(bundle.dist).runInContext(context) as (file: string) => Generate | undefined
    // wcc tests constructors: data must be born in its world
    this.#parse = vm.runInContext('JSON.parse', context) as (json: string) => unknown
  }

  paint(page: PageState) {
    try {
      page.tree = this.#paintOwner(page)
      this.audit.painted(page.path, page.tree)
    } catch (error) {
      this.realm.report(error)
    }
  }

  /** What setData calls: measured, then painted at once. */
  changed(page: PageState, bytes: number) {
    this.audit.setData(page.path, bytes, this.realm.clock.now())
    if (page.alive) this.paint(page)
  }

  #paintOwner(owner: Owner): WxmlChild[] {
    const generate = this.#generate(`${owner.path}.wxml`)
    if (!generate) throw new Error(`no wxml for ${owner.path}`)
    const raw = generate(this.#parse(JSON.stringify(owner.inst.data)))
    const alive = new Set<string>()
    const tree = this.#convert(raw, null, '0', owner, alive)
    for (const [key, component] of owner.components) {
      if (alive.has(key)) continue
      const { definition } = component
      this.realm.call(definition.lifetimes?.detached ?? definition.detached, component.inst)
      owner.components.delete(key)
    }
    return tree
  }

  #convert(raw: Raw | string | number, parent: WxmlNode | null, key: string, owner: Owner, alive: Set<string>): WxmlChild[] {
    if (raw == null) return []
    if (typeof raw !== 'object') return [String(raw)]
    const inner = (into: WxmlNode | null) =>
      (raw.children ?? []).flatMap((child, index) => this.#convert(child, into, `${key}.${index}`, owner, alive))
    if (raw.tag === 'virtual' || raw.tag === 'wx-page') return inner(parent)
    const node: WxmlNode = { tag: raw.tag.replace(/^wx-/, ''), attr: { ...raw.attr }, children: [], parent, owner }
    const target = this.#usedBy(owner.path)[node.tag]
    if (!target) node.children = inner(node)
    else {
      const componentKey = String(node.attr['data-sid'] || node.attr.id || key)
      alive.add(componentKey)
      const component = this.#feed(owner, target, componentKey, node.attr)
      node.children = this.#paintOwner(component)
      for (const child of node.children) if (typeof child !== 'string') child.parent = node
    }
    return [node]
  }

  #usedBy(ownerPath: string) {
    const known = this.#used.get(ownerPath) ?? this.bundle.usedBy(ownerPath)
    this.#used.set(ownerPath, known)
    return known
  }

  #feed(owner: Owner, target: string, key: string, attr: Record<string, unknown>) {
    const known = owner.components.get(key)
    const component = known ?? this.#create(owner, target)
    owner.components.set(key, component)
    const { inst, definition, given } = component
    for (const name of Object.keys(definition.properties ?? {})) {
      const serialised = name in attr ? JSON.stringify(attr[name]) : undefined
      if (serialised === undefined || serialised === given[name]) continue
      given[name] = serialised
      inst.data[name] = this.realm.clone(attr[name])
    }
    inst.properties = inst.props = inst.data
    if (!known) this.realm.call(definition.lifetimes?.attached ?? definition.attached, inst)
    return component
  }

  #create(owner: Owner, target: string): ComponentState {
    this.realm.load(target)
    const definition = this.realm.components.get(target)
    if (!definition) throw new Error(`Component() was not called in ${target}`)
    const { page } = owner
    const inst = makeInstance(this.realm, definition, (bytes) => this.changed(page, bytes))
    for (const [name, property] of Object.entries(definition.properties ?? {})) inst.data[name] = this.realm.clone(property?.value ?? null)
    return { path: target, inst, components: new Map(), page, definition, given: {} }
  }
}
