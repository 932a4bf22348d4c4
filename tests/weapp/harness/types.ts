/** A node of the painted WXML tree: attributes as WeChat's compiler gives them (camelCase, `bindtap` and the like included). */
export interface WxmlNode {
  tag: string
  attr: Record<string, unknown>
  children: WxmlChild[]
  parent: WxmlNode | null
  owner: Owner
}
export type WxmlChild = WxmlNode | string

/** What a mini-program hands to Page(), Component() or App(). */
export interface Definition {
  data?: Record<string, unknown>
  properties?: Record<string, { value?: unknown } | null>
  methods?: Record<string, unknown>
  lifetimes?: Record<string, unknown>
  [member: string]: unknown
}

export interface Instance {
  data: Record<string, unknown>
  setData(patch: Record<string, unknown>, done?: () => void): void
  [member: string]: unknown
}

/** Whoever owns a piece of WXML: a page, or a custom component inside one. */
export interface Owner {
  path: string
  inst: Instance
  components: Map<string, ComponentState>
  page: PageState
}

export interface ComponentState extends Owner {
  definition: Definition
  /** The last value of each property, serialised: a property is handed over again only when it changed. */
  given: Record<string, string>
}

export interface PageState extends Owner {
  query: Record<string, string>
  config: PageConfig
  title: string
  tree: WxmlChild[]
  alive: boolean
  /** What the person typed, by node id: a form's submit reads it. */
  typed: Map<string, unknown>
  webView: import('./web-view').WebView | null
}

export interface PageConfig {
  navigationBarTitleText?: string
  usingComponents?: Record<string, string>
  [key: string]: unknown
}

export interface AppJson extends PageConfig {
  pages: string[]
  entryPagePath?: string
  subPackages?: { root: string; pages: string[] }[]
  subpackages?: { root: string; pages: string[] }[]
  window?: PageConfig
  tabBar?: { list: { pagePath: string; text: string; iconPath?: string; selectedIconPath?: string }[] }
}

/** The options object of every `wx.*` call. */
export interface WxOptions {
  success?: (result: unknown) => void
  fail?: (result: unknown) => void
  complete?: (result: unknown) => void
  [key: string]: unknown
}

/** A wx API's refusal: `message` follows the API's name in errMsg ("fail cancel" → "chooseMedia:fail cancel"). */
export class WxFail extends Error {
  constructor(
    message: string,
    readonly fields: Record<string, unknown> = {}
  ) {
    super(message)
  }
}
