function calm() {
  return typeof matchMedia !== 'undefined' && matchMedia('(prefers-reduced-motion: reduce)').matches
}

/** Brings the element with this id into sight. */
export function scrollToId(id: string): void {
  document.getElementById(id)?.scrollIntoView({ behavior: calm() ? 'auto' : 'smooth', block: 'center' })
}

const focusable = 'input,select,textarea,button,a[href],[tabindex]'

/**
 * Brings the element into sight and gives it the keyboard, or what is first inside it for a group; in the mini-program set `focus`
 * on the field as well.
 */
export function focusId(id: string): void {
  scrollToId(id)
  const element = document.getElementById(id)
  const target = element?.matches(focusable) ? element : element?.querySelector<HTMLElement>(focusable)
  target?.focus({ preventScroll: true })
}
