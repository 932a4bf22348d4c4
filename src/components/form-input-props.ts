import type { FieldValue, FormViewField } from '../../domain/form/types'
import type { Region } from './region-picker'

/** One item of a form, where it stands in it, and what is wrong with it. */
export interface FormInputProps {
  field: FormViewField
  /** RFC 6901 pointer of the value within the form, such as `/shareholders/0/name`; the control's id is made from it. */
  pointer: string
  value: FieldValue
  onChange: (value: FieldValue) => void
  /** The person has finished with this value. */
  onCheck: (value: FieldValue) => void
  /** The message for the value at a pointer, if it is faulty. */
  errorAt: (pointer: string) => string | undefined
  regions: Region[]
  /** Today in Beijing: bounds of dates. */
  today: string
}
