import assert from 'node:assert/strict'
import fs from 'node:fs'
import type { Page } from 'playwright-core'
import { clippedText, hiddenBelow, layoutStands, measureTargets, measureText, overflows, scaleText } from './measure'

const axeSource = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Sizes in CSS px (docs: the look); line height as a multiple of the font size. */
const RULES = {
  normal: { target: 44, font: 12 },
  elder: { target: 60, font: 18 }
}
const MIN_LINE_HEIGHT = 1.3
const NARROW = { width: 320, height: 812 }

/** Everything we ask of a page, in the state in which it stands. Fails with the list of all faults. */
export async function auditPage(page: Page, { elder = false } = {}) {
  assert.deepEqual(await faultsOf(page, { elder }), [], `faults of ${page.url()}${elder ? ' in elder mode' : ''}`)
}

/** Audits the page at this address in both modes, each once a reload and `reach` have brought it into its state; ends in normal mode. */
export async function auditInBothModes(page: Page, reach: () => Promise<unknown>) {
  for (const elder of [true, false]) {
    await page.evaluate((on) => localStorage.setItem('zsb.elder', String(on)), elder)
    await page.reload()
    await reach()
    await auditPage(page, { elder })
  }
}

/** The faults as lines, measured once the layout stands: axe, targets, type, reflow at 320 px, text at 200 %. Leaves the page as it was. */
export async function faultsOf(page: Page, { elder = false } = {}): Promise<string[]> {
  const rule = elder ? RULES.elder : RULES.normal
  await page.evaluate(layoutStands)
  return [
    ...(await axeFaults(page)),
    ...(await targetFaults(page, rule.target)),
    ...(await textFaults(page, rule.font)),
    ...(await reflowFaults(page)),
    ...(await enlargedFaults(page))
  ]
}

/**
 * On a screen as tall as the page: a target that the bar at the lower edge covers is only not scrolled to yet, and whether one is half
 * covered would change with every line of text. That what has focus is never covered is for `tabTo` to see.
 */
async function axeFaults(page: Page) {
  const before = page.viewportSize()
  await page.evaluate(axeSource)
  let found: string[] = []
  for (let left = 3; left > 0; left--) {
    await fitWhole(page)
    found = await violations(page)
    // News that arrive while axe looks make the page grow under the bar: then it was not the page as it stands.
    if (found.length === 0 || (await page.evaluate(hiddenBelow)) <= 0) break
  }
  if (before) await resize(page, before)
  return found
}

async function fitWhole(page: Page) {
  const size = page.viewportSize()
  if (size) await resize(page, { ...size, height: size.height + (await page.evaluate(hiddenBelow)) })
}

const violations = (page: Page) =>
  page.evaluate(async (tags) => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') }
    const { violations } = await axe.run(document, { runOnly: tags, resultTypes: ['violations'] })
    return violations.map(({ id, help, nodes }) => `axe ${id}: ${help}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`)
  }, AXE_TAGS)

async function resize(page: Page, size: { width: number; height: number }) {
  await page.setViewportSize(size)
  await page.evaluate(layoutStands)
}

async function targetFaults(page: Page, least: number) {
  const small = (await page.evaluate(measureTargets)).filter(({ width, height }) => width < least - 0.5 || height < least - 0.5)
  return small.map(({ what, width, height }) => `target under ${least} px: ${what} is ${Math.round(width)}×${Math.round(height)}`)
}

async function textFaults(page: Page, leastFont: number) {
  const texts = await page.evaluate(measureText)
  const small = texts.filter(({ font }) => font < leastFont).map(({ what, font }) => `text under ${leastFont} px: ${what} is ${font} px`)
  const dense = texts.filter(({ line }) => line < MIN_LINE_HEIGHT)
  return [...small, ...dense.map(({ what, line }) => `line height under ${MIN_LINE_HEIGHT}: ${what} has ${line.toFixed(2)}`)]
}

async function reflowFaults(page: Page) {
  const before = page.viewportSize()
  await resize(page, NARROW)
  const wide = await page.evaluate(overflows)
  if (before) await resize(page, before)
  return wide.map((what) => `scrolls sideways at ${NARROW.width} px: ${what}`)
}

async function enlargedFaults(page: Page) {
  await page.evaluate(scaleText, 2)
  const faults = [...(await page.evaluate(overflows)), ...(await page.evaluate(clippedText))]
  await page.evaluate(scaleText, 1)
  return faults.map((what) => `text at 200 %: ${what}`)
}
