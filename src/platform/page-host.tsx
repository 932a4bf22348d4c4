// The frame of a page in the browser; page-host.weapp.tsx takes this file's place in the mini-program.
import { useDidShow } from '@tarojs/taro'
import { useCallback, useEffect, useId, useLayoutEffect, useRef, type FocusEvent, type ReactNode } from 'react'
import './browser.scss'

export interface PageHostProps {
  title: string
  elder: boolean
  className: string
  /** Drawn before the main part: the page's head. */
  head: ReactNode
  children?: ReactNode
}

let shown = 0
/** What a frame leaves to the one that takes its place on the same page, for example when the skeleton gives way to the content. */
let handover: { page: Element | null; wasShown: boolean; takesFocus: boolean } | null = null

/** Landmarks, window title and focus. */
export function PageHost({ title, elder, className, head, children }: PageHostProps) {
  const main = useRef<HTMLElement>(null)
  const mainId = useId()
  const { root, onFocus } = usePageFocus(title)

  useEffect(() => {
    document.title = title
  }, [title])
  useEffect(() => {
    document.documentElement.classList.toggle('elder', elder)
  }, [elder])
  useEffect(() => {
    if (nameTabBar()) return
    const observer = new MutationObserver(() => {
      if (nameTabBar()) observer.disconnect()
    })
    observer.observe(document.body, { childList: true, subtree: true })
    return () => observer.disconnect()
  }, [])

  return <div ref={root} className={className} onFocus={onFocus}>
    <header>
      <a className='skip' href={`#${mainId}`} onClick={(event) => { event.preventDefault(); main.current?.focus() }}>跳到主要内容</a>
      {head}
    </header>
    <main ref={main} id={mainId} tabIndex={-1} className='page-main'>{children}</main>
  </div>
}

/**
 * A newly opened page takes focus on its h1, so that a screen reader reads it; a page shown again gives focus back to what had it.
 * The first page of a visit leaves focus where the browser put it, and no page takes focus from where somebody quick has moved it.
 */
function usePageFocus(title: string) {
  const root = useRef<HTMLDivElement>(null)
  const last = useRef<HTMLElement | null>(null)
  const seen = useRef(false)
  const opening = useRef(false)
  const give = useCallback((target: HTMLElement | null | undefined) => {
    if (!root.current?.contains(document.activeElement)) target?.focus({ preventScroll: true })
  }, [])
  const toHeading = useCallback(() => {
    opening.current = false
    const heading = root.current?.querySelector<HTMLElement>('h1')
    if (heading) heading.tabIndex = -1
    give(heading)
  }, [give])

  useDidShow(() => {
    const isNew = !seen.current
    seen.current = true
    document.title = title
    if (shown++ === 0) return
    opening.current = isNew
    if (isNew) setTimeout(toHeading, 350)
    else setTimeout(() => give(last.current), 50)
  })
  useLayoutEffect(() => {
    const frame = root.current
    const page = frame?.closest('.taro_page') ?? null
    if (handover && handover.page === page) {
      seen.current = handover.wasShown
      if (handover.takesFocus) toHeading()
    }
    return () => {
      handover = { page, wasShown: seen.current, takesFocus: opening.current || frame?.contains(document.activeElement) === true }
      queueMicrotask(() => {
        handover = null
      })
    }
  }, [toHeading])
  const onFocus = (event: FocusEvent<HTMLElement>) => {
    last.current = event.target
  }
  return { root, onFocus }
}

/** Makes the tab bar, which Taro draws when it pleases, a named landmark; false while it isn't there. */
function nameTabBar(): boolean {
  const bar = document.querySelector('taro-tabbar')
  bar?.setAttribute('role', 'navigation')
  bar?.setAttribute('aria-label', '主导航')
  return bar !== null
}

/** Whether a page draws its own title and back control; the mini-program has a navigation bar. */
export const drawsOwnBar = true
