import { useState } from 'react'
import { useAction } from '../../../api/action'
import { requestRectification } from '../../../api/licences'
import { focusId } from '../../../platform/scroll'
import { useUnsent } from '../../../session/unsent'
import type { Licence } from '../../../../contract/licences'

const nothing = { field: '', claim: '' }

/** Saying what is wrong on a licence: which field, what it should be. What was typed stays until it has been sent. */
export function useRectification({ id, face }: Pick<Licence, 'id' | 'face'>, onSent: () => void) {
  const [said, setSaid] = useUnsent(`rectification/${id}`, nothing)
  const [open, setOpen] = useState(said !== nothing)
  const { field, claim } = said
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
    setSaid(nothing)
    setChecked(false)
    onSent()
  }
  return {
    open, setOpen, field, claim, missing, send, busy, fault,
    setField: (name: string) => setSaid({ ...said, field: name }),
    setClaim: (text: string) => setSaid({ ...said, claim: text })
  }
}
