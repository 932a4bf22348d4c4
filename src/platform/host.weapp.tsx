// Host elements for the mini-program. `role` and `aria-*` reach WXML through config/plugins/weapp-aria.js.
// There is no keyboard here, so `tabIndex` and `onKey` are dropped.
import { Button, Image, Text, View } from '@tarojs/components'
import { forwardRef } from 'react'
import type * as H from './host'

export function Box({ reachable: _reachable, ...rest }: H.BoxProps & { reachable?: boolean }) {
  return <View {...(rest as object)} />
}

export function Span(props: H.BoxProps) {
  return <Text {...(props as object)} />
}

export function Heading({ level: _level, ...rest }: H.BoxProps & { level: 1 | 2 | 3 }) {
  return <View role='heading' {...(rest as object)} />
}

export function List(props: H.BoxProps) {
  return <View role='list' {...(props as object)} />
}

export function Item(props: H.BoxProps) {
  return <View role='listitem' {...(props as object)} />
}

export const Press = forwardRef<HTMLButtonElement, H.PressProps>(function Press(props, _ref) {
  const { onPress, onKey: _onKey, tabIndex: _tabIndex, submit, busy, ...rest } = props
  const disabled = props.disabled || busy
  return <Button
    hoverClass='pressed' {...(rest as object)} disabled={disabled} formType={submit ? 'submit' : undefined} aria-busy={busy || undefined}
    onClick={disabled ? undefined : onPress}
  />
})

export function Link({ href: _href, onPress, ...rest }: H.LinkProps) {
  return <View role='link' hoverClass='pressed' {...(rest as object)} onClick={onPress} />
}

export function Picture({ src, label, className }: H.PictureProps) {
  return <Image src={src} className={className} mode='aspectFill' aria-label={label} aria-hidden={label === ''} />
}
