import { useState } from 'react'
import type { ReceiptCheck } from '../../../../contract/receipts'
import { useResource } from '../../../api/resource'
import { checkReceipt } from '../../../api/submissions'
import { copyText } from '../../../platform/clipboard'

/** As the server takes it: anything else can't be a receipt of ours, so nobody needs to be asked. */
const codeShape = /^[A-Za-z0-9_-]{22,43}$/

/** Whether the receipt of this code is genuine. `missing`: there is none with this code. */
export function useCheck(code: string) {
  const wellFormed = codeShape.test(code)
  const check = useResource(wellFormed ? `public/receipts/${code}` : null, () => checkReceipt(code))
  const missing = (code !== '' && !wellFormed) || check.error?.code === 'not_found'
  const [told, setTold] = useState('')
  async function copy(receipt: ReceiptCheck) {
    setTold('')
    setTold((await copyText(JSON.stringify(receipt, null, 2))) ? '已复制核验数据' : '手机不让复制，请长按文字选择复制')
  }
  return { check, missing, copy, told }
}
