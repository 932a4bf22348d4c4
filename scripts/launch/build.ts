import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { filesUnder } from './files'
import { StartError } from './steps'

export type End = 'h5' | 'weapp'

const NAMES: Record<End, string> = { h5: '网页应用', weapp: '微信小程序' }
const SOURCES = ['src', 'domain', 'contract', 'config', 'babel.config.js', 'project.config.json', 'package-lock.json']

/** Where `npm run build:<end>` puts the app. */
export function builtFolder(root: string, end: End): string {
  return path.join(root, 'dist', end)
}

/** Builds the app for one end unless the one that is there was built from just these sources. */
export async function buildIfStale(root: string, end: End, log: (line: string) => void): Promise<void> {
  const stampFile = path.join(builtFolder(root, end), '..', `${end}.built-from`)
  const stamp = fingerprint(root)
  const built = fs.existsSync(builtFolder(root, end)) && fs.existsSync(stampFile)
  if (built && fs.readFileSync(stampFile, 'utf8') === stamp) return
  log(`首次运行或代码有改动，正在构建${NAMES[end]}（约半分钟）`)
  fs.rmSync(stampFile, { force: true })
  await build(root, end, log)
  fs.writeFileSync(stampFile, stamp)
}

/** The bundler's own output is shown only where it says what went wrong. */
async function build(root: string, end: End, log: (line: string) => void): Promise<void> {
  const taro = path.join(root, 'node_modules', '@tarojs', 'cli', 'bin', 'taro')
  const env = { ...process.env, NODE_ENV: 'production' }
  const child = spawn(process.execPath, [taro, 'build', '--type', end, '--no-check'], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const output: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => output.push(text))
  const started = Date.now()
  const progress = setInterval(() => log(`仍在构建，已 ${Math.round((Date.now() - started) / 1000)} 秒`), 10_000)
  const stopWithUs = () => child.kill()
  process.once('exit', stopWithUs)
  const [code] = await once(child, 'exit')
  process.off('exit', stopWithUs)
  clearInterval(progress)
  if (code !== 0) throw new StartError(`${NAMES[end]}构建失败：\n${output.join('')}`)
}

function fingerprint(root: string): string {
  const settings = [process.env.TARO_APP_API_ORIGIN, process.env.TARO_APP_SUBSCRIBE_TEMPLATES]
  const hash = createHash('sha256').update(JSON.stringify(settings))
  for (const file of SOURCES.flatMap((source) => filesUnder(path.join(root, source)))) {
    hash.update(`\0${path.relative(root, file)}\0`).update(fs.readFileSync(file))
  }
  return hash.digest('hex')
}
