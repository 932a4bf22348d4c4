import { useState } from 'react'
import type { FieldValue } from '../../domain/form/types'
import { centsOf, numberOf, yuanOf } from './amount'
import { Field } from './field'

interface NumberInputProps {
  id: string
  label: string
  required: boolean
  hint?: string
  error?: string
  unit: string | null
  /** Typed in 元, kept in 分. */
  money: boolean
  value: FieldValue
  onChange: (value: FieldValue) => void
  onCheck: (value: FieldValue) => void
}

/** A number as it is typed: what is no number stays as it is, for the check to name it. */
export function NumberInput({ label, unit, money, value, onChange, onCheck, ...rest }: NumberInputProps) {
  const [typed, setTyped] = useState(() => textOf(value, money))
  const shown = valueOf(typed, money) === value ? typed : textOf(value, money)
  const measure = money ? '元' : unit
  return <Field
    {...rest} kind='decimal' label={measure ? `${label}（${measure}）` : label} maxLength={20} value={shown}
    onChange={(text) => {
      setTyped(text)
      onChange(valueOf(text, money))
    }}
    onBlur={() => { if (value !== null) onCheck(value) }}
  />
}

function textOf(value: FieldValue, money: boolean): string {
  if (typeof value === 'number') return money ? yuanOf(value) : String(value)
  return typeof value === 'string' ? value : ''
}

function valueOf(text: string, money: boolean): FieldValue {
  const value = money ? centsOf(text) : numberOf(text)
  return value === undefined ? text : value
}
