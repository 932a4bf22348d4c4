import { InputHost, LabelHost, type InputKind } from '../platform/form-host'
import { Box, Span } from '../platform/host'
import { FieldFrame, describedBy, spokenLabel } from './field-frame'
import './field.scss'

interface FieldProps {
  id: string
  label: string
  value: string
  onChange: (value: string) => void
  hint?: string
  error?: string
  kind?: InputKind
  required?: boolean
  placeholder?: string
  /** 140 characters unless given, 500 in a block of text. */
  maxLength?: number
  disabled?: boolean
  autoComplete?: string
  /** Turn true to move focus here, for example to the first faulty field. */
  focus?: boolean
  onBlur?: () => void
  onEnter?: () => void
  /** Where a prefilled value comes from, for example "来自 居民身份证". */
  source?: string
}

/** A line or block of text to type, with its label, hint and error tied to it. */
export function Field({ label, hint, error, source, ...input }: FieldProps) {
  const area = input.kind === 'multiline'
  return <FieldFrame id={input.id} hint={hint} error={error} label={<LabelHost target={input.id} className='field-label'>
    {label}{!input.required && input.kind !== 'search' && <Span className='field-optional'>选填</Span>}
  </LabelHost>}>
    <InputHost
      className={area ? 'control control--area' : 'control'} maxLength={area ? 500 : 140} aria-invalid={error ? true : undefined}
      aria-describedby={describedBy(input.id, hint, error)} spoken={spokenLabel(label, { ...input, hint, error })} {...input}
    />
    {source && <Box className='field-source'>{source}</Box>}
  </FieldFrame>
}
