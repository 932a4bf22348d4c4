import { LabelHost, SelectHost, type Choosable } from '../platform/form-host'
import { Span } from '../platform/host'
import { describedBy, FieldFrame, spokenLabel } from './field-frame'
import './field.scss'

interface SelectProps {
  id: string
  label: string
  options: Choosable[]
  value: string
  onChange: (value: string) => void
  hint?: string
  error?: string
  required?: boolean
  disabled?: boolean
  placeholder?: string
}

/** One of many, where radio buttons would fill the screen. */
export function Select({ label, hint, error, placeholder = '请选择', ...input }: SelectProps) {
  return <FieldFrame id={input.id} hint={hint} error={error} label={<LabelHost target={input.id} className='field-label'>
    {label}{!input.required && <Span className='field-optional'>选填</Span>}
  </LabelHost>}>
    <SelectHost
      className='control control--pick' placeholder={placeholder} aria-invalid={error ? true : undefined}
      aria-describedby={describedBy(input.id, hint, error)} spoken={spokenLabel(label, { ...input, hint, error })} {...input}
    />
  </FieldFrame>
}
