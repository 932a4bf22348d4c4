import type { CaseDetail } from '../../../../contract/submissions'
import { blankField } from '../../../../domain/form/view'
import type { FieldError, FieldValue, FormField, FormValues, FormViewField } from '../../../../domain/form/types'
import { validateField } from '../../../../domain/form/validate'
import { readRegions } from '../../../api/catalogue'
import { readCase } from '../../../api/submissions'
import type { Region } from '../../../components'

type Item = NonNullable<CaseDetail['correction']>['items'][number]

/** A correction request with all that is needed to answer it. */
export interface CorrectionTask {
  detail: CaseDetail
  /** Definitions of the fields that are named, by field id. */
  fields: Record<string, FormViewField>
  /** Only where an address is among them. */
  regions: Region[]
}

/** Reads the request with the definition of each field that it names, by the rules that the case was filled in under. */
export async function readTask(caseId: string): Promise<CorrectionTask> {
  const detail = await readCase(caseId)
  const targets = (detail.correction?.items ?? []).filter(({ kind }) => kind === 'field')
  if (targets.length === 0) return { detail, fields: {}, regions: [] }
  const fields: Record<string, FormViewField> = Object.fromEntries(targets.map((item) => [item.target, fieldOf(item)]))
  const hasAddress = JSON.stringify(fields).includes('"type":"address"')
  return { detail, fields, regions: hasAddress ? (await readRegions()).regions : [] }
}

/** A field without a definition is asked as plain text: the request still stands. */
function fieldOf({ target, label, field }: Item): FormViewField {
  const plain: FormField = { id: target, label, type: 'text', for: [], required: true, sensitivity: 1 }
  return { ...blankField(field ?? plain), required: true }
}

/** What was filled in, to mend from: nobody types a whole address anew for one wrong sign. */
export const givenValues = ({ detail }: CorrectionTask): Values =>
  Object.fromEntries((detail.correction?.items ?? []).filter(({ kind }) => kind === 'field').map(({ target, given }) => [target, given]))

/** What is missing or faulty, by pointer (`/field`, `/files/material`), in the order of the request. */
export function correctionErrors(
  task: CorrectionTask,
  values: FormValues,
  sentOf: (target: string) => string[],
  today: string
): FieldError[] {
  return (task.detail.correction?.items ?? []).flatMap(({ kind, target, label }) => {
    const field = task.fields[target]
    if (kind === 'field' && field) return validateField(field, values[target] ?? null, today)
    if (kind === 'field' || sentOf(target).length > 0) return []
    return [{ pointer: `/files/${target}`, code: 'required', message: `「${label}」还没有传，请拍照或从相册选` }]
  })
}

/** The server's pointers lie under /values and /files; the page's fields don't carry the first. */
export const asOnPage = (errors: FieldError[]): FieldError[] =>
  errors.map((error) => ({ ...error, pointer: error.pointer.replace(/^\/values(?=\/)/, '') }))

export type Values = Record<string, FieldValue>
