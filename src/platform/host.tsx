// Host elements for the browser (H5 and jest): real HTML, so roles, keyboard and labels come from the browser.
// host.weapp.tsx takes this file's place in the mini-program.
import { forwardRef, type CSSProperties, type HTMLAttributes, type ReactNode } from 'react'

/** The ARIA attributes that reach both ends; the mini-program's list stands in config/plugins/weapp-aria-list.js. */
export type Aria = Pick<
  HTMLAttributes<HTMLElement>,
  | 'aria-label' | 'aria-labelledby' | 'aria-describedby' | 'aria-hidden' | 'aria-live' | 'aria-current' | 'aria-selected'
  | 'aria-checked' | 'aria-expanded' | 'aria-controls' | 'aria-invalid' | 'aria-required' | 'aria-busy'
  | 'aria-valuenow' | 'aria-valuemin' | 'aria-valuemax' | 'aria-valuetext'
>

export interface BoxProps extends Aria {
  id?: string
  className?: string
  style?: CSSProperties
  role?: string
  children?: ReactNode
}

/** A block without meaning; `reachable` lets the keyboard in, for a part that scrolls by itself. */
export function Box({ reachable, ...rest }: BoxProps & { reachable?: boolean }) {
  return <div {...rest} tabIndex={reachable ? 0 : undefined} />
}

/** A run of text inside a line; in the mini-program it holds text and other spans only, never a picture or a box. */
export function Span(props: BoxProps) {
  return <span {...props} />
}

/** A heading; a page has one of level 1, drawn by Page. */
export function Heading({ level, ...rest }: BoxProps & { level: 1 | 2 | 3 }) {
  const Tag = `h${level}` as const
  return <Tag {...rest} />
}

/** An ordered list; its children are `Item`s. */
export function List(props: BoxProps) {
  return <ol {...props} />
}

export function Item(props: BoxProps) {
  return <li {...props} />
}

export interface PressProps extends BoxProps {
  onPress?: () => void
  disabled?: boolean
  /** Under way: takes no press. On H5 it keeps focus, which a disabled button loses for good. */
  busy?: boolean
  submit?: boolean
  tabIndex?: number
  /** Key pressed while focused (H5 only); true means that the key was used up. */
  onKey?: (key: string) => boolean
}

/** Anything that is pressed. `ref` gives the element for moving focus, on H5 only. */
export const Press = forwardRef<HTMLButtonElement, PressProps>(function Press({ onPress, onKey, submit, busy, ...rest }, ref) {
  return <button
    ref={ref} type={submit ? 'submit' : 'button'} {...rest} aria-busy={busy || undefined} aria-disabled={busy || undefined}
    onClick={busy ? (event) => event.preventDefault() : onPress}
    onKeyDown={onKey && ((event) => { if (onKey(event.key)) event.preventDefault() })}
  />
})

export interface LinkProps extends Aria {
  href: string
  className?: string
  children?: ReactNode
  onPress: () => void
}

/** Opens a page: a real link on H5, so Enter, long press and "open in new tab" work. */
export function Link({ href, onPress, ...rest }: LinkProps) {
  return <a href={href} {...rest} onClick={(event) => {
    if (event.metaKey || event.ctrlKey) return
    event.preventDefault()
    onPress()
  }} />
}

export interface PictureProps {
  src: string
  /** What the picture shows; empty for decoration. */
  label: string
  className?: string
}

/** A photo or other bitmap, cut to fill its box. */
export function Picture({ src, label, className }: PictureProps) {
  return <img src={src} alt={label} className={className} style={{ objectFit: 'cover' }} />
}
