import fs from 'node:fs'
import path from 'node:path'
import type { AppJson, PageConfig } from './types'

const readJson = (file: string): Record<string, unknown> =>
  fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, unknown>) : {}

/** A compiled mini-program on disk: its app.json, pages, subpackages and styles. */
export class Bundle {
  readonly dist: string
  readonly app: AppJson
  readonly subpackages: { root: string; pages: string[] }[]
  readonly pages: string[]
  readonly tabs: Set<string>

  constructor(dist: string) {
    this.dist = path.resolve(dist)
    if (!fs.existsSync(path.join(this.dist, 'app.json')))
      throw new Error(`no mini-program in ${this.dist}: build it first (npm run build:weapp)`)
    this.app = readJson(path.join(this.dist, 'app.json')) as AppJson
    const packages = this.app.subPackages ?? this.app.subpackages ?? []
    this.subpackages = packages.map(({ root, pages }) => ({ root: root.replace(/\/?$/, '/'), pages }))
    this.pages = [...this.app.pages, ...this.subpackages.flatMap(({ root, pages }) => pages.map((page) => path.posix.join(root, page)))]
    this.tabs = new Set(this.app.tabBar?.list.map((tab) => tab.pagePath))
  }

  get entry() {
    return this.app.entryPagePath ?? this.app.pages[0] ?? ''
  }

  json(pagePath: string): PageConfig {
    return readJson(path.join(this.dist, `${pagePath}.json`))
  }

  /** Custom components that a page or component may use: tag → path from the build's root. */
  usedBy(ownerPath: string): Record<string, string> {
    const used = { ...this.app.usingComponents, ...this.json(ownerPath).usingComponents }
    const absolute = (target: string) => (target.startsWith('/') ? target.slice(1) : path.posix.join(path.posix.dirname(ownerPath), target))
    return Object.fromEntries(Object.entries(used).map(([tag, target]) => [tag, absolute(target)]))
  }

  /** The styles that WeChat applies to a page: app.wxss and its own, imports included. */
  styles(pagePath: string) {
    const read = (file: string): string => {
      if (!fs.existsSync(file)) return ''
      const imported = (_: string, target: string) =>
        read(target.startsWith('/') ? path.join(this.dist, target) : path.resolve(path.dirname(file), target))
      return fs.readFileSync(file, 'utf8').replace(/@import\s+["']([^"']+)["'];?/g, imported)
    }
    return ['app', pagePath].map((name) => read(path.join(this.dist, `${name}.wxss`))).join('\n')
  }
}
