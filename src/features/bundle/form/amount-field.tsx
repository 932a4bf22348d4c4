import { useState } from 'react'
import type { FormViewField } from '../../../../domain/form/types'
import { Field } from '../../../components'
import { centsOf, numberOf, yuanOf } from './amount'

interface AmountFieldProps {
  id: string
  field: FormViewField
  label: string
  hint?: string
  error?: string
  source?: string
  onChange: (value: number | null) => void
  onBlur: (value: number | null) => void
}

/** A number with its unit, or money: typed in 元, kept in 分. What is typed stays as typed, right or wrong. */
export function AmountField({ id, field, label, hint, error, source, onChange, onBlur }: AmountFieldProps) {
  const isMoney = field.type === 'money'
  const shown = typeof field.value === 'number' ? (isMoney ? yuanOf(field.value) : String(field.value)) : ''
  const [typed, setTyped] = useState<string>()
  const parse = isMoney ? centsOf : numberOf
  const text = typed ?? shown
  const value = parse(text)
  const misfit = value === undefined ? (isMoney ? '请填数字，最多两位小数' : '请填数字') : undefined
  return <Field
    id={id} label={label} kind={isMoney ? 'decimal' : 'number'} required={field.required} value={text} hint={hint} source={source}
    error={misfit ?? error} maxLength={20}
    onChange={(next) => {
      setTyped(next)
      onChange(parse(next) ?? null)
    }}
    onBlur={() => onBlur(value ?? null)}
  />
}
