import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import { becomes, until } from './until'

/** The page in front has this title, and focus is on it: a screen reader reads it, and Tab goes on from there. */
export async function arrived(page: Page, title: string | RegExp) {
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
  const read = () => page.evaluate(() => {
    const at = document.activeElement
    return at?.tagName === 'H1' && at.checkVisibility() ? (at.textContent ?? '') : ''
  })
  await until(`focus on the heading ${String(title)}`, async () => new RegExp(title).test(await read()))
}

/** Closes the dialog by Escape, once it has taken the keyboard. */
export async function escapeFrom(page: Page, dialog: Locator) {
  await until('focus in the dialog', () => dialog.evaluate((element) => element.contains(document.activeElement)))
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
}

/** Until the element with this id has focus. */
export const focusComesTo = (page: Page, id: string, message?: string) =>
  becomes(() => page.evaluate(() => document.activeElement?.id), id, message)

/** More stops than any page of ours has. */
const MAX_STOPS = 120

const hasFocus = (target: Locator) => target.evaluateAll((elements) => elements.some((element) => element === document.activeElement))

const focused = (page: Page) =>
  page.evaluate(() => {
    const { activeElement: at } = document
    return at && at !== document.body
      ? `${at.tagName.toLowerCase()} “${(at.getAttribute('aria-label') ?? at.textContent ?? '').trim().slice(0, 20)}”`
      : 'nothing'
  })

/**
 * Walks with Tab alone until the target has focus, and sees that the focus shows and nothing lies on it (WCAG 2.2, 2.4.11). Fails with
 * the stops on the way.
 */
export async function tabTo(page: Page, target: Locator) {
  const stops: string[] = []
  await target.first().waitFor()
  while (!(await hasFocus(target))) {
    assert.ok(stops.length < MAX_STOPS, `Tab does not reach ${String(target)}; it stopped at ${stops.slice(0, 40).join(' > ')}`)
    await page.keyboard.press('Tab')
    stops.push(await focused(page))
  }
  assert.ok(await focusShows(page), `the focus on ${await focused(page)} cannot be seen`)
  assert.ok(!(await focusCovered(page)), `something lies on ${await focused(page)}, which has focus`)
}

/** All of it, at its middle and its corners; for a hidden input, all of its label. What only a screen reader meets is not looked at. */
function focusCovered(page: Page) {
  return page.evaluate(() => {
    const at = document.activeElement as HTMLInputElement | null
    const places = at ? [at, ...(at.labels ?? [])].filter((place) => place.getBoundingClientRect().width > 1) : []
    const coveredAt = (place: Element, x: number, y: number) => {
      const front = document.elementFromPoint(x, y)
      return !front || !(place.contains(front) || front.contains(place))
    }
    const covered = (place: Element) => {
      const { left, right, top, bottom } = place.getBoundingClientRect()
      const down = [top + 2, (top + bottom) / 2, bottom - 2]
      return [left + 2, (left + right) / 2, right - 2].every((x) => down.every((y) => coveredAt(place, x, y)))
    }
    return places.length > 0 && places.every(covered)
  })
}

/** An outline, a shadow or another border than without focus, on the element or on its label. */
function focusShows(page: Page) {
  return page.evaluate(() => {
    const at = document.activeElement as HTMLInputElement | null
    if (!at) return false
    const looks = (element: Element) => {
      const { outlineStyle, outlineWidth, boxShadow, borderColor, backgroundColor } = getComputedStyle(element)
      const outlined = outlineStyle !== 'none' && parseFloat(outlineWidth) > 0
      return { outlined, rest: [boxShadow, borderColor, backgroundColor].join() }
    }
    const places = [
      at,
      ...(at.labels ?? []),
      ...(at.parentElement ? [at.parentElement] : []),
      ...(at.nextElementSibling ? [at.nextElementSibling] : [])
    ]
    const focused = places.map(looks)
    at.blur()
    const resting = places.map(looks)
    at.focus({ preventScroll: true })
    return focused.some((look, index) => (look.outlined && !resting[index]?.outlined) || look.rest !== resting[index]?.rest)
  })
}

/** Reaches a button or link by Tab and presses it by Enter. */
export async function pressByKeyboard(page: Page, role: 'button' | 'link' | 'tab', name: string | RegExp) {
  await tabTo(page, page.getByRole(role, { name }))
  await page.keyboard.press('Enter')
}

/** Reaches a field by Tab, clears it and types. */
export async function typeByKeyboard(page: Page, label: string | RegExp, text: string) {
  await tabTo(page, page.getByLabel(label))
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type(text)
}

/** Reaches a checkbox or switch by Tab and turns it by Space. */
export async function toggleByKeyboard(page: Page, name: string | RegExp) {
  await tabTo(page, page.getByRole('checkbox', { name }).or(page.getByRole('switch', { name })))
  await page.keyboard.press('Space')
}

/** Reaches a radio group by Tab and goes to the option with the arrow keys. */
export async function chooseByKeyboard(page: Page, option: string | RegExp) {
  const target = page.getByRole('radio', { name: option })
  const group = page.getByRole('radiogroup').filter({ has: target }).getByRole('radio')
  await tabTo(page, group)
  const count = await group.count()
  for (let step = 0; step <= count && !(await target.isChecked()); step++) await page.keyboard.press(step === 0 ? 'Space' : 'ArrowDown')
  assert.ok(await target.isChecked(), `the arrow keys do not reach ${String(option)}`)
}

/** Goes through the options of a closed select with the arrow keys. */
export async function selectByKeyboard(page: Page, target: Locator, option: string | RegExp) {
  await tabTo(page, target)
  const shown = () => target.evaluate((select: HTMLSelectElement) => select.selectedOptions[0]?.label ?? '')
  const fits = (label: string) => (typeof option === 'string' ? label === option : option.test(label))
  const offered = () => target.evaluate((select: HTMLSelectElement) => [...select.options].map(({ label }) => label))
  await until(`the option ${String(option)}`, async () => (await offered()).some(fits))
  const count = (await offered()).length
  for (let step = 0; step < count && !fits(await shown()); step++) await page.keyboard.press('ArrowDown')
  assert.ok(fits(await shown()), `the arrow keys do not reach ${String(option)}: ${await shown()}`)
}
