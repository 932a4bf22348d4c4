import { useState } from 'react'
import { useAction } from '../../../api/action'
import { requestRectification } from '../../../api/licences'
import { focusId } from '../../../platform/scroll'
import type { Licence } from '../../../../contract/licences'

/** Saying what is wrong on a licence: which field, what it should be. What was typed stays until it has been sent. */
export function useRectification({ id, face }: Pick<Licence, 'id' | 'face'>, onSent: () => void) {
  const [open, setOpen] = useState(false)
  const [field, setField] = useState('')
  const [claim, setClaim] = useState('')
  const [checked, setChecked] = useState(false)
  const { run, busy, fault } = useAction()
  const isOnFace = face.some(({ name }) => name === field)
  const missing = {
    field: checked && !isOnFace ? '请选哪一格不对' : '',
    claim: checked && !claim.trim() ? '请写应该是什么' : ''
  }
  async function send() {
    setChecked(true)
    if (!isOnFace) return focusId('rectification-field')
    if (!claim.trim()) return focusId('rectification-claim')
    const sent = await run(async () => void (await requestRectification(id, { field, claim: claim.trim() })))
    if (!sent) return
    setOpen(false)
    setField('')
    setClaim('')
    setChecked(false)
    onSent()
  }
  return { open, setOpen, field, setField, claim, setClaim, missing, send, busy, fault }
}
