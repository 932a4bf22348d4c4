import type { Address, FieldValue, FormValues, FormViewField } from '../../domain/form/types'
import { Box } from '../platform/host'
import { Choice } from './choice'
import { controlId } from './control-id'
import { DatePicker } from './date-picker'
import { Field } from './field'
import { AddressInput } from './form-input-address'
import { NumberInput } from './form-input-number'
import type { FormInputProps } from './form-input-props'
import { RowsInput } from './form-input-rows'
import { Select } from './select'
import { TimePicker } from './time-picker'
import './form-input.scss'

const mostRadios = 5
const mostNames = 3
const keyboards: Partial<Record<FormViewField['type'], 'tel' | 'idcard' | 'number' | 'multiline'>> = {
  multiline: 'multiline', idNumber: 'idcard', phone: 'tel', bankAccount: 'number'
}

/** One item of a form by its type in the catalogue: control, hint, source, who needs it and what is wrong. */
export function FormInput(props: FormInputProps) {
  const { origin, neededBy } = props.field
  return <Box className='form-item'>
    <Control {...props} />
    {origin && <Box className='field-source'>{origin}</Box>}
    {neededBy.length > 0 && <Box className='form-needed'>用在：{namesOf(neededBy)}</Box>}
  </Box>
}

function Control(props: FormInputProps) {
  const { field, pointer, value, onChange, onCheck, errorAt, regions, today } = props
  const { label, required, options } = field
  const text = textOf(value)
  const hint = [field.hint, field.why].filter(Boolean).join('；') || undefined
  const about = { id: controlId(pointer), label, required, hint, error: errorAt(pointer) }
  const settle = (picked: FieldValue) => {
    onChange(picked)
    onCheck(picked)
  }
  switch (field.type) {
    case 'group':
      return <RowsInput {...props} {...about} rows={Array.isArray(value) ? (value as FormValues[]) : []} Input={FormInput} />
    case 'address':
      return <AddressInput
        {...about} pointer={pointer} errorAt={errorAt} regions={regions} value={addressOf(value)} onChange={onChange} onCheck={onCheck}
      />
    case 'date':
      return <DatePicker
        {...about} value={text} onChange={settle}
        min={field.dateRange === 'future' ? today : undefined} max={field.dateRange === 'past' ? today : undefined}
      />
    case 'time':
      return <TimePicker {...about} value={text} onChange={settle} />
    case 'number':
    case 'money':
      return <NumberInput
        {...about} unit={field.unit} money={field.type === 'money'} value={value} onChange={onChange} onCheck={onCheck}
      />
    case 'choices':
      return <Choice {...about} multiple options={options} value={Array.isArray(value) ? (value as string[]) : []} onChange={settle} />
    case 'choice':
      if (options.length > mostRadios) return <Select {...about} options={options} value={text} onChange={settle} />
      return <Choice {...about} options={options} value={text ? [text] : []} onChange={([picked]) => settle(picked ?? null)} />
    default:
      return <Field
        {...about} kind={keyboards[field.type] ?? 'text'} maxLength={field.maxLength ?? undefined} value={text} onChange={onChange}
        autoComplete={field.type === 'phone' ? 'tel' : undefined} onBlur={() => { if (text !== '') onCheck(text) }}
      />
  }
}

const textOf = (value: FieldValue): string => (value === null || typeof value === 'object' ? '' : String(value))

const addressOf = (value: FieldValue): Partial<Address> =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {}

const namesOf = (names: string[]): string =>
  names.length > mostNames ? `${names.slice(0, mostNames).join('、')}等 ${names.length} 个事项` : names.join('、')
