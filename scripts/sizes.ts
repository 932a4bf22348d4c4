/** `npm run sizes`: what a phone downloads, against the limits. Ends with 1 when one is exceeded or old phones could not read a script. */
import fs from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { chromium } from 'playwright-core'
import { ensureBrowser } from './browser'
import { newerSyntax } from './syntax'

const KB = 1024
const MB = 1024 * KB
const LIMITS = { mainPackage: 1.2 * MB, subpackage: MB, firstLoad: 200 * KB }

/** One measured thing, in bytes; without a limit it is only shown. */
interface Measure {
  name: string
  bytes: number
  limit?: number
}

const dist = path.resolve(__dirname, '../dist')
const filesUnder = (folder: string): string[] =>
  fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name)
    return entry.isDirectory() ? filesUnder(file) : [file]
  })

function requireBuild(folder: string, sign: string, mend: string) {
  if (!fs.existsSync(path.join(folder, sign))) throw new Error(`${folder} 还没有构建：先运行 ${mend}`)
}

/** Every package of the mini-program, as WeChat counts them: the main one is all that lies in no subpackage. */
function weappPackages(folder: string): Measure[] {
  requireBuild(folder, 'app.json', 'npm run build:weapp')
  const app = JSON.parse(fs.readFileSync(path.join(folder, 'app.json'), 'utf8')) as Record<string, { root: string }[] | undefined>
  const roots = (app.subPackages ?? app.subpackages ?? []).map(({ root }) => root.replace(/\/?$/, '/'))
  const sizes = new Map(['', ...roots].map((root) => [root, 0]))
  for (const file of filesUnder(folder)) {
    const inside = path.relative(folder, file).split(path.sep).join('/')
    const root = roots.find((candidate) => inside.startsWith(candidate)) ?? ''
    sizes.set(root, (sizes.get(root) ?? 0) + fs.statSync(file).size)
  }
  return [...sizes].map(([root, bytes]) => ({
    name: root ? `小程序分包 ${root}` : '小程序主包',
    bytes,
    limit: root ? LIMITS.subpackage : LIMITS.mainPackage
  }))
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml'
}

/** The built app as the server hands it out; the API is away, which changes nothing about which scripts home needs. */
function serve(folder: string): Promise<http.Server> {
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://local')
    const asked = path.join(folder, path.normalize(decodeURIComponent(pathname)))
    const isFile = fs.existsSync(asked) && fs.statSync(asked).isFile()
    if (!isFile && (pathname.startsWith('/api/') || path.extname(pathname))) return response.writeHead(503).end()
    const file = isFile ? asked : path.join(folder, 'index.html')
    response.setHeader('content-type', TYPES[path.extname(file)] ?? 'application/octet-stream')
    response.end(fs.readFileSync(file))
  })
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}

/** What a first visit of `/` really fetches, in real Chromium, until the network is quiet; gzip at the level a CDN uses. */
async function h5FirstLoad(folder: string): Promise<Measure[]> {
  requireBuild(folder, 'index.html', 'npm run build:h5')
  const server = await serve(folder)
  const browser = await chromium.launch({ executablePath: await ensureBrowser(), args: ['--no-sandbox', '--disable-gpu'] })
  try {
    const page = await browser.newPage()
    const fetched = new Map<string, string>()
    page.on('response', (response) => void fetched.set(new URL(response.url()).pathname, response.request().resourceType()))
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { waitUntil: 'networkidle' })
    const gzipped = (type: string) =>
      [...fetched]
        .filter(([file, kind]) => kind === type && fs.existsSync(path.join(folder, file)))
        .reduce((sum, [file]) => sum + gzipSync(fs.readFileSync(path.join(folder, file)), { level: 6 }).length, 0)
    const script = gzipped('script')
    if (script === 0) throw new Error(`${folder} 的首页没有载入任何脚本：构建不完整，请重新运行 npm run build:h5`)
    return [
      { name: '网页首次打开：脚本（gzip）', bytes: script, limit: LIMITS.firstLoad },
      { name: '网页首次打开：样式（gzip）', bytes: gzipped('stylesheet') }
    ]
  } finally {
    await browser.close()
    server.closeAllConnections()
    server.close()
  }
}

function unreadable(folder: string): string[] {
  const scripts = filesUnder(folder).filter((file) => file.endsWith('.js'))
  return scripts.flatMap((file) => {
    const fault = newerSyntax(fs.readFileSync(file, 'utf8'))
    return fault ? [`${path.relative(dist, file)}：${fault}`] : []
  })
}

async function main() {
  const [weapp, h5] = ['weapp', 'h5'].map((name) => path.join(dist, name)) as [string, string]
  const measures = [...weappPackages(weapp), ...(await h5FirstLoad(h5))]
  const kilobytes = (bytes: number) => `${(bytes / KB).toFixed(1)} KB`
  for (const { name, bytes, limit } of measures) {
    const verdict = limit === undefined ? '' : `（上限 ${kilobytes(limit)}）${bytes > limit ? '  超出' : ''}`
    console.log(`${kilobytes(bytes).padStart(10)}  ${name}${verdict}`)
  }
  const faults = [...unreadable(weapp), ...unreadable(h5)]
  for (const fault of faults) console.log(`旧手机读不懂：${fault}`)
  const tooBig = measures.some(({ bytes, limit }) => limit !== undefined && bytes > limit)
  if (tooBig || faults.length) process.exitCode = 1
}

main().catch((error: Error) => {
  console.error(error.message)
  process.exitCode = 1
})
