import type { ReactNode } from 'react'
import { Press } from '../platform/host'
import { classes } from './classes'
import { Icon } from './icon'
import type { IconName } from './icon-paths'
import './button.scss'

interface ButtonProps {
  children: ReactNode
  onPress?: () => void
  /** primary: the one thing to do here · plain: others · quiet: without a frame · danger: hard to undo. */
  kind?: 'primary' | 'plain' | 'quiet' | 'danger'
  icon?: IconName
  block?: boolean
  disabled?: boolean
  /** Under way: shows it, says it and takes no second press. */
  busy?: boolean
  submit?: boolean
  /** Spoken instead of the text, when the text alone is unclear. */
  label?: string
}

const iconInk = { primary: 'white', plain: 'water-7', quiet: 'water-7', danger: 'red' } as const

/** A push button. */
export function Button({ children, onPress, kind = 'plain', icon, block, disabled, busy, submit, label }: ButtonProps) {
  return <Press
    className={classes('button', `button--${kind}`, block && 'button--block', busy && 'button--busy')}
    disabled={disabled} busy={busy} submit={submit} onPress={onPress} aria-label={label}
  >
    {icon && !busy && <Icon name={icon} ink={disabled ? 'ink-2' : iconInk[kind]} size='small' />}
    {busy ? '处理中…' : children}
  </Press>
}
