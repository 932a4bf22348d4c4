import { useState } from 'react'
import type { FieldError, FieldValue, FormViewField } from '../../../../domain/form/types'
import { validateSoFar } from '../../../../domain/form/validate'
import { dayOf } from '../../../../domain/time'
import { asApiError } from '../../../api/api-error'
import { useAction } from '../../../api/action'
import { useResource } from '../../../api/resource'
import { correctCase } from '../../../api/submissions'
import { controlId } from '../../../components'
import { replace } from '../../../platform/navigation'
import { focusId } from '../../../platform/scroll'
import { paperId } from '../paper-upload'
import { useUploads } from '../use-uploads'
import { asOnPage, correctionErrors, givenValues, readTask, type Values } from './correction'

/** Answering a correction request: all its items at once. */
export function useCorrection(id: string, now: number) {
  const task = useResource(`correction/${id}`, () => readTask(id))
  const [changed, setChanged] = useState<Values>({})
  const [errors, setErrors] = useState<FieldError[]>([])
  const uploads = useUploads()
  const action = useAction()
  const today = dayOf(now)
  const values: Values = { ...(task.data && givenValues(task.data)), ...changed }

  function put(target: string, value: FieldValue) {
    setChanged((before) => ({ ...before, [target]: value }))
    setErrors((before) => before.filter((error) => !isWithin(target, error)))
  }

  function check(field: FormViewField, value: FieldValue) {
    const found = validateSoFar(field, value, today)
    setErrors((before) => [...before.filter((error) => !isWithin(field.id, error)), ...found])
  }

  function show(found: FieldError[]) {
    setErrors(found)
    const first = found[0]?.pointer
    if (first === undefined) return
    focusId(first.startsWith('/files/') ? paperId(first.slice('/files/'.length)) : controlId(first))
  }

  async function send() {
    if (!task.data) return
    const items = task.data.detail.correction?.items ?? []
    const found = correctionErrors(task.data, values, uploads.sent, today)
    show(found)
    if (found.length > 0 || uploads.sending) return
    const files = Object.fromEntries(items.filter(({ kind }) => kind === 'material').map(({ target }) => [target, uploads.sent(target)]))
    const ok = await action.run(async () => {
      try {
        await correctCase(id, values, files)
      } catch (thrown) {
        const error = asApiError(thrown)
        if (error.code === 'invalid_fields') show(asOnPage(error.fields))
        if (error.code === 'illegal_transition') void task.reload()
        throw error
      }
    })
    if (ok) replace('/features/case/detail/index', { id })
  }

  /** A fault of an upload goes when a photo has come. */
  function errorAt(pointer: string): string | undefined {
    const target = pointer.startsWith('/files/') ? pointer.slice('/files/'.length) : null
    if (target !== null && uploads.sent(target).length > 0) return undefined
    return errors.find((error) => error.pointer === pointer)?.message
  }

  return { task, values, put, check, errorAt, faults: errors.length, uploads, send, today, busy: action.busy, fault: action.fault }
}

const isWithin = (fieldId: string, { pointer }: FieldError): boolean => pointer === `/${fieldId}` || pointer.startsWith(`/${fieldId}/`)
