import { useState } from 'react'
import type { ReceiptCheck } from '../../../../contract/receipts'
import { dayOf, dayText, timeOf } from '../../../../domain/time'
import { useHotline } from '../../../session/hotline'
import { Button, Card, Field, Icon, Loaded, Notice, OfflineBar, Page } from '../../../components'
import { Form } from '../../../platform/form-host'
import { Box, Heading, Item, List } from '../../../platform/host'
import { replace, useParams } from '../../../platform/navigation'
import { useNow } from '../../../session/now'
import { ReceiptLine } from '../receipt-line'
import { useCheck } from './use-check'
import './receipt.scss'

/** Open to anybody who has the code, signed in or not. */
export default function ReceiptPage() {
  const { code = '' } = useParams()
  const { check, missing, copy, told } = useCheck(code)
  return (
    <Page title="核验提交回执" readAloud>
      <OfflineBar text="没有网络，现在核验不了。连上网再试。" />
      {code === '' && <AskCode say="输入回执上的编号，就能核对它是不是真的。" />}
      {missing && (
        <>
          <Verdict tone="red" title="没有这份回执" note="编号在我们这里查不到。请对照回执逐字核对，区分大小写。" />
          <AskCode say="换一个编号再查。" />
        </>
      )}
      {code !== '' && !missing && <Loaded of={check}>{(receipt) => <Checked of={receipt} onCopy={() => void copy(receipt)} />}</Loaded>}
      <Notice tone="done" text={told} />
    </Page>
  )
}

function AskCode({ say }: { say: string }) {
  const [typed, setTyped] = useState('')
  const look = () => {
    if (typed.trim()) replace('/features/case/receipt/index', { code: typed.trim() })
  }
  return (
    <Card title="查一份回执">
      <Form onSubmit={look}>
        <Field id="receipt-code" label="回执编号" hint={say} value={typed} onChange={setTyped} onEnter={look} required maxLength={64} />
        <Button kind="primary" submit block disabled={!typed.trim()}>
          核验
        </Button>
      </Form>
    </Card>
  )
}

function Verdict({ tone, title, note }: { tone: 'green' | 'red'; title: string; note: string }) {
  return (
    <Box className={`verdict verdict--${tone}`} role="status">
      <Icon name={tone === 'green' ? 'shield' : 'cross'} ink={tone} size="large" />
      <Heading level={2} className="verdict-title">
        {title}
      </Heading>
      <Box>{note}</Box>
    </Box>
  )
}

function Checked({ of: receipt, onCopy }: { of: ReceiptCheck; onCopy: () => void }) {
  const genuine = receipt.verdict === 'genuine'
  const at = Date.parse(receipt.submittedAt)
  const now = useNow()
  const hotline = useHotline()
  return (
    <>
      {genuine ? (
        <Verdict tone="green" title="是真的" note="内容和签名对得上，提交以后一个字也没有改过。" />
      ) : (
        <Verdict tone="red" title="对不上" note={`内容和签名对不上，请不要相信这份回执，可以打 ${hotline} 反映。`} />
      )}
      <Card title={receipt.bundleName}>
        <ReceiptLine name="提交人" text={receipt.maskedApplicantName} />
        <ReceiptLine name="提交时间" text={`${dayText(dayOf(at), dayOf(now))}${timeOf(at)}`} />
        <ReceiptLine name="办哪几件" text={receipt.matterNames.join('、')} />
        <Box className="receipt-fine">这一页谁都能看，所以不显示填了什么，名字也只留一个字。</Box>
      </Card>
      <Card title="自己核验">
        <List className="receipt-steps">
          <Item>向提交人要回执原文（JSON），取其中的 content。</Item>
          <Item>按 RFC 8785 把 content 规范化，算 SHA-256，应等于下面的内容摘要。</Item>
          <Item>用下面的公钥，对规范化后的内容核验 Ed25519 签名。</Item>
        </List>
        <ReceiptLine name="内容摘要（SHA-256）" text={receipt.contentHash} />
        <ReceiptLine name="签名（Ed25519，base64url）" text={receipt.signature} />
        <ReceiptLine name={`公钥（编号 ${receipt.keyId}）`} text={JSON.stringify(receipt.publicKeyJwk)} />
        <Button block onPress={onCopy}>
          复制核验数据
        </Button>
      </Card>
    </>
  )
}
