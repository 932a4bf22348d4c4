import { draftErrors, validateField } from '../../../domain/form/validate'
import type { FieldError, FormValues } from '../../../domain/form/types'
import { formFor } from '../../../domain/form/view'
import type { WorkingSet } from './working-set'

/** Checks corrected values as the form itself would: unknown fields, shapes, and each field's own rule. */
export function checkCorrectedValues({ submission, bundle }: WorkingSet, values: FormValues, today: string): FieldError[] {
  const misshapen = draftErrors(bundle.form, values)
  if (misshapen.length) return misshapen.map(under)
  const view = formFor(bundle, {
    answers: submission.content.answers,
    keys: submission.plan.matters.map(({ key }) => key),
    values,
    objections: [],
    today,
    data: { identity: {}, account: {}, licences: [], shares: {}, regions: [] }
  })
  return view.groups
    .flatMap(({ fields }) => fields)
    .filter(({ id }) => id in values)
    .flatMap((field) => validateField(field, field.value, today))
    .map(under)
}

const under = (error: FieldError): FieldError => ({ ...error, pointer: `/values${error.pointer}` })
