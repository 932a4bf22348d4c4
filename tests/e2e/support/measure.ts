// Functions that run inside the page: each is sent there on its own, so each brings all that it needs.

/**
 * Until the layout stands: the fonts are there and no box moved over several frames. What turns for ever (a ring, a mark against
 * screenshots) is not waited for. After three seconds all the same: whoever measures then sees what there is.
 */
export async function layoutStands() {
  const patienceMs = 3000
  const stillFrames = 5
  const deadline = performance.now() + patienceMs
  const frame = () => new Promise<void>((resolve) => {
    const late = setTimeout(resolve, 100) // a page in the background gets no frames
    requestAnimationFrame(() => {
      clearTimeout(late)
      resolve()
    })
  })
  const boxes = () => {
    const endless = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime === Infinity)
    const turning = endless.flatMap(({ effect }) => (effect as KeyframeEffect).target ?? [])
    const still = [...document.body.querySelectorAll('*')].filter((element) => !turning.some((each) => each.contains(element)))
    const sides = still.flatMap((element) => {
      const { x, y, width, height } = element.getBoundingClientRect()
      return [x, y, width, height].map(Math.round)
    })
    return sides.join()
  }
  await document.fonts.ready
  let before = boxes()
  for (let still = 0; still < stillFrames && performance.now() < deadline; ) {
    await frame()
    const now = boxes()
    still = now === before ? still + 1 : 0
    before = now
  }
}

/** What can be pressed or filled in, with the size of what reacts: for a radio or checkbox that is its label. */
export function measureTargets() {
  const selector =
    'a[href],button,input:not([type=hidden]),select,textarea,summary,[role=button],[role=link],[role=tab],[role=switch],[tabindex="0"]'
  const seen = new Set<Element>()
  const shown = (element: Element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !element.closest('[inert],[aria-hidden=true]')
  const inSentence = (element: Element) =>
    element.tagName === 'A' &&
    getComputedStyle(element).display === 'inline' &&
    element.parentElement?.textContent?.trim() !== element.textContent?.trim()
  const targets: { what: string; width: number; height: number }[] = []
  for (const element of document.querySelectorAll<HTMLInputElement>(selector)) {
    const reacts = /^(radio|checkbox|file)$/.test(element.type) ? (element.labels?.[0] ?? element) : element
    if (seen.has(reacts) || !shown(reacts) || inSentence(reacts)) continue
    seen.add(reacts)
    const { width, height } = reacts.getBoundingClientRect()
    if (width <= 1 && height <= 1) continue // a skip link before it has focus
    const name = element.getAttribute('aria-label') ?? (reacts.textContent?.trim() || element.id)
    targets.push({ what: `${reacts.tagName.toLowerCase()} “${name.slice(0, 30)}”`, width, height })
  }
  return targets
}

/** Every visible element with text of its own: font size in px, line height as a multiple of it. */
export function measureText() {
  const texts: { what: string; font: number; line: number }[] = []
  for (const element of document.body.querySelectorAll<HTMLElement>('*')) {
    const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim())
    if (!own.length || element.closest('svg,script,style,noscript,[aria-hidden=true],[inert]')) continue
    const { width, height } = element.getBoundingClientRect()
    if (!element.checkVisibility() || (width <= 1 && height <= 1)) continue
    const style = getComputedStyle(element)
    const font = parseFloat(style.fontSize)
    const line = style.lineHeight === 'normal' ? 1.2 : parseFloat(style.lineHeight) / font // normal: what a Latin font gives at least
    texts.push({ what: `${element.tagName.toLowerCase()}.${element.className} “${own[0]?.textContent?.trim().slice(0, 20)}”`, font, line })
  }
  return texts
}

/** How much of the page, in px, does not fit on the screen and has to be scrolled to. */
export function hiddenBelow() {
  const frames = [document.documentElement, ...document.querySelectorAll('.taro_page')].filter((frame) => frame.checkVisibility())
  return Math.max(...frames.map((frame) => frame.scrollHeight - frame.clientHeight))
}

/** What makes the page scroll sideways: the page itself or one of its full-width frames. A scroller of its own inside may. */
export function overflows() {
  const frames = [document.scrollingElement, ...document.querySelectorAll('.taro_page, main')].filter((frame) => frame !== null)
  const wide = frames.filter((frame) => frame.checkVisibility() && frame.scrollWidth > frame.clientWidth + 1)
  if (!wide.length) return []
  const inScroller = (element: Element): boolean => {
    const parent = element.parentElement
    if (!parent || frames.includes(parent)) return false
    return /auto|scroll|hidden|clip/.test(getComputedStyle(parent).overflowX) || inScroller(parent)
  }
  const guilty = [...document.body.querySelectorAll('*')].filter((element) => {
    const { right, width } = element.getBoundingClientRect()
    return width > 0 && right > document.documentElement.clientWidth + 1 && !inScroller(element)
  })
  const describe = (element: Element) =>
    `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''} “${element.textContent?.trim().slice(0, 20)}”`
  return guilty.length ? guilty.slice(-3).map(describe) : wide.map(describe)
}

/** Text that is cut off because its box does not grow. */
export function clippedText() {
  const clipped = [...document.body.querySelectorAll<HTMLElement>('*')].filter((element) => {
    const own = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim())
    const { overflowX, overflowY } = getComputedStyle(element)
    const { width, height } = element.getBoundingClientRect()
    if (!own || !element.checkVisibility() || (width <= 1 && height <= 1) || element.closest('[inert],[aria-hidden=true]')) return false
    const cut = (overflow: string) => overflow === 'hidden' || overflow === 'clip'
    return (
      (cut(overflowX) && element.scrollWidth > element.clientWidth + 1) ||
      (cut(overflowY) && element.scrollHeight > element.clientHeight + 1)
    )
  })
  return clipped.map(
    (element) => `cut off: ${element.tagName.toLowerCase()}.${element.className} “${element.textContent?.trim().slice(0, 20)}”`
  )
}

/** Multiplies the size of all text, as a person who needs large type does; 1 puts everything back. */
export function scaleText(factor: number) {
  const elements = [...document.body.querySelectorAll<HTMLElement>('*')]
  const mark = 'data-style-before'
  if (factor === 1) {
    for (const element of elements.filter((each) => each.hasAttribute(mark))) {
      element.setAttribute('style', element.getAttribute(mark) ?? '')
      element.removeAttribute(mark)
    }
    return
  }
  const sizes = elements.map((element) => {
    const { fontSize, lineHeight } = getComputedStyle(element)
    const font = parseFloat(fontSize)
    return { element, font, line: lineHeight === 'normal' ? 'normal' : String(parseFloat(lineHeight) / font) }
  })
  for (const { element, font, line } of sizes) {
    if (element.closest('svg')) continue
    element.setAttribute(mark, element.getAttribute('style') ?? '')
    element.style.fontSize = `${font * factor}px`
    element.style.lineHeight = line
  }
}
