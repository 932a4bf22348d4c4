import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import vm from 'node:vm'
import { wxmlToJs } from 'miniprogram-compiler'

const compiled = new Map<string, vm.Script>()
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024

/** Why WeChat's own WXML compiler cannot run on this machine, or null when it can. It ships for x86-64 Linux (glibc), macOS and Windows. */
export function compilerProblem(): string | null {
  const folder = path.join(path.dirname(require.resolve('miniprogram-compiler/package.json')), 'bin')
  const names: Partial<Record<NodeJS.Platform, string>> = { linux: 'linux/wcc', darwin: 'mac/wcc', win32: 'windows/wcc.exe' }
  const name = names[process.platform]
  if (!name) return `wcc has no binary for ${process.platform}`
  const file = path.join(folder, name)
  if (process.platform !== 'win32') fs.chmodSync(file, 0o755)
  const { error } = spawnSync(file, ['-v'], { timeout: 10_000 })
  return error ? `wcc does not start on ${process.platform} ${process.arch}: ${error.message}` : null
}

const wxmlFiles = (folder: string): string[] =>
  fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name)
    return entry.isDirectory() ? wxmlFiles(file) : /\.(wxml|wxs)$/.test(file) ? [file] : []
  })

/** Compiles every WXML file of a build with WeChat's compiler. Throws the compiler's own message on bad WXML. */
export function compileWxml(dist: string): vm.Script {
  const stamp = wxmlFiles(dist)
    .map((file) => `${file}@${fs.statSync(file).mtimeMs}`)
    .join('|')
  const known = compiled.get(stamp)
  if (known) return known
  const source = `(function(){${wxmlToJs(dist, { maxBuffer: MAX_OUTPUT_BYTES })}})()`
  const script = new vm.Script(source, { filename: 'wcc-output.js' })
  compiled.set(stamp, script)
  return script
}
