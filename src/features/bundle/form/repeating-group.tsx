import type { ReactNode } from 'react'
import type { FormValues } from '../../../../domain/form/types'
import { Button } from '../../../components'
import { Box, Heading } from '../../../platform/host'
import { elementId } from './element-id'
import type { FormFieldProps } from './form-field-props'

interface RepeatingGroupProps extends FormFieldProps {
  rows: FormValues[]
  renderItem: (item: FormFieldProps) => ReactNode
}

/** Items that repeat, such as shareholders: each with its fields, added and removed one by one. */
export function RepeatingGroup({ field, rows, pointer, faults, regions, onChange, renderItem }: RepeatingGroupProps) {
  const least = field.minItems ?? 0
  const shown = rows.length > 0 ? rows : Array.from({ length: Math.max(least, 1) }, (): FormValues => ({}))
  const most = field.maxItems ?? 100
  const put = (index: number, row: FormValues) => onChange(shown.map((each, at) => (at === index ? row : each)))
  return <Box id={elementId(pointer)} role='group' aria-label={field.label}>
    <Heading level={3} className='f-group-title'>{field.label}</Heading>
    {(field.hint || field.why) && <Box className='field-hint'>{[field.hint, field.why].filter(Boolean).join('；')}</Box>}
    {shown.map((row, index) => <Box key={index} className='f-group-row'>
      <Box className='f-group-head'>
        <Box>第 {index + 1} 项</Box>
        {shown.length > Math.max(least, 1) && <Button
          kind='quiet' icon='trash' label={`删除${field.label}第 ${index + 1} 项`}
          onPress={() => onChange(shown.filter((_, at) => at !== index))}
        >删除</Button>}
      </Box>
      {field.fields.map((sub) => {
        const at = `${pointer}/${index}/${sub.id}`
        return renderItem({
          field: { ...sub, value: row[sub.id] ?? null },
          pointer: at,
          regions,
          faults: faults.filter((fault) => fault.pointer === at || fault.pointer.startsWith(`${at}/`)),
          onChange: (value) => put(index, { ...row, [sub.id]: value }),
          onCheck: () => undefined
        })
      })}
    </Box>)}
    {shown.length < most && <Button icon='plus' onPress={() => onChange([...shown, {}])}>再加一项{field.label}</Button>}
  </Box>
}
