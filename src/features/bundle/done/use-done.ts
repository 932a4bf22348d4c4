import { useState } from 'react'
import type { Submission } from '../../../../contract/submissions'
import { asApiError } from '../../../api/api-error'
import { useResource, type Resource } from '../../../api/resource'
import { readReceipt, readSubmission } from '../../../api/submissions'
import { wordingOf } from '../../../api/wording'
import { copyText } from '../../../platform/clipboard'
import { saveTextFile } from '../../../platform/save-file'

interface Done {
  submission: Resource<Submission>
  /** Reads the signed receipt and gives it to the person as a file; leaves a trace that the owner sees. */
  download: () => Promise<void>
  copyCode: () => Promise<void>
  busy: boolean
  notice: { text: string; tone: 'done' | 'error' }
}

/** What has just been submitted, and its receipt. */
export function useDone(submissionId: string): Done {
  const submission = useResource<Submission>(submissionId ? `submissions/${submissionId}` : null, () => readSubmission(submissionId))
  const [busy, setBusy] = useState(false)
  const [notice, setNotice] = useState<Done['notice']>({ text: '', tone: 'done' })
  const code = submission.data?.receiptCode ?? ''

  async function download() {
    setBusy(true)
    try {
      const receipt = await readReceipt(submissionId)
      const saved = await saveTextFile(`回执-${receipt.code}.json`, JSON.stringify(receipt, null, 2))
      setNotice(saved ? { text: '回执已保存到手机。', tone: 'done' } : { text: '这台手机没有存下来，可以先复制回执编号。', tone: 'error' })
    } catch (thrown) {
      const { what, now } = wordingOf(asApiError(thrown))
      setNotice({ text: `${what}。${now}`, tone: 'error' })
    } finally {
      setBusy(false)
    }
  }
  async function copyCode() {
    const copied = await copyText(code)
    setNotice(copied ? { text: '回执编号已复制。', tone: 'done' } : { text: '没有复制成，请手抄上面的编号。', tone: 'error' })
  }
  return { submission, download, copyCode, busy, notice }
}
