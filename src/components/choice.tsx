import { Group, Option } from '../platform/form-host'
import { Box, Span } from '../platform/host'
import { classes } from './classes'
import { describedBy, FieldError, spokenLabel } from './field-frame'
import './choice.scss'
import './field.scss'

interface ChoiceProps<T extends string> {
  id: string
  label: string
  options: { value: T; label: string; note?: string; disabled?: boolean }[]
  /** The chosen values; at most one unless `multiple`. */
  value: T[]
  onChange: (value: T[]) => void
  multiple?: boolean
  hint?: string
  error?: string
  required?: boolean
  /** The label is drawn as the page's question, large. */
  question?: boolean
}

/** Radio buttons, or check boxes with `multiple`. */
export function Choice<T extends string>(props: ChoiceProps<T>) {
  const { id, label, options, value, onChange, multiple, hint, error, required, question } = props
  function pick(picked: T) {
    if (!multiple) onChange([picked])
    else onChange(value.includes(picked) ? value.filter((one) => one !== picked) : [...value, picked])
  }
  return <Group
    id={id} className={classes('field', 'choice', error && 'is-bad', question && 'choice--question')} multiple={multiple}
    required={required} invalid={!!error} describedBy={describedBy(id, hint, error)} spoken={spokenLabel(label, { required, hint, error })}
    legend={<>{label}{!required && <Span className='field-optional'>选填</Span>}</>}
  >
    {hint && <Box id={`${id}-hint`} className='field-hint'>{hint}</Box>}
    {options.map((option) => <Option
      key={option.value} group={id} className={classes('option', value.includes(option.value) && 'is-on', option.disabled && 'is-off')}
      label={option.label} note={option.note} multiple={multiple} disabled={option.disabled} checked={value.includes(option.value)}
      onPick={() => pick(option.value)}
    />)}
    <FieldError id={id} error={error} />
  </Group>
}
