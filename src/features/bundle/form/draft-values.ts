import type { Draft } from '../../../../contract/drafts'
import type { FieldValue, FormValues, FormViewField } from '../../../../domain/form/types'

export const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

export const fieldsOf = ({ form }: Draft): FormViewField[] =>
  form.groups.reduce<FormViewField[]>((all, { fields }) => [...all, ...fields], [])

export const valueIn = (draft: Draft, fieldId: string): FieldValue => fieldsOf(draft).find(({ id }) => id === fieldId)?.value ?? null

/** The values of these fields alone. */
export const only = (fieldIds: string[], values: FormValues): FormValues =>
  fieldIds.reduce<FormValues>((all, id) => ({ ...all, [id]: values[id] ?? null }), {})

export const longestOf = (values: FormValues): string | undefined =>
  Object.keys(values).sort((one, other) => JSON.stringify(values[other]).length - JSON.stringify(values[one]).length)[0]

/** The field that a pointer leads into. */
export const headOf = (pointer: string): string => (pointer.split('/')[1] ?? '').replace(/~1/g, '/').replace(/~0/g, '~')

/** Fields that differ between what was typed here and the other side's draft. */
export function differences({ conflict, edits }: { conflict: Draft | null; edits: FormValues }) {
  if (!conflict) return []
  return fieldsOf(conflict)
    .filter(({ id, value }) => id in edits && !same(value, edits[id]))
    .map((field) => ({ field, mine: edits[field.id] ?? null }))
}
