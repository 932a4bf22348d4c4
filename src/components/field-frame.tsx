import type { ReactNode } from 'react'
import { Box } from '../platform/host'
import { classes } from './classes'

interface FieldFrameProps {
  id: string
  label?: ReactNode
  hint?: string
  error?: string
  children: ReactNode
}

/** Label, hint, control and error in one order. The error's place is always there: a live region must exist before its text. */
export function FieldFrame({ id, label, hint, error, children }: FieldFrameProps) {
  return <Box className={classes('field', error && 'is-bad')}>
    {label}
    {hint && <Box id={`${id}-hint`} className='field-hint'>{hint}</Box>}
    {children}
    <FieldError id={id} error={error} />
  </Box>
}

export function FieldError({ id, error }: { id: string; error?: string }) {
  return <Box id={`${id}-error`} className='field-error' aria-live='polite'>{error && `错误：${error}`}</Box>
}

/** Ids of what describes a field, for aria-describedby. */
export function describedBy(id: string, hint?: string, error?: string): string | undefined {
  return classes(hint && `${id}-hint`, error && `${id}-error`) || undefined
}

/** What a screen reader says for a field in the mini-program, where labels can't be tied to fields. */
export function spokenLabel(label: string, about: { required?: boolean; hint?: string; error?: string }): string {
  return [label, about.required ? '必填' : '选填', about.hint, about.error && `错误：${about.error}`].filter(Boolean).join('，')
}
