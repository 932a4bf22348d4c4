function calm() {
  return typeof matchMedia !== 'undefined' && matchMedia('(prefers-reduced-motion: reduce)').matches
}

/** Brings the element with this id into sight. */
export function scrollToId(id: string): void {
  document.getElementById(id)?.scrollIntoView({ behavior: calm() ? 'auto' : 'smooth', block: 'center' })
}

/** Brings the element into sight and gives it the keyboard; in the mini-program set `focus` on the field as well. */
export function focusId(id: string): void {
  scrollToId(id)
  document.getElementById(id)?.focus({ preventScroll: true })
}
