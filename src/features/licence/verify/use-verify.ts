import { useEffect, useState } from 'react'
import type { Verification } from '../../../../contract/presentations'
import { useAction } from '../../../api/action'
import { verifyCode, verifyPdf } from '../../../api/presentations'
import { copyText } from '../../../platform/clipboard'
import { forgetFragment, fragmentNow, onFragmentChange } from '../../../platform/fragment'
import { pickPdf } from '../../../platform/pick-pdf'
import { scan } from '../../../platform/scan'
import { codeOf, looksLikeCode } from './code-of'

const unreadable = '这不像亮证码或核验码。亮证码是 12 位，字母和数字都有；请照着再输一遍。'

/**
 * Verifying one licence. A code that came with the address waits for a press: it is good once only, and programs that open every
 * link they see must not use it up.
 */
export function useVerify() {
  const [arrived, setArrived] = useState(fragmentNow)
  const [typed, setTyped] = useState('')
  const [problem, setProblem] = useState('')
  const [result, setResult] = useState<Verification | null>(null)
  const [told, setTold] = useState('')
  const action = useAction()
  useEffect(
    () =>
      onFragmentChange(() => {
        setArrived(fragmentNow())
        if (fragmentNow() !== '') setResult(null)
      }),
    []
  )

  async function verify(code: string) {
    setProblem(looksLikeCode(code) ? '' : unreadable)
    if (!looksLikeCode(code)) return
    await action.run(async () => setResult(await verifyCode(code)))
  }
  async function verifyArrived() {
    await verify(arrived)
    forgetFragment()
  }
  async function scanAndVerify() {
    const read = await scan()
    if (read !== null) await verify(codeOf(read))
  }
  async function pickAndVerify() {
    setProblem('')
    const picked = await pickPdf()
    if (picked === 'too_large') setProblem('这个文件超过 5 MB，不会是我们出的证照 PDF。')
    else if (picked) await action.run(async () => setResult(await verifyPdf(picked.bytes)))
  }
  function again() {
    forgetFragment()
    setArrived('')
    setTyped('')
    setResult(null)
    setTold('')
  }
  async function copy() {
    setTold('')
    const copied = result?.sdJwt && (await copyText(result.sdJwt))
    setTold(copied ? '已复制。交给你的核验系统即可再核一遍。' : '手机不让复制，请换一台试试。')
  }
  return {
    arrived, typed, type: setTyped, problem, result, told, busy: action.busy, fault: action.fault,
    verifyArrived, verifyTyped: () => verify(codeOf(typed)), scanAndVerify, pickAndVerify, again, copy
  }
}
