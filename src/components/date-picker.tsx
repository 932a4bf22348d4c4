import { DateHost, LabelHost } from '../platform/form-host'
import { Span } from '../platform/host'
import { describedBy, FieldFrame, spokenLabel } from './field-frame'
import './field.scss'

interface DatePickerProps {
  id: string
  label: string
  /** ISO day (2026-11-21), or empty. */
  value: string
  onChange: (day: string) => void
  min?: string
  max?: string
  hint?: string
  error?: string
  required?: boolean
  disabled?: boolean
}

/** A day, by the phone's own date wheel. */
export function DatePicker({ label, hint, error, ...input }: DatePickerProps) {
  return <FieldFrame id={input.id} hint={hint} error={error} label={<LabelHost target={input.id} className='field-label'>
    {label}{!input.required && <Span className='field-optional'>选填</Span>}
  </LabelHost>}>
    <DateHost
      className='control' placeholder='请选择日期' aria-invalid={error ? true : undefined}
      aria-describedby={describedBy(input.id, hint, error)} spoken={spokenLabel(label, { ...input, hint, error })} {...input}
    />
  </FieldFrame>
}
