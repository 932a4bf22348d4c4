import { useState } from 'react'
import { useAction } from '../../../api/action'
import { useResource } from '../../../api/resource'
import { readCase, supplementCase } from '../../../api/submissions'
import { replace } from '../../../platform/navigation'
import { focusId } from '../../../platform/scroll'
import { paperId } from '../paper-upload'
import { useUploads } from '../use-uploads'

/** Bringing the materials that were deferred, one after another. */
export function useSupplement(id: string, material: string | undefined) {
  const subject = useResource(`case/${id}`, () => readCase(id))
  const uploads = useUploads()
  const action = useAction()
  const [missing, setMissing] = useState(false)
  const owed = (subject.data?.deferred ?? []).filter(({ supplied }) => !supplied)
  const wanted = owed.find(({ materialId }) => materialId === material) ?? owed[0]

  async function send() {
    if (!wanted) return
    const { materialId } = wanted
    const files = uploads.sent(materialId)
    setMissing(files.length === 0)
    if (files.length === 0) return focusId(paperId(materialId))
    const ok = await action.run(async () => subject.set(await supplementCase(id, materialId, files)))
    if (ok && owed.length === 1) replace('/features/case/detail/index', { id })
    if (!ok) await subject.reload()
  }

  const error =
    missing && wanted && uploads.sent(wanted.materialId).length === 0 ? `「${wanted.name}」还没有传，请拍照或从相册选` : undefined
  return { subject, wanted, uploads, send, error, busy: action.busy, fault: action.fault }
}
