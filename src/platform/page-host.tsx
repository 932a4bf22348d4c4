// The frame of a page in the browser; page-host.weapp.tsx takes this file's place in the mini-program.
import { useDidShow } from '@tarojs/taro'
import { useEffect, useId, useRef, type ReactNode } from 'react'
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

/**
 * Landmarks, window title and focus. A newly opened page takes focus on its h1, so that a screen reader reads it;
 * a page shown again gives focus back to what had it. The first page of a visit leaves focus where the browser put it.
 */
export function PageHost({ title, elder, className, head, children }: PageHostProps) {
  const root = useRef<HTMLDivElement>(null)
  const main = useRef<HTMLElement>(null)
  const last = useRef<HTMLElement | null>(null)
  const seen = useRef(false)
  const mainId = useId()

  useDidShow(() => {
    const opening = !seen.current
    seen.current = true
    document.title = title
    if (shown++ === 0) return
    setTimeout(() => {
      const target = opening ? root.current?.querySelector<HTMLElement>('h1') : last.current
      if (!target) return
      if (opening) target.tabIndex = -1
      target.focus({ preventScroll: true })
    }, opening ? 350 : 50)
  })
  useEffect(() => {
    document.title = title
  }, [title])
  useEffect(() => {
    document.documentElement.classList.toggle('elder', elder)
  }, [elder])
  useEffect(() => {
    const timer = setTimeout(nameTabBar, 300)
    return () => clearTimeout(timer)
  }, [])

  return <div ref={root} className={className} onFocus={(event) => { last.current = event.target }}>
    <a className='skip' href={`#${mainId}`} onClick={(event) => { event.preventDefault(); main.current?.focus() }}>跳到主要内容</a>
    <header>{head}</header>
    <main ref={main} id={mainId} tabIndex={-1} className='page-main'>{children}</main>
  </div>
}

function nameTabBar() {
  const bar = document.querySelector('taro-tabbar')
  bar?.setAttribute('role', 'navigation')
  bar?.setAttribute('aria-label', '主导航')
}

/** Whether a page draws its own title and back control; the mini-program has a navigation bar. */
export const drawsOwnBar = true
