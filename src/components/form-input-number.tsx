import { useState } from 'react'
import type { FieldValue } from '../../domain/form/types'
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
  onBlur?: () => void
}

/** A number as it is typed: what is no number stays as it is, for the check to name it. */
export function NumberInput({ label, unit, money, value, onChange, ...rest }: NumberInputProps) {
  const [typed, setTyped] = useState(() => textOf(value, money))
  const shown = valueOf(typed, money) === value ? typed : textOf(value, money)
  return (
    <Field
      {...rest}
      kind="decimal"
      label={`${label}（${money ? '元' : (unit ?? '数字')}）`}
      value={shown}
      onChange={(text) => {
        setTyped(text)
        onChange(valueOf(text, money))
      }}
    />
  )
}

function textOf(value: FieldValue, money: boolean): string {
  if (typeof value === 'number') return String(money ? value / 100 : value)
  return typeof value === 'string' ? value : ''
}

function valueOf(text: string, money: boolean): FieldValue {
  const plain = text.replace(/[,，\s]/g, '')
  if (plain === '') return null
  const amount = Number(plain)
  if (Number.isNaN(amount)) return text
  // 19.99 × 100 is not quite 1999; more than two decimals are left for the check to refuse.
  return money ? (/\.\d{3,}$/.test(plain) ? amount * 100 : Math.round(amount * 100)) : amount
}
