import { useEffect } from 'react'
import { timeText } from '../../../../domain/time'
import { Button, Notice, Sheet, Skeleton } from '../../../components'
import { Box } from '../../../platform/host'
import { useNow } from '../../../session/now'
import { ReceiptLine } from '../receipt-line'
import { useReceipt } from './use-submission'

interface ReceiptSheetProps {
  submissionId: string
  open: boolean
  onClose: () => void
}

/** The owner's receipt: what was signed, and how to take it along. */
export function ReceiptSheet({ submissionId, open, onClose }: ReceiptSheetProps) {
  return (
    <Sheet id="receipt" open={open} title="提交回执" onClose={onClose}>
      <ReceiptBody submissionId={submissionId} />
    </Sheet>
  )
}

function ReceiptBody({ submissionId }: { submissionId: string }) {
  const { receipt, read, copy, told, busy, fault } = useReceipt(submissionId)
  const now = useNow()
  useEffect(() => void read(), [read])
  return (
    <>
      {busy && <Skeleton cards={1} />}
      {receipt && (
        <>
          <Box className="receipt-say">
            你提交的内容由平台签了名，一个字也改不了。回执原文里有你填的全部内容，只给你自己；查看会在「谁看过我的信息」里留一条。
          </Box>
          <ReceiptLine name="回执编号" text={receipt.code} />
          <ReceiptLine name="签名时间" text={timeText(Date.parse(receipt.signedAt), now)} />
          <ReceiptLine name="内容摘要（SHA-256）" text={receipt.contentHash} />
          <ReceiptLine name="签名（Ed25519）" text={receipt.signature} />
          <ReceiptLine name="公钥编号" text={receipt.keyId} />
          <Box className="receipt-buttons">
            <Button kind="primary" onPress={() => void copy('content')}>
              复制回执原文
            </Button>
            <Button onPress={() => void copy('link')}>复制核验地址</Button>
          </Box>
        </>
      )}
      <Notice tone="done" text={told} />
      <Notice tone="error" text={fault} />
    </>
  )
}
