// What lies over the page, in the browser; layer.weapp.tsx takes this file's place in the mini-program.
import { useEffect, useRef, type ReactNode } from 'react'
import { createPortal } from 'react-dom'

export interface LayerProps {
  labelledBy: string
  describedBy?: string
  className: string
  layerClass: string
  children?: ReactNode
  onClose: () => void
}

/** A modal layer: drawn outside the page, all else inert; focus goes in, Tab stays in, Escape closes, focus returns. */
export function Layer({ labelledBy, describedBy, className, layerClass, children, onClose }: LayerProps) {
  const box = useRef<HTMLDivElement>(null)
  const close = useRef(onClose)
  useEffect(() => {
    close.current = onClose
  })
  useEffect(() => {
    const dialog = box.current
    if (!dialog) return
    return holdFocus(dialog, () => close.current())
  }, [])
  return createPortal(
    <div className={layerClass}>
      <div
        ref={box} className={className} role='dialog' aria-modal='true' aria-labelledby={labelledBy} aria-describedby={describedBy}
        tabIndex={-1}
      >{children}</div>
    </div>,
    document.body,
  )
}

const focusable = 'a[href],button,input,select,textarea,[tabindex="0"]'

function holdFocus(dialog: HTMLElement, onEscape: () => void) {
  const before = document.activeElement instanceof HTMLElement ? document.activeElement : null
  const release = makeRestInert(dialog)
  const stops = () => [...dialog.querySelectorAll<HTMLElement>(focusable)].filter((element) => !element.hasAttribute('disabled'))
  ;(stops()[0] ?? dialog).focus()

  function onKey(event: KeyboardEvent) {
    if (event.key === 'Escape') {
      event.preventDefault()
      onEscape()
    }
    if (event.key === 'Tab') keepInside(event, dialog, stops())
  }
  document.addEventListener('keydown', onKey, true)
  return () => {
    document.removeEventListener('keydown', onKey, true)
    release()
    before?.focus()
  }
}

function makeRestInert(dialog: HTMLElement) {
  const rest = [...document.body.children].filter((node) => !node.contains(dialog) && !/^(SCRIPT|STYLE|LINK)$/.test(node.tagName)
    && !node.hasAttribute('inert'))
  for (const node of rest) {
    node.setAttribute('inert', '')
    node.setAttribute('aria-hidden', 'true')
  }
  return () => rest.forEach((node) => {
    node.removeAttribute('inert')
    node.removeAttribute('aria-hidden')
  })
}

function keepInside(event: KeyboardEvent, dialog: HTMLElement, stops: HTMLElement[]) {
  const first = stops[0]
  const last = stops[stops.length - 1]
  const at = document.activeElement
  const leaving = event.shiftKey ? at === first || at === dialog : at === last
  if (!first || !last) event.preventDefault()
  else if (leaving) {
    event.preventDefault()
    ;(event.shiftKey ? last : first).focus()
  }
}
