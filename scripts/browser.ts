/** Finds, or where it may installs, the Chromium that the tests use. By itself: `npx tsx scripts/browser.ts` prints where it is. */
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { chromium } from 'playwright-core'

const CANDIDATES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/lib/chromium/chromium',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'
]

/** One way to mend what is missing: commands that need no shell, and the same as a line to copy. */
interface Mend {
  commands: string[][]
  line: string
  /** Whether this process has the rights to do it. */
  allowed: boolean
}

/**
 * The path of a Chromium that starts, with a Chinese font beside it. CHROMIUM names another one. Installs both as root on Debian and
 * Ubuntu, and Playwright's own browser on macOS and Windows, where it needs no rights.
 *
 * @throws an Error that says what is missing, and the exact line to run
 */
export async function ensureBrowser(): Promise<string> {
  const named = process.env.CHROMIUM
  if (named && !starts(named)) throw new Error(`CHROMIUM=${named} 不能启动：请改成一个能用的 Chromium 或 Chrome，或去掉这个环境变量`)
  const found = find()
  const missing = [...(found ? [] : ['浏览器（Chromium）']), ...(hasChineseFont() ? [] : ['中文字体'])]
  if (found && missing.length === 0) return found
  const mend = mendFor(found === undefined)
  if (!mend.allowed) throw new Error(`缺少${missing.join('和')}，又没有权限代为安装。请运行下面这一行，然后重试：\n\n  ${mend.line}\n`)
  console.error(`缺少${missing.join('和')}，正在安装：${mend.line}`)
  for (const [program = '', ...args] of mend.commands) run(program, args, mend.line)
  const installed = find()
  if (!installed) throw new Error(`已安装，但 Chromium 仍不能启动。请查看它缺什么，或用 CHROMIUM 指定一个：\n\n  ${mend.line}\n`)
  return installed
}

function find(): string | undefined {
  const named = process.env.CHROMIUM
  return named ?? [...CANDIDATES, chromium.executablePath()].find(starts)
}

/** Ubuntu's apt package is a stub that only asks for the snap; a snap's browser can't see our profile folder. */
function isSnap(file: string) {
  if (fs.realpathSync(file).includes('/snap/')) return true
  const { size } = fs.statSync(file)
  return size < 64 * 1024 && fs.readFileSync(file, 'utf8').includes('/snap/')
}

function starts(file: string): boolean {
  if (!fs.existsSync(file) || isSnap(file)) return false
  if (process.platform === 'win32') return true // chrome.exe prints no version there
  return spawnSync(file, ['--version', '--no-sandbox'], { timeout: 20_000 }).status === 0
}

function hasChineseFont(): boolean {
  if (process.platform !== 'linux') return true
  const { status, stdout } = spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' })
  return status === 0 && stdout.trim() !== ''
}

function mendFor(browserMissing: boolean): Mend {
  const playwright = ['npx', 'playwright-core', 'install', 'chromium']
  if (process.platform !== 'linux') return mend([playwright], true)
  const root = process.getuid?.() === 0
  const { id, family } = distribution()
  const fonts = ['fontconfig', 'fonts-noto-cjk']
  if (id === 'debian') return apt(browserMissing ? ['chromium', ...fonts] : fonts, root)
  if (family.includes('debian')) {
    const browser = ['npx', 'playwright-core', 'install', '--with-deps', 'chromium']
    return mend([...(browserMissing ? [browser] : []), ...apt(fonts, root).commands], root)
  }
  return mend([['dnf', 'install', '-y', ...(browserMissing ? ['chromium'] : []), 'google-noto-sans-cjk-fonts', 'fontconfig']], root)
}

const apt = (packages: string[], root: boolean) =>
  mend(
    [
      ['apt-get', 'update'],
      ['apt-get', 'install', '-y', '--no-install-recommends', ...packages]
    ],
    root
  )

function mend(commands: string[][], allowed: boolean): Mend {
  const asRoot = (words: string[]) => (allowed || words[0] === 'npx' ? words : ['sudo', ...words])
  return { commands, allowed, line: commands.map((words) => asRoot(words).join(' ')).join(' && ') }
}

function distribution() {
  const text = fs.existsSync('/etc/os-release') ? fs.readFileSync('/etc/os-release', 'utf8') : ''
  const value = (key: string) => new RegExp(`^${key}="?([^"\\n]*)"?$`, 'm').exec(text)?.[1] ?? ''
  return { id: value('ID'), family: `${value('ID')} ${value('ID_LIKE')}`.split(' ') }
}

function run(program: string, args: string[], line: string) {
  const { status, error } = spawnSync(program, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  })
  if (status !== 0) throw new Error(`安装未成功（${error?.message ?? `退出码 ${status}`}）。请自己运行下面这一行看看：\n\n  ${line}\n`)
}

if (require.main === module) {
  ensureBrowser().then(console.log, (error: Error) => {
    console.error(error.message)
    process.exitCode = 1
  })
}
