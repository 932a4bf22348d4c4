import type { FieldError, FieldValue, FormViewField } from '../../../../domain/form/types'
import type { Region } from '../../../components'

/** One item of the form, where it stands in it, and what is wrong with it. */
export interface FormFieldProps {
  field: FormViewField
  /** JSON Pointer into the form's values. */
  pointer: string
  faults: FieldError[]
  regions: Region[]
  onChange: (value: FieldValue) => void
  /** The person has finished with it. */
  onCheck: (value: FieldValue) => void
}
