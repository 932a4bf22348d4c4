import type { PageStack } from './page-stack'
import type { LogicRealm } from './realm'
import { textOf, walk } from './select'
import type { WxmlNode } from './types'

const BUBBLING = new Set([
  ...['tap', 'longpress', 'longtap', 'touchstart', 'touchmove', 'touchend', 'touchcancel', 'touchforcechange'],
  ...['transitionend', 'animationstart', 'animationiteration', 'animationend']
])

const bindings = (type: string) => [`bind${type}`, `bind:${type}`, `catch${type}`, `catch:${type}`, `mut-bind:${type}`]
const boundTo = (node: WxmlNode, type: string) => bindings(type).find((key) => node.attr[key])
const describe = (node: WxmlNode) => `<${node.tag} id="${String(node.attr.id ?? '')}" class="${String(node.attr.class ?? '')}">`

const camel = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
const datasetOf = (node: WxmlNode) =>
  Object.fromEntries(
    Object.entries(node.attr)
      .filter(([key]) => key.startsWith('data-'))
      .map(([key, value]) => [camel(key.slice(5)), value])
  )
const targetOf = (node: WxmlNode) => ({ id: node.attr.id ?? '', dataset: datasetOf(node), offsetLeft: 0, offsetTop: 0 })

function closest(node: WxmlNode, tag: string): WxmlNode | null {
  for (let at: WxmlNode | null = node; at; at = at.parent) if (at.tag === tag) return at
  return null
}

/** A person's hands: events as the view layer sends them, bubbling and stopping as in WeChat. */
export class Gestures {
  constructor(
    private readonly realm: LogicRealm,
    private readonly stack: PageStack
  ) {}

  /** Sends one event. Throws when nobody listens: a test must not tap on dead wood. */
  dispatch(node: WxmlNode, type: string, detail: unknown = {}) {
    let handled = false
    for (let at: WxmlNode | null = node; at; at = BUBBLING.has(type) ? at.parent : null) {
      const key = boundTo(at, type)
      if (!key) continue
      handled = true
      this.#fire(node, at, key, type, detail)
      if (key.startsWith('catch')) break
    }
    if (!handled) throw new Error(`nothing handles ${type} on ${describe(node)} in ${node.owner.page.path}`)
  }

  tap(node: WxmlNode) {
    const button = closest(node, 'button')
    if (button?.attr.disabled) throw new Error(`the button is disabled: ${textOf(button)}`)
    const formType = button?.attr.formType as 'submit' | 'reset' | undefined
    const form = button && formType ? closest(button, 'form') : null
    let bound = false
    for (let at: WxmlNode | null = node; at; at = at.parent) bound ||= boundTo(at, 'tap') !== undefined
    if (bound) this.dispatch(node, 'tap')
    else if (!form && !button?.attr.openType) throw new Error(`nothing handles a tap on ${describe(node)}`)
    if (form && formType) this.dispatch(form, formType, formType === 'submit' ? { value: this.#formValue(form) } : {})
    if (button?.attr.openType === 'share') this.stack.life(this.stack.top, 'onShareAppMessage', this.realm.clone({ from: 'button' }))
  }

  /** Focus, type, leave the field. The value is cut at the field's maxlength (WeChat's default: 140). */
  input(node: WxmlNode, value: string) {
    if (node.attr.disabled) throw new Error(`the field is disabled: ${describe(node)}`)
    const limit = Number(node.attr.maxlength ?? 140)
    const typed = limit >= 0 ? value.slice(0, limit) : value
    node.owner.page.typed.set(String(node.attr.id), typed)
    const detail = { value: typed, cursor: typed.length, keyCode: 0 }
    if (boundTo(node, 'focus')) this.dispatch(node, 'focus', { value: node.attr.value ?? '', height: 0 })
    this.dispatch(node, 'input', detail)
    if (boundTo(node, 'blur')) this.dispatch(node, 'blur', detail)
  }

  /** Pickers, switches, checkbox and radio groups, swipers. */
  change(node: WxmlNode, value: unknown) {
    node.owner.page.typed.set(String(node.attr.id), value)
    this.dispatch(node, 'change', { value })
  }

  #fire(node: WxmlNode, at: WxmlNode, key: string, type: string, detail: unknown) {
    const name = String(at.attr[key])
    const { inst, path } = at.owner
    if (typeof inst[name] !== 'function') return this.realm.report(`handler "${name}" is missing in ${path}`)
    const touched = { touches: [], changedTouches: [], mark: {}, timeStamp: this.realm.clock.now() }
    const event = { type, target: targetOf(node), currentTarget: targetOf(at), detail, ...touched, _userTap: type === 'tap' }
    this.realm.call(inst[name], inst, this.realm.clone(event))
  }

  #formValue(form: WxmlNode) {
    const { typed } = form.owner.page
    const fields = [...walk(form.children)].filter((node) => node.attr.name && node.tag !== 'button')
    const valueOf = (node: WxmlNode) => typed.get(String(node.attr.id)) ?? node.attr.value ?? node.attr.checked ?? ''
    return Object.fromEntries(fields.map((node) => [String(node.attr.name), valueOf(node)]))
  }
}
