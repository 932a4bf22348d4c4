import { timeText } from '../../../../domain/time'
import { Button, Empty, Loaded, Notice, OfflineBar, Page, Tag } from '../../../components'
import { Box, Item, List, Press } from '../../../platform/host'
import { SignedIn } from '../../../session/signed-in'
import { useNow } from '../../../session/now'
import { KeepFresh } from './keep-fresh'
import { useInbox, type Letter } from './use-inbox'
import './index.scss'

/** What has happened to my affairs, newest first. */
export default function Inbox() {
  const { first, messages, more, busy, problem, said, isUnread, openOne, readAll, reload, status } = useInbox()
  const unread = messages.some(isUnread)
  return <Page title='消息' readAloud footer={unread && status === 'in' && <Button onPress={readAll}>全部标为已读</Button>}>
    <OfflineBar />
    <SignedIn title='登录后看消息' why='办件每走一步、有人请你确认、证照发下来，都会在这里告诉你。' returnTo='/features/message/inbox/index'>
      {status === 'in' && <KeepFresh reload={reload} />}
      <Notice text={said} tone='done' />
      <Notice text={problem} tone='error' />
      <Loaded of={first}>{() => messages.length === 0
        ? <Empty title='还没有消息' note='提交以后，每走一步都会在这里告诉你。' />
        : <>
          <List className='letters' aria-label='消息'>
            {messages.map((letter) => <Item key={letter.id}>
              <LetterRow letter={letter} unread={isUnread(letter)} onOpen={() => openOne(letter)} />
            </Item>)}
          </List>
          {more && <Button block busy={busy} onPress={more}>看更早的</Button>}
        </>}</Loaded>
    </SignedIn>
  </Page>
}

function LetterRow({ letter: { title, body, at, target }, unread, onOpen }: { letter: Letter; unread: boolean; onOpen: () => void }) {
  const now = useNow()
  return <Press className={unread ? 'letter letter--unread' : 'letter'} onPress={onOpen}>
    <Box className='letter-head'>
      <Box className='letter-title'>{title}</Box>
      {unread && <Tag text='未读' />}
    </Box>
    <Box className='letter-body'>{body}</Box>
    <Box className='letter-foot'>{timeText(Date.parse(at), now)}{target && ' · 点开看'}</Box>
  </Press>
}
