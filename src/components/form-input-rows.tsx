import { useEffect, useRef, useState, type ComponentType } from 'react'
import type { FieldValue, FormValues } from '../../domain/form/types'
import { Box, Heading, Span } from '../platform/host'
import { focusId } from '../platform/scroll'
import { Button } from './button'
import { controlId } from './control-id'
import { Dialog } from './dialog'
import { describedBy, FieldError } from './field-frame'
import type { FormInputProps } from './form-input-props'
import './field.scss'
import './form-input-rows.scss'

interface RowsInputProps extends FormInputProps {
  id: string
  hint?: string
  error?: string
  rows: FormValues[]
  /** The control of one field; handed in, because rows hold fields and fields may be rows. */
  Input: ComponentType<FormInputProps>
}

/** A repeating group, such as shareholders: rows of fields, added and removed; a row that holds something is removed after a question. */
export function RowsInput({ id, field, hint, error, pointer, rows, Input, onChange, onCheck, ...rest }: RowsInputProps) {
  const { label, required } = field
  const [doubted, setDoubted] = useState<number | null>(null)
  const focusNext = useFocusNext()
  const least = Math.max(field.minItems ?? 0, required ? 1 : 0)
  const shown = rows.length > 0 ? rows : Array.from({ length: Math.max(least, 1) }, (): FormValues => ({}))
  const put = (at: number, change: FormValues) => shown.map((row, index) => (index === at ? { ...row, ...change } : row))

  function add() {
    focusNext(controlId(`${pointer}/${shown.length}/${field.fields[0]?.id ?? ''}`))
    onChange([...shown, {}])
  }
  function remove(at: number) {
    setDoubted(null)
    focusNext(`${id}-add`)
    onChange(shown.filter((_, index) => index !== at))
  }
  return <Box id={id} className='field' role='group' aria-label={label} aria-describedby={describedBy(id, hint, error)}>
    <Heading level={3} className='rows-title'>{label}{!required && <Span className='field-optional'>选填</Span>}</Heading>
    {hint && <Box id={`${id}-hint`} className='field-hint'>{hint}</Box>}
    {shown.map((row, at) => <Box key={at} className='row' role='group' aria-label={`${label}第 ${at + 1} 项`}>
      <Box className='row-head'>
        <Box>第 {at + 1} 项</Box>
        {rows.length > least && <Button
          kind='quiet' icon='trash' label={`删除${label}第 ${at + 1} 项`} onPress={() => (isBlank(row) ? remove(at) : setDoubted(at))}
        >删除</Button>}
      </Box>
      {field.fields.map((sub) => <Input
        {...rest} key={sub.id} field={sub} pointer={`${pointer}/${at}/${sub.id}`} value={row[sub.id] ?? null}
        onChange={(value) => onChange(put(at, { [sub.id]: value }))} onCheck={(value) => onCheck(put(at, { [sub.id]: value }))}
      />)}
    </Box>)}
    {shown.length < (field.maxItems ?? 100) && <Box id={`${id}-add`}><Button icon='plus' onPress={add}>再加一项{label}</Button></Box>}
    <FieldError id={id} error={error} />
    <Dialog
      id={`${id}-remove`} open={doubted !== null} title={`删除${label}第 ${(doubted ?? 0) + 1} 项？`} okText='删除' danger
      onOk={() => remove(doubted ?? 0)} onCancel={() => setDoubted(null)}
    >
      <Box>这一项填的内容会一起删除，不能找回。</Box>
    </Dialog>
  </Box>
}

const isBlank = (row: FormValues): boolean => Object.keys(row).every((id) => isNothing(row[id]))

const isNothing = (value: FieldValue | undefined): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** Moves focus to a control that is there only after the next drawing. */
function useFocusNext(): (id: string) => void {
  const wanted = useRef<string | null>(null)
  useEffect(() => {
    if (wanted.current) focusId(wanted.current)
    wanted.current = null
  })
  return (id) => {
    wanted.current = id
  }
}
