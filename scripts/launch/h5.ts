import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { StartError } from './steps'

const SOURCES = ['src', 'domain', 'contract', 'config', 'babel.config.js', 'package-lock.json']

/** Builds the H5 app unless the one that is there was built from just these sources. */
export async function buildH5IfStale(root: string, folder: string, log: (line: string) => void): Promise<void> {
  const stampFile = path.join(folder, '.built-from')
  const stamp = fingerprint(root)
  if (fs.existsSync(stampFile) && fs.readFileSync(stampFile, 'utf8') === stamp) return
  log('首次启动或代码有改动，正在构建网页应用（约半分钟）')
  await build(root, log)
  fs.writeFileSync(stampFile, stamp)
}

/** The bundler's own output comes only where it says what went wrong. */
async function build(root: string, log: (line: string) => void): Promise<void> {
  const taro = path.join(root, 'node_modules', '@tarojs', 'cli', 'bin', 'taro')
  const env = { ...process.env, NODE_ENV: 'production' }
  const child = spawn(process.execPath, [taro, 'build', '--type', 'h5'], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const output: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => output.push(text))
  const started = Date.now()
  const progress = setInterval(() => log(`仍在构建，已 ${Math.round((Date.now() - started) / 1000)} 秒`), 10_000)
  const stopWithUs = () => child.kill()
  process.once('exit', stopWithUs)
  const [code] = await once(child, 'exit')
  process.off('exit', stopWithUs)
  clearInterval(progress)
  if (code !== 0) throw new StartError(`网页应用构建失败：\n${output.join('')}`)
}

function fingerprint(root: string): string {
  const hash = createHash('sha256').update(process.env.TARO_APP_API_ORIGIN ?? '')
  for (const source of SOURCES) {
    for (const file of filesUnder(path.join(root, source))) {
      hash.update(`\0${path.relative(root, file)}\0`).update(fs.readFileSync(file))
    }
  }
  return hash.digest('hex')
}

function filesUnder(place: string): string[] {
  if (!fs.existsSync(place)) return []
  if (!fs.statSync(place).isDirectory()) return [place]
  const names = fs.readdirSync(place).sort()
  return names.flatMap((name) => filesUnder(path.join(place, name)))
}
