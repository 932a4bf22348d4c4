import { useState } from 'react'
import type { Invitation } from '../../../../contract/invitations'
import { beforeText, dayOf, dayText, timeText } from '../../../../domain/time'
import { Button, Card, Dialog, Loaded, Notice, OfflineBar, Page, Tag } from '../../../components'
import { Box, Item, List } from '../../../platform/host'
import { hrefOf, useParams } from '../../../platform/navigation'
import { useNow } from '../../../session/now'
import { SignedIn } from '../../../session/signed-in'
import { receivedWords } from '../words'
import './answer.scss'
import { useAnswer, type Answer } from './use-answer'

const questions: Record<Answer, { title: string; body: string; ok: string }> = {
  grant: { title: '同意提供这些信息？', body: '只提供上面列出的几项，只能用于写明的用途。到期自动失效，你也可以随时收回。', ok: '同意' },
  decline: { title: '不同意提供？', body: '不会放出任何信息，对方可以改用别的办法。', ok: '不同意' },
  revoke: { title: '收回同意？', body: '放出的信息会删除，对方还没提交的就不能再用。', ok: '收回' }
}

export default function AnswerPage() {
  const { id = '' } = useParams()
  const { invitation, answer, busy, notice } = useAnswer(id)
  const [asking, setAsking] = useState<Answer>()
  const actions = invitation.data?.allowedActions ?? []
  return <Page title='同意邀请' readAloud footer={actions.length > 0 && <>
    {actions.includes('decline') && <Button busy={busy} onPress={() => setAsking('decline')}>不同意</Button>}
    {actions.includes('grant') && <Button kind='primary' busy={busy} onPress={() => setAsking('grant')}>同意</Button>}
    {actions.includes('revoke') && <Button kind='danger' busy={busy} onPress={() => setAsking('revoke')}>收回同意</Button>}
  </>}>
    <OfflineBar text='没有网络。要连上网才能答复。' />
    <SignedIn
      title='有人请你同意' why='登录后才能看到是谁在请你、要用哪几项信息。' returnTo={hrefOf('/features/invitation/answer/index', { id })}
    >
      <Notice text={notice.text} tone={notice.tone} />
      <Loaded of={invitation}>{(loaded) => <Asked invitation={loaded} />}</Loaded>
    </SignedIn>
    <Dialog
      id='answer' open={asking !== undefined} title={asking ? questions[asking].title : ''} okText={asking ? questions[asking].ok : ''}
      danger={asking === 'revoke'} onCancel={() => setAsking(undefined)}
      onOk={() => { if (asking) void answer(asking); setAsking(undefined) }}
    >{asking && questions[asking].body}</Dialog>
  </Page>
}

/** Who asks, for what, exactly which data, until when. */
function Asked({ invitation }: { invitation: Invitation }) {
  const now = useNow()
  const { maskedApplicantName, purpose, status, releases, sentAt, expiresAt, validDays, validUntil } = invitation
  return <>
    <Card title={`${maskedApplicantName} 请你同意`} end={<Tag {...receivedWords[status]} />}>
      <Box>用来做什么：{purpose}</Box>
      <Box className='a-hint'>{timeText(Date.parse(sentAt), now)} 发来。</Box>
      {status === 'pending' && <>
        <Box>请在 {beforeText(Date.parse(expiresAt), now)}答复，同意或不同意都可以。</Box>
        <Box>同意后 {validDays} 天内有效，到期自动失效，也可以随时收回。</Box>
      </>}
      {validUntil && status === 'granted' && <Box>你的同意到 {dayText(dayOf(Date.parse(validUntil)), dayOf(now))}为止，可以随时收回。</Box>}
    </Card>
    <Card title='只放出下面这几项'>
      <List className='a-list' aria-label='放出的信息'>
        {releases.map(({ licenceName, fields, held }) => <Item key={licenceName} className='a-row'>
          <Box className='a-name'>{licenceName}</Box>
          <Box>{fields.join('、')}</Box>
          {!held && status === 'pending' && <Box className='a-hint'>证照库里没有查到你有效的这份证照，同意后对方还要另想办法。</Box>}
        </Item>)}
      </List>
      <Box className='a-hint'>每次使用都有记录，在「我的 — 谁看过我的信息」里能查到。</Box>
    </Card>
  </>
}
