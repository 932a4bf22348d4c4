import type { Address, FieldValue, FormValues } from '../../domain/form/types'
import { Choice } from './choice'
import { DatePicker } from './date-picker'
import { Field } from './field'
import { AddressInput } from './form-input-address'
import { NumberInput } from './form-input-number'
import type { FormInputProps } from './form-input-props'
import { RowsInput } from './form-input-rows'
import { Select } from './select'
import { TimePicker } from './time-picker'

const mostRadios = 6
const kinds = { idNumber: 'idcard', phone: 'tel', multiline: 'multiline' } as const

/** The id of the control for a pointer, for moving focus to it. */
export const controlId = (pointer: string): string => `f${pointer.replace(/[^A-Za-z0-9]/g, '-')}`

/** The control for one field of a form, by its type in the catalogue. */
export function FormInput(props: FormInputProps) {
  const { field, pointer, value, onChange, errorAt, regions, today, onBlur } = props
  const { label, required, options } = field
  const error = errorAt(pointer)
  const hint = [field.hint, field.why && `为什么要填：${field.why}`].filter(Boolean).join(' ') || undefined
  const common = { id: controlId(pointer), label, required, error, hint }
  switch (field.type) {
    case 'group':
      return <RowsInput {...props} {...common} rows={Array.isArray(value) ? (value as FormValues[]) : []} Input={FormInput} />
    case 'address':
      return <AddressInput {...common} pointer={pointer} errorAt={errorAt} regions={regions} value={asAddress(value)} onChange={onChange} />
    case 'date':
      return (
        <DatePicker
          {...common}
          value={asText(value)}
          onChange={onChange}
          min={field.dateRange === 'future' ? today : undefined}
          max={field.dateRange === 'past' ? today : undefined}
        />
      )
    case 'time':
      return <TimePicker {...common} value={asText(value)} onChange={onChange} />
    case 'number':
    case 'money':
      return <NumberInput {...common} unit={field.unit} money={field.type === 'money'} value={value} onChange={onChange} onBlur={onBlur} />
    case 'choices':
      return <Choice {...common} multiple options={options} value={Array.isArray(value) ? (value as string[]) : []} onChange={onChange} />
    case 'choice':
      if (options.length > mostRadios) return <Select {...common} options={options} value={asText(value)} onChange={onChange} />
      return (
        <Choice
          {...common}
          options={options}
          value={value === null ? [] : [asText(value)]}
          onChange={([picked]) => onChange(picked ?? null)}
        />
      )
    default:
      return (
        <Field
          {...common}
          kind={field.type in kinds ? kinds[field.type as keyof typeof kinds] : 'text'}
          maxLength={field.maxLength ?? undefined}
          value={asText(value)}
          onChange={onChange}
          onBlur={onBlur}
        />
      )
  }
}

const asText = (value: FieldValue): string => (value === null || typeof value === 'object' ? '' : String(value))

const asAddress = (value: FieldValue): Partial<Address> =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {}
