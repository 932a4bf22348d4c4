import { useState } from 'react'
import type { Delegation } from '../../../../contract/delegations'
import { timeText } from '../../../../domain/time'
import { Button, Card, Cell, Dialog, Loaded, OfflineBar, Page, Tag } from '../../../components'
import { Box } from '../../../platform/host'
import { hrefOf, useParams } from '../../../platform/navigation'
import { useNow } from '../../../session/now'
import { SignedIn } from '../../../session/signed-in'
import '../delegation.scss'
import { Outcome } from '../outcome'
import { ScopeCard } from '../scope-card'
import { isOpen, mayDo, statusWords, untilText, whoForWhom } from '../words'
import { useDelegation, type Ending } from './use-delegation'

const questions: Record<Ending, { title: string; body: string; ok: string }> = {
  revoke: {
    title: '收回这份授权？',
    body: '对方马上不能再替你办，亮着的码也失效。没提交的草稿留给你接着办；已经提交的照常办。',
    ok: '收回'
  },
  resign: {
    title: '放弃这份授权？',
    body: '你马上不能再替对方办，亮着的码也失效。没提交的草稿留给对方；已经提交的照常办。要再办，得请对方重新授权。',
    ok: '放弃'
  }
}

/** 一份授权：授权人和代办人看到的一样，一边能收回，一边能放弃。 */
export default function DetailPage() {
  const { id = '' } = useParams()
  const { delegation, done, fault, busy, end, toAct, toSelf } = useDelegation(id)
  const [asking, setAsking] = useState<Ending | null>(null)
  const actions = delegation.data?.allowedActions ?? []
  return <Page title='一份授权' readAloud footer={actions.length > 0 && <>
    {actions.includes('revoke') && <Button kind='danger' busy={busy} onPress={() => setAsking('revoke')}>收回授权</Button>}
    {actions.includes('resign') && <Button kind='danger' busy={busy} onPress={() => setAsking('resign')}>放弃授权</Button>}
    {toAct && <Button kind='primary' disabled={busy} onPress={toAct}>去替对方办</Button>}
  </>}>
    <OfflineBar text='没有网络。要连上网才能收回或放弃。' />
    <SignedIn
      title='登录后看这份授权' why='只有授权的人和代办的人看得到。' returnTo={hrefOf('/features/delegation/detail/index', { id })}
    >
      <Outcome id='ended' done={done} fault={fault} />
      <Loaded of={delegation}>{(loaded) => <Shown delegation={loaded} />}</Loaded>
      {toSelf && <Cell icon='person' title='换回自己' note='现在是替对方办' onPress={toSelf} />}
    </SignedIn>
    <Dialog
      id='end' open={asking !== null} title={asking ? questions[asking].title : ''} okText={asking ? questions[asking].ok : ''} danger
      onCancel={() => setAsking(null)} onOk={() => { if (asking) void end(asking); setAsking(null) }}
    >{asking && questions[asking].body}</Dialog>
  </Page>
}

function Shown({ delegation }: { delegation: Delegation }) {
  const now = useNow()
  const { number, shownSubjectName, role, side, status, offeredAt, acceptedAt, endedAt } = delegation
  const moment = (at: string) => timeText(Date.parse(at), now)
  return <>
    <Card title={whoForWhom(delegation)} end={<Tag {...statusWords[status]} dot={status === 'active'} />}>
      <Box>{role === 'operator' ? '企业授权经办人' : '本人授权亲友'}</Box>
      <Box className='dg-lead'>
        {moment(offeredAt)} 授权{acceptedAt ? `，${moment(acceptedAt)} 接受` : ''}{endedAt ? `，${moment(endedAt)} 结束` : ''}
      </Box>
      {acceptedAt && <Box className='dg-lead'>授权编号 {number}。替人亮码时，扫码的一方也看得到；要说是哪一份授权，念它。</Box>}
      {status === 'offered' && <Box>对方还没有接受。授权码 10 分钟内有效，只显示那一次；没来得及的，收回再出一个。</Box>}
    </Card>
    <ScopeCard
      may={mayDo(delegation)} whose={side === 'given' && role === 'proxy' ? '你' : shownSubjectName} until={untilText(delegation, now)}
      ended={!isOpen(delegation)}
    />
  </>
}
