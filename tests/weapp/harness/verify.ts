import fs from 'node:fs'
import path from 'node:path'
import { Bundle } from './bundle'
import { compileWxml } from './compiler'
import { verifyScript } from './verify-script'
import { verifyStyle } from './verify-style'

/** WeChat's own limits for an upload; ours are narrower (scripts/sizes.ts). */
const PACKAGE_LIMIT_BYTES = 2 * 1024 * 1024
const TOTAL_LIMIT_BYTES = 20 * 1024 * 1024
const TAB_ICON_LIMIT_BYTES = 40 * 1024
const UPLOADED =
  /\.(js|json|wxml|wxss|wxs|png|jpe?g|gif|svg|webp|cer|mp3|aac|m4a|mp4|wav|ogg|silk|wasm|br|cert|txt|pem|map|ico|bin|ttf|woff2?)$/i

export interface Verdict {
  /** What WeChat would refuse, or what would break on a phone: one line each. Empty for a good build. */
  problems: string[]
  /** What deserves a look but may be guarded: browser globals behind a check, files that WeChat does not upload. */
  notes: string[]
  pages: number
  files: number
}

const filesUnder = (folder: string): string[] =>
  fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name)
    return entry.isDirectory() ? filesUnder(file) : [file]
  })

/** Static checks of a compiled mini-program, as strict as WeChat's upload and its oldest supported phones. */
export function verifyBuild(dist: string): Verdict {
  const bundle = new Bundle(dist)
  const files = filesUnder(bundle.dist).map((file) => path.relative(bundle.dist, file).split(path.sep).join('/'))
  const scripts = files.filter((file) => file.endsWith('.js')).map((file) => verifyScript(file, read(bundle, file)))
  return {
    problems: [
      ...pageProblems(bundle),
      ...tabProblems(bundle),
      ...componentProblems(bundle, files),
      ...packageProblems(bundle, files),
      ...templateProblems(bundle, files),
      ...files
        .filter((file) => file.endsWith('.wxss'))
        .flatMap((file) => verifyStyle(file, read(bundle, file), (target) => exists(bundle, target))),
      ...scripts.flatMap(({ problems }) => problems)
    ],
    notes: [
      ...scripts.flatMap(({ notes }) => notes),
      ...files.filter((file) => !UPLOADED.test(file)).map((file) => `${file}: WeChat does not upload this kind of file`)
    ],
    pages: bundle.pages.length,
    files: files.length
  }
}

const read = ({ dist }: Bundle, file: string) => fs.readFileSync(path.join(dist, file), 'utf8')
const exists = ({ dist }: Bundle, file: string) => fs.existsSync(path.join(dist, file))
const sizeOf = ({ dist }: Bundle, file: string) => fs.statSync(path.join(dist, file)).size

function pageProblems(bundle: Bundle) {
  const missing = bundle.pages.flatMap((page) => ['.js', '.wxml'].map((ending) => page + ending)).filter((file) => !exists(bundle, file))
  const twice = bundle.pages.filter((page, index) => bundle.pages.indexOf(page) !== index)
  return [...missing.map((file) => `page file missing: ${file}`), ...twice.map((page) => `page registered twice: ${page}`)]
}

function tabProblems(bundle: Bundle) {
  const tabs = bundle.app.tabBar?.list ?? []
  const count = tabs.length === 1 || tabs.length > 5 ? ['the tab bar needs 2 to 5 items'] : []
  const outside = tabs
    .filter(({ pagePath }) => !bundle.app.pages.includes(pagePath))
    .map(({ pagePath }) => `tab outside the main package: ${pagePath}`)
  const icons = tabs.flatMap(({ iconPath, selectedIconPath }) => [iconPath, selectedIconPath]).filter((icon) => icon !== undefined)
  const bad = icons.flatMap((icon) => {
    if (!exists(bundle, icon)) return [`tab icon missing: ${icon}`]
    return sizeOf(bundle, icon) > TAB_ICON_LIMIT_BYTES ? [`tab icon over 40 KB: ${icon}`] : []
  })
  return [...count, ...outside, ...bad]
}

function componentProblems(bundle: Bundle, files: string[]) {
  return files
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) => {
      const used = Object.entries(bundle.usedBy(file.replace(/\.json$/, ''))).filter(([, target]) => !target.includes('plugin:'))
      return used
        .filter(([, target]) => !exists(bundle, `${target}.wxml`))
        .map(([tag, target]) => `${file}: component ${tag} → ${target} missing`)
    })
}

function packageProblems(bundle: Bundle, files: string[]) {
  const sizes = packageSizes(bundle, files)
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0)
  const heavy = [...sizes].filter(([, size]) => size > PACKAGE_LIMIT_BYTES).map(([name]) => `package ${name} is over 2 MB`)
  return [...heavy, ...(total > TOTAL_LIMIT_BYTES ? ['all packages together are over 20 MB'] : [])]
}

function packageSizes(bundle: Bundle, files: string[]) {
  const sizes = new Map<string, number>()
  for (const file of files) {
    const name = bundle.subpackages.find(({ root }) => file.startsWith(root))?.root ?? 'main'
    sizes.set(name, (sizes.get(name) ?? 0) + sizeOf(bundle, file))
  }
  return sizes
}

function templateProblems(bundle: Bundle, files: string[]) {
  const sources = files.filter((file) => file.endsWith('.wxml')).map((file) => ({ file, text: read(bundle, file) }))
  const named = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name]) => name)
  const known = new Set(sources.flatMap(({ text }) => named(text, /<template name="([^"]+)"/g)))
  const missing = sources.flatMap(({ file, text }) =>
    named(text, /<template is="([^"{}]+)"/g)
      .filter((name) => !known.has(name))
      .map((name) => `${file}: template ${name} missing`)
  )
  try {
    compileWxml(bundle.dist)
    return missing
  } catch (error) {
    return [...missing, `WXML does not compile: ${error instanceof Error ? error.message.trim() : String(error)}`]
  }
}
