import type { FieldValue, FormViewField } from '../../domain/form/types'
import type { Region } from './region-picker'

export interface FormInputProps {
  field: FormViewField
  /** RFC 6901 pointer of the value within the form, such as `/childName`; the control's id is made from it. */
  pointer: string
  value: FieldValue
  onChange: (value: FieldValue) => void
  /** The message for the value at a pointer, if it is faulty. */
  errorAt: (pointer: string) => string | undefined
  regions: Region[]
  /** Today in Beijing: bounds of dates. */
  today: string
  onBlur?: () => void
}
