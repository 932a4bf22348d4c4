import { useCallback, useState } from 'react'
import type { Receipt } from '../../../../contract/receipts'
import { useAction } from '../../../api/action'
import { useResource } from '../../../api/resource'
import { readReceipt, readSubmission, withdrawSubmission } from '../../../api/submissions'
import { copyText } from '../../../platform/clipboard'
import { usePullRefresh } from '../../../platform/pull-refresh'
import { useLive } from '../../../session/live'
import { useSession } from '../../../session/session'

/** One submission that keeps itself up to date, and withdrawing what can still be withdrawn of it. */
export function useSubmission(id: string) {
  const { me } = useSession()
  const submission = useResource(`submission/${id}`, () => readSubmission(id))
  useLive(['submission', 'case'], [id, ...(submission.data?.cases.map((each) => each.id) ?? [])], submission.reload)
  usePullRefresh(submission.reload)
  const action = useAction()
  const [done, setDone] = useState('')
  async function withdraw() {
    const ok = await action.run(async () => submission.set(await withdrawSubmission(id)))
    if (ok) setDone('已撤回。还没有结果的都停了，需要时可以重新办。')
    else await submission.reload()
    return ok
  }
  const selfId = me?.subjects.find(({ role }) => role === 'self')?.id
  return { submission, withdraw, busy: action.busy, fault: action.fault, done, selfId }
}

/** The owner's whole receipt, fetched when asked for: reading it leaves a trace. */
export function useReceipt(submissionId: string) {
  const { run, busy, fault } = useAction()
  const [receipt, setReceipt] = useState<Receipt | null>(null)
  const [told, setTold] = useState('')
  const read = useCallback(() => run(async () => setReceipt(await readReceipt(submissionId))), [run, submissionId])
  async function copy(what: 'content' | 'link') {
    if (!receipt) return
    setTold('')
    const copied = await copyText(what === 'link' ? receipt.verifyUrl : JSON.stringify(receipt, null, 2))
    setTold(copied ? (what === 'link' ? '已复制核验地址' : '已复制回执原文') : '手机不让复制，请长按文字选择复制')
  }
  return { receipt, read, copy, told, busy, fault }
}
