import type { Invitation, InvitationSummary } from '../../../../contract/invitations'
import { beforeText, timeText } from '../../../../domain/time'
import { Cell, Empty, Loaded, OfflineBar, Page, Section, Tag } from '../../../components'
import { useNow } from '../../../session/now'
import { SignedIn } from '../../../session/signed-in'
import { receivedWords, sentWords } from '../words'
import { useInvitations } from './use-invitations'

export default function InvitationsPage() {
  return <Page title='同意邀请'>
    <OfflineBar />
    <SignedIn title='别人请你同意的事' why='登录后才能看到谁在请你、要用哪几项信息。' returnTo='/features/invitation/list/index'><Lists /></SignedIn>
  </Page>
}

function Lists() {
  const invitations = useInvitations()
  return <Loaded of={invitations}>{({ received, sent }) => <>
    {received.length + sent.length === 0 && <Empty title='没有邀请' note='别人办事要用到你的证照时，会在这里请你同意。' />}
    {received.length > 0 && <Section title='请你同意的'>{received.map((one) => <Received key={one.id} invitation={one} />)}</Section>}
    {sent.length > 0 && <Section title='你请别人同意的'>{sent.map((one) => <Sent key={one.id} invitation={one} />)}</Section>}
  </>}</Loaded>
}

function Received({ invitation: { id, maskedApplicantName, releases, status, expiresAt } }: { invitation: Invitation }) {
  const now = useNow()
  const word = receivedWords[status]
  const until = status === 'pending' ? `，${beforeText(Date.parse(expiresAt), now)}答复` : ''
  return <Cell
    title={`${maskedApplicantName} 请你同意`} note={`要用：${releases.map(({ licenceName }) => licenceName).join('、')}${until}`}
    end={<Tag {...word} />} tone={status === 'pending' ? 'amber' : undefined} to='/features/invitation/answer/index' params={{ id }}
  />
}

function Sent({ invitation: { maskedHolderName, status, sentAt, way } }: { invitation: InvitationSummary }) {
  const now = useNow()
  const note = `${timeText(Date.parse(sentAt), now)} 发出${way ? `。${way.say}` : ''}`
  return <Cell title={`请 ${maskedHolderName} 同意`} note={note} end={<Tag {...sentWords[status]} />} />
}
