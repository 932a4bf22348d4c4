import type { FieldValue, FormValues, FormViewField } from '../../../../domain/form/types'
import { Choice, DatePicker, Field, Select, TimePicker } from '../../../components'
import { Box } from '../../../platform/host'
import { AddressField } from './address-field'
import { AmountField } from './amount-field'
import { elementId } from './element-id'
import type { FormFieldProps } from './form-field-props'
import { RepeatingGroup } from './repeating-group'

const keyboards: Partial<Record<FormViewField['type'], 'text' | 'tel' | 'idcard' | 'number' | 'multiline'>> = {
  multiline: 'multiline', idNumber: 'idcard', phone: 'tel', bankAccount: 'number'
}
const fills: Partial<Record<FormViewField['type'], string>> = { phone: 'tel' }
const mostRadios = 5

/** One item of the form by its type, with hint, source, who needs it and what is wrong. */
export function FormField(props: FormFieldProps) {
  const { field, faults, pointer } = props
  return <Box className='f-item'>
    <Control {...props} />
    {hasOwnSource(field) ? null : field.origin && <Box className='field-source'>{field.origin}</Box>}
    {field.type === 'group' && faults.filter((fault) => fault.pointer === pointer).map(({ message }) =>
      <Box key={message} className='field-error' aria-live='polite'>错误：{message}</Box>)}
    <NeededBy names={field.neededBy} />
  </Box>
}

const hasOwnSource = ({ type }: FormViewField) => !['choice', 'choices', 'date', 'time', 'address', 'group'].includes(type)

function Control(props: FormFieldProps) {
  const { field, pointer, faults, regions, onChange, onCheck } = props
  const about = {
    id: elementId(pointer), label: field.label, required: field.required, hint: hintOf(field),
    error: faults.find((fault) => fault.pointer === pointer)?.message
  }
  const text = typeof field.value === 'string' ? field.value : ''
  const source = field.origin ?? undefined
  const settle = (value: FieldValue) => {
    onChange(value)
    onCheck(value)
  }
  switch (field.type) {
    case 'choice': {
      if (field.options.length > mostRadios) return <Select {...about} options={field.options} value={text} onChange={settle} />
      return <Choice {...about} options={field.options} value={text ? [text] : []} onChange={([value = '']) => settle(value)} />
    }
    case 'choices':
      return <Choice {...about} multiple options={field.options} value={asList(field.value)} onChange={settle} />
    case 'date':
      return <DatePicker {...about} value={text} onChange={settle} />
    case 'time':
      return <TimePicker {...about} value={text} onChange={settle} />
    case 'number':
    case 'money':
      return <AmountField {...about} label={withUnit(field)} field={field} source={source} onChange={onChange} onBlur={onCheck} />
    case 'address':
      return <AddressField
        id={about.id} hint={about.hint} field={field} pointer={pointer} faults={faults} regions={regions}
        onChange={onChange} onCheck={onCheck}
      />
    case 'group':
      return <RepeatingGroup {...props} rows={asRows(field.value)} renderItem={(item) => <FormField key={item.field.id} {...item} />} />
    default:
      return <Field
        {...about} kind={keyboards[field.type] ?? 'text'} value={text} source={source} maxLength={field.maxLength ?? undefined}
        autoComplete={fills[field.type]} onChange={onChange} onBlur={() => { if (text !== '') onCheck(text) }}
      />
  }
}

const withUnit = ({ label, type, unit }: FormViewField) => {
  const named = type === 'money' ? '元' : unit
  return named ? `${label}（${named}）` : label
}

const hintOf = ({ hint, why }: FormViewField) => [hint, why].filter(Boolean).join('；') || undefined

const asList = (value: FieldValue): string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : []

const asRows = (value: FieldValue): FormValues[] =>
  Array.isArray(value) ? value.filter((each): each is FormValues => typeof each === 'object') : []

const mostNames = 3

function NeededBy({ names }: { names: string[] }) {
  if (names.length === 0) return null
  const text = names.length > mostNames ? `${names.slice(0, mostNames).join('、')}等 ${names.length} 个事项` : names.join('、')
  return <Box className='f-needed'>用在：{text}</Box>
}
