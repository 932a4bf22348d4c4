import assert from 'node:assert/strict'
import { after, type TestContext } from 'node:test'
import { chromium, type Browser, type BrowserContext, type ConsoleMessage, type Page } from 'playwright-core'
import { ensureBrowser } from '../../../scripts/browser'
import { PATIENCE_MS } from './until'

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync'
]

/** A phone in somebody's hand: a page of its own cookies and storage. */
export interface Phone {
  page: Page
  context: BrowserContext
  /** Names what the test is about to cause: console lines that fit are no fault of the app. */
  expect(line: RegExp): void
  goOffline(): Promise<void>
  goOnline(): Promise<void>
}

export interface PhoneOptions {
  /** Where the app is: elder mode is switched on there before its first line runs. */
  origin?: string
  elder?: boolean
  /** No network from the start; what a service worker keeps still opens. */
  offline?: boolean
  /** CSS px. */
  width?: number
}

let shared: Promise<Browser> | undefined
after(async () => (await shared)?.close())

function browser() {
  shared ??= ensureBrowser().then((executablePath) => chromium.launch({ executablePath, args: ARGS, timeout: PATIENCE_MS }))
  return shared
}

/**
 * A phone of 375×812, touch, Chinese, in Asia/Shanghai, put away when the test ends. The test then fails on every console error, uncaught
 * exception and violation of the content security policy that `expect` did not name. A refusal of the API (4xx) is the app's to
 * handle and no error here; 5xx and missing files are.
 */
export async function withPhone(test: TestContext, options: PhoneOptions = {}): Promise<Phone> {
  const { elder = false, offline = false, width = 375, origin } = options
  const context = await (
    await browser()
  ).newContext({
    viewport: { width, height: 812 },
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce'
  })
  context.setDefaultTimeout(PATIENCE_MS)
  await context.addInitScript('globalThis.__name = (named) => named') // what esbuild leaves in functions that go to the page
  await context.addInitScript(reportPolicyViolations)
  if (elder) await context.addInitScript(switchElderOn, origin)
  const problems: string[] = []
  const expected: RegExp[] = []
  const page = await context.newPage()
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.stack ?? error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' && !isRefusal(message)) problems.push(`console: ${message.text()} (${message.location().url})`)
  })
  await context.setOffline(offline)
  test.after(async () => {
    await context.close()
    assert.deepEqual(
      problems.filter((line) => !expected.some((pattern) => pattern.test(line))),
      [],
      'the page reported problems'
    )
  })
  const setOffline = async (off: boolean) => {
    if (off) expected.push(/ERR_INTERNET_DISCONNECTED/)
    await context.setOffline(off)
  }
  if (offline) expected.push(/ERR_INTERNET_DISCONNECTED/)
  return { page, context, expect: (line) => void expected.push(line), goOffline: () => setOffline(true), goOnline: () => setOffline(false) }
}

/**
 * The app's own files are on the device: its service worker is ready only once they all are. Evaluated, not `waitForFunction`: that one
 * takes the promise of an async predicate for a yes.
 */
export async function shellKept(page: Page) {
  await page.evaluate(async () => void (await navigator.serviceWorker.ready))
}

/** Chromium writes every reply that is not 2xx to the console; from the API a 4xx is an answer. */
function isRefusal(message: ConsoleMessage) {
  return /status of 4\d\d/.test(message.text()) && new URL(message.location().url || 'about:blank').pathname.startsWith('/api/')
}

function reportPolicyViolations() {
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
    console.error(`content security policy: ${violatedDirective} ${blockedURI} ${sample}`)
  })
}

/** As src/session keeps it (platform/storage). A test that switches the mode itself is left alone. */
function switchElderOn(origin: string | undefined) {
  if (origin !== undefined && location.origin !== origin) return
  if (localStorage.getItem('zsb.elder') === null) localStorage.setItem('zsb.elder', 'true')
}
