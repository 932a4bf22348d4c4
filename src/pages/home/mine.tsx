import { Button, Card, Cell, Empty, Loaded, Section, Tag } from '../../components'
import { Box } from '../../platform/host'
import { ActingBar } from '../../session/acting-bar'
import { signIn } from '../../session/session'
import { WaitingSubmissions } from '../../session/waiting'
import type { Concern } from './concerns'
import { KeepFresh } from './keep-fresh'
import type { useHome } from './use-home'

const here = '/pages/home/index'

/** 与我有关：等我办的、接着办的、正在办的、快到期的；没登录的，说登录后这里有什么。 */
export function Mine({ home, most }: { home: ReturnType<typeof useHome>; most?: number }) {
  const { status, mine, concerns } = home
  if (status === 'starting') return null
  return <Section title='与我有关'>
    {status === 'out' && <Invite
      text='登录后，没办完的事、等你补的材料、快到期的证照都会列在这里。' button='登录' onPress={() => void signIn(here)}
    />}
    {status === 'consenting' && <Invite
      text='还差一步：看完隐私说明、决定同不同意，就能继续。' button='看隐私说明' onPress={() => void signIn(here)}
    />}
    {status === 'in' && <KeepFresh reload={mine.reload} />}
    <ActingBar />
    <WaitingSubmissions />
    {(status === 'in' || status === 'unreachable') && <Loaded of={mine} cards={2}>
      {() => <Rows concerns={(concerns ?? []).slice(0, most)} />}
    </Loaded>}
  </Section>
}

function Invite({ text, button, onPress }: { text: string; button: string; onPress: () => void }) {
  return <Card>
    <Box className='mine-invite'>{text}</Box>
    <Button kind='primary' block icon='person' onPress={onPress}>{button}</Button>
  </Card>
}

function Rows({ concerns }: { concerns: Concern[] }) {
  if (concerns.length === 0) return <Empty title='现在没有等你办的事' note='填了一半的草稿、正在办的事、快到期的证照，都会出现在这里。' />
  return <>{concerns.map(({ key, title, note, icon, tag, edge, to, params }) => <Cell
    key={key} title={title} note={note} icon={icon} tone={edge} to={to} params={params}
    end={tag && <Tag text={tag.text} tone={tag.tone} dot={tag.tone === 'green'} />}
  />)}</>
}
