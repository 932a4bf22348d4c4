import { LabelHost, TimeHost } from '../platform/form-host'
import { Span } from '../platform/host'
import { describedBy, FieldFrame, spokenLabel } from './field-frame'
import './field.scss'

interface TimePickerProps {
  id: string
  label: string
  /** 24-hour time (08:30), or empty. */
  value: string
  onChange: (time: string) => void
  hint?: string
  error?: string
  required?: boolean
  disabled?: boolean
}

/** A time of day, by the phone's own wheel. */
export function TimePicker({ label, hint, error, ...input }: TimePickerProps) {
  return <FieldFrame id={input.id} hint={hint} error={error} label={<LabelHost target={input.id} className='field-label'>
    {label}{!input.required && <Span className='field-optional'>选填</Span>}
  </LabelHost>}>
    <TimeHost
      className='control' placeholder='请选择时间' aria-invalid={error ? true : undefined}
      aria-describedby={describedBy(input.id, hint, error)} spoken={spokenLabel(label, { ...input, hint, error })} {...input}
    />
  </FieldFrame>
}
