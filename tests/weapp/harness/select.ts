import type { WxmlChild, WxmlNode } from './types'

/** Roles that WeChat gives its own components without being told. */
const IMPLICIT_ROLES: Record<string, string> = {
  button: 'button',
  checkbox: 'checkbox',
  image: 'img',
  input: 'textbox',
  navigator: 'link',
  picker: 'combobox',
  progress: 'progressbar',
  radio: 'radio',
  slider: 'slider',
  switch: 'switch',
  textarea: 'textbox'
}

const filled = (value: unknown) => (value === undefined || value === null || value === '' ? undefined : String(value))

export function* walk(children: WxmlChild[]): Generator<WxmlNode> {
  for (const child of children) {
    if (typeof child === 'string') continue
    yield child
    yield* walk(child.children)
  }
}

export const textOf = (child: WxmlChild): string => (typeof child === 'string' ? child : child.children.map(textOf).join(''))

/** An aria attribute by its short name (`label`, `role`, `checked`), however it is spelled in the tree. */
export const aria = (node: WxmlNode, name: string) =>
  filled(node.attr[`aria${name[0]?.toUpperCase()}${name.slice(1)}`]) ?? filled(node.attr[`aria-${name}`])

export const roleOf = (node: WxmlNode) => aria(node, 'role') ?? filled(node.attr.role) ?? IMPLICIT_ROLES[node.tag]

const isHidden = (node: WxmlNode): boolean =>
  aria(node, 'hidden') === 'true' || Boolean(node.attr.hidden) || (node.parent !== null && isHidden(node.parent))

/** Roles that hold other things: the text inside is theirs, it names nothing (WAI-ARIA 1.2, name from author). */
const CONTAINERS = new Set([
  'main', 'list', 'listitem', 'group', 'radiogroup', 'status', 'alert', 'dialog', 'tabpanel', 'tablist'
])

/** The accessible name: aria-label, else what aria-labelledby points to, else the text inside. */
export function nameOf(node: WxmlNode, tree: WxmlChild[]): string {
  const label = aria(node, 'label')
  if (label) return label
  const ids = aria(node, 'labelledby')?.split(/\s+/) ?? []
  const named = ids.flatMap((id) => [...walk(tree)].filter((other) => other.attr.id === id)).map(textOf)
  if (named.length) return named.join(' ').trim()
  return CONTAINERS.has(roleOf(node) ?? '') ? '' : textOf(node).trim()
}

const fits = (actual: string, wanted: string | RegExp) => (wanted instanceof RegExp ? wanted.test(actual) : actual === wanted)

export const byRole = (tree: WxmlChild[], role: string, name?: string | RegExp) =>
  [...walk(tree)].filter((node) => roleOf(node) === role && !isHidden(node) && (name === undefined || fits(nameOf(node, tree), name)))

/** Nodes that carry a role and the accessible name: what a screen-reader user would find under that word. */
export const byLabel = (tree: WxmlChild[], name: string | RegExp) =>
  [...walk(tree)].filter((node) => roleOf(node) !== undefined && !isHidden(node) && fits(nameOf(node, tree), name))

/** The innermost nodes whose whole text fits. */
export const byText = (tree: WxmlChild[], wanted: string | RegExp) => {
  const found = [...walk(tree)].filter((node) => fits(textOf(node).trim(), wanted))
  return found.filter((node) => !found.some((other) => other !== node && isInside(other, node)))
}

const isInside = (node: WxmlNode, ancestor: WxmlNode): boolean =>
  node.parent !== null && (node.parent === ancestor || isInside(node.parent, ancestor))

const classesOf = (node: WxmlNode) => String(node.attr.class ?? '').split(/\s+/)

function fitsToken(node: WxmlNode, token: string) {
  if (token.startsWith('.')) return classesOf(node).includes(token.slice(1))
  if (token.startsWith('#')) return node.attr.id === token.slice(1)
  if (!token.startsWith('[')) return node.tag === token
  const [, name = '', value] = /^\[([\w-]+)(?:=["']?(.*?)["']?)?\]$/.exec(token) ?? []
  return value === undefined ? name in node.attr : String(node.attr[name]) === value
}

const fitsPart = (node: WxmlNode, part: string) => (part.match(/[.#]?[\w-]+|\[[^\]]+\]/g) ?? []).every((token) => fitsToken(node, token))

function fitsSelector(node: WxmlNode, parts: string[]) {
  const left = [...parts]
  if (!fitsPart(node, left.pop() ?? '')) return false
  for (let parent = node.parent; parent && left.length; parent = parent.parent)
    if (fitsPart(parent, left[left.length - 1] ?? '')) left.pop()
  return left.length === 0
}

/** `tag .class #id [attr=value]`, compound and descendant; no other combinator. */
export const select = (tree: WxmlChild[], selector: string) =>
  [...walk(tree)].filter((node) => fitsSelector(node, selector.trim().split(/\s+/)))

const LONG_VALUE = 80
const short = (value: unknown) => (String(value).length > LONG_VALUE ? `${String(value).slice(0, LONG_VALUE)}…` : String(value))
const SHOWN = ['id', 'class', 'value', 'src', 'placeholder', 'disabled', 'checked', 'ariaRole', 'ariaLabel']

/** The tree as indented text, for messages of failing tests. */
export const printTree = (children: WxmlChild[], depth = 0): string =>
  children
    .map((child) => {
      const indent = '  '.repeat(depth)
      if (typeof child === 'string') return indent + child
      const attributes = SHOWN.filter((key) => filled(child.attr[key]) && !(key === 'id' && String(child.attr.id).startsWith('_')))
      const open = `${indent}<${child.tag}${attributes.map((key) => ` ${key}="${short(child.attr[key])}"`).join('')}>`
      return child.children.length ? `${open}\n${printTree(child.children, depth + 1)}` : open
    })
    .join('\n')
