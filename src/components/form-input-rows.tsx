import type { ComponentType } from 'react'
import type { FormValues } from '../../domain/form/types'
import { Box } from '../platform/host'
import { Button } from './button'
import { FieldError } from './field-frame'
import type { FormInputProps } from './form-input-props'
import './field.scss'
import './form-input-rows.scss'

interface RowsInputProps extends FormInputProps {
  id: string
  label: string
  hint?: string
  error?: string
  rows: FormValues[]
  /** The control of one field; handed in, because rows hold fields and fields may be rows. */
  Input: ComponentType<FormInputProps>
}

/** A repeating group, such as shareholders: rows of fields, added and removed. */
export function RowsInput({ id, field, label, hint, error, pointer, rows, onChange, errorAt, regions, today, Input }: RowsInputProps) {
  const shown = rows.length > 0 ? rows : [{}]
  const put = (at: number, change: FormValues) => onChange(shown.map((row, index) => (index === at ? { ...row, ...change } : row)))
  return (
    <Box id={id} className="field rows" role="group" aria-labelledby={`${id}-label`}>
      <Box id={`${id}-label`} className="field-label">
        {label}
      </Box>
      {hint && <Box className="field-hint">{hint}</Box>}
      {shown.map((row, at) => (
        <Box key={at} className="row" role="group" aria-label={`${label}第 ${at + 1} 项`}>
          <Box className="row-title">第 {at + 1} 项</Box>
          {field.fields.map((sub) => (
            <Input
              key={sub.id}
              field={sub}
              pointer={`${pointer}/${at}/${sub.id}`}
              value={row[sub.id] ?? null}
              errorAt={errorAt}
              regions={regions}
              today={today}
              onChange={(value) => put(at, { [sub.id]: value })}
            />
          ))}
          {shown.length > Math.max(field.minItems ?? 0, 1) && (
            <Button
              kind="quiet"
              icon="trash"
              label={`删去${label}第 ${at + 1} 项`}
              onPress={() => onChange(shown.filter((_, index) => index !== at))}
            >
              删去这一项
            </Button>
          )}
        </Box>
      ))}
      {shown.length < (field.maxItems ?? 100) && (
        <Button icon="plus" label={`再加一项${label}`} onPress={() => onChange([...shown, {}])}>
          再加一项
        </Button>
      )}
      <FieldError id={id} error={error} />
    </Box>
  )
}
