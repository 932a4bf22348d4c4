// Form elements for the browser; form-host.weapp.tsx takes this file's place in the mini-program.
import { useEffect, useRef, type ReactNode } from 'react'
import type { Aria } from './host'

export interface FormProps {
  className?: string
  children?: ReactNode
  onSubmit: () => void
}

/** A form; a `Press` with `submit` inside it, or Enter in a field on H5, submits it. */
export function Form({ onSubmit, ...rest }: FormProps) {
  return <form noValidate {...rest} onSubmit={(event) => { event.preventDefault(); onSubmit() }} />
}

export interface LabelProps {
  target: string
  id?: string
  className?: string
  children?: ReactNode
}

export function LabelHost({ target, ...rest }: LabelProps) {
  return <label htmlFor={target} {...rest} />
}

export type InputKind = 'text' | 'tel' | 'idcard' | 'number' | 'decimal' | 'search' | 'multiline'

interface ControlProps extends Aria {
  id: string
  className?: string
  disabled?: boolean
  required?: boolean
  onBlur?: () => void
  /** Everything a screen reader should say in the mini-program, where labels can't be tied to a field. */
  spoken: string
}

export interface InputProps extends ControlProps {
  value: string
  kind?: InputKind
  placeholder?: string
  maxLength?: number
  autoComplete?: string
  focus?: boolean
  onChange: (value: string) => void
  /** The search or done key of the on-screen keyboard. */
  onEnter?: () => void
}

const inputModes = { text: undefined, tel: 'tel', idcard: undefined, number: 'numeric', decimal: 'decimal', search: 'search' } as const

export function InputHost({ kind = 'text', onChange, onEnter, focus, spoken: _spoken, ...rest }: InputProps) {
  const input = useRef<HTMLInputElement>(null)
  const area = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    if (focus) (input.current ?? area.current)?.focus()
  }, [focus])
  if (kind === 'multiline') return <textarea ref={area} rows={4} {...rest} onChange={(event) => onChange(event.target.value)} />
  return <input
    ref={input} {...rest} type={kind === 'tel' || kind === 'search' ? kind : 'text'} inputMode={inputModes[kind]}
    onChange={(event) => onChange(event.target.value)}
    onKeyDown={onEnter && ((event) => { if (event.key === 'Enter' && !event.nativeEvent.isComposing) onEnter() })}
  />
}

export interface Choosable {
  value: string
  label: string
}

export interface SelectProps extends ControlProps {
  value: string
  options: Choosable[]
  placeholder: string
  onChange: (value: string) => void
}

/** One of many, as the phone's own wheel. */
export function SelectHost({ options, placeholder, onChange, spoken: _spoken, ...rest }: SelectProps) {
  return <select {...rest} onChange={(event) => onChange(event.target.value)}>
    <option value=''>{placeholder}</option>
    {options.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}
  </select>
}

export interface DateProps extends ControlProps {
  /** ISO day, or empty. */
  value: string
  min?: string
  max?: string
  placeholder: string
  onChange: (day: string) => void
}

export function DateHost({ onChange, placeholder: _placeholder, spoken: _spoken, ...rest }: DateProps) {
  return <input type='date' {...rest} onChange={(event) => onChange(event.target.value)} />
}

export interface TimeProps extends ControlProps {
  /** 'HH:mm', or empty. */
  value: string
  placeholder: string
  onChange: (time: string) => void
}

export function TimeHost({ onChange, placeholder: _placeholder, spoken: _spoken, ...rest }: TimeProps) {
  return <input type='time' {...rest} onChange={(event) => onChange(event.target.value)} />
}

export interface GroupProps {
  id: string
  legend: ReactNode
  className?: string
  children?: ReactNode
  multiple?: boolean
  required?: boolean
  describedBy?: string
  invalid?: boolean
  spoken: string
}

/** The frame of radio buttons or check boxes. */
export function Group({ legend, describedBy, multiple, required, invalid, spoken: _spoken, children, ...rest }: GroupProps) {
  return <fieldset
    {...rest} role={multiple ? 'group' : 'radiogroup'} aria-describedby={describedBy}
    aria-invalid={!multiple && invalid ? true : undefined} aria-required={!multiple && required ? true : undefined}
  ><legend className='field-label'>{legend}</legend>{children}</fieldset>
}

export interface OptionProps {
  group: string
  label: string
  note?: string
  multiple?: boolean
  checked: boolean
  disabled?: boolean
  className?: string
  onPick: () => void
}

export function Option({ group, label, note, multiple, checked, disabled, className, onPick }: OptionProps) {
  return <label className={className}>
    <input
      className='option-input' type={multiple ? 'checkbox' : 'radio'} name={group} checked={checked} disabled={disabled}
      onChange={onPick}
    />
    <span className='option-text'>{label}{note && <span className='option-note'>{note}</span>}</span>
  </label>
}
