import { useState } from 'react'
import type { Static } from 'typebox'
import type { Trace } from '../../../../contract/traces'
import { dayOf, dayText, timeOf } from '../../../../domain/time'
import { Button, Card, Empty, Loaded, Notice, OfflineBar, Page, Tag, type Tone } from '../../../components'
import { Box } from '../../../platform/host'
import { ActingBar } from '../../../session/acting-bar'
import { useNow } from '../../../session/now'
import { SignedIn } from '../../../session/signed-in'
import { useTraces } from './use-traces'
import './index.scss'

type Wire = Static<typeof Trace>

const actions: Record<Wire['action'], { word: string; tone: Tone }> = {
  read: { word: '看过', tone: 'grey' },
  fetch: { word: '取用', tone: 'grey' },
  use: { word: '用于办事', tone: 'grey' },
  send: { word: '发给部门', tone: 'water' },
  reveal: { word: '看了原值', tone: 'amber' },
  export: { word: '导出', tone: 'amber' },
  refused: { word: '被拒绝', tone: 'red' }
}

/** Who has read which data of mine, when and why; what was refused stands there too. */
export default function Traces() {
  const { first, pages, more, busy, problem } = useTraces()
  return <Page title='谁看过我的信息' readAloud>
    <OfflineBar />
    <SignedIn title='登录后看足迹' why='谁、什么时候、为什么、看了你的哪些信息，每一次都记在这里。' returnTo='/features/message/traces/index'>
      <ActingBar />
      <Notice text={problem} tone='error' />
      <Loaded of={first}>{() => pages.every(({ traces }) => traces.length === 0)
        ? <Empty title='还没有人看过' note='以后每一次查询、取用和发送都会记在这里，包括没有让看的。' />
        : <>
          {pages.flatMap(({ traces }) => traces).map((trace) => <TraceCard key={trace.id} trace={trace} />)}
          {more && <Button block busy={busy} onPress={more}>看更早的</Button>}
        </>}</Loaded>
    </SignedIn>
  </Page>
}

function TraceCard({ trace: { at, actor, action, purpose, fields } }: { trace: Wire }) {
  const now = useNow()
  const { word, tone } = actions[action]
  const instant = Date.parse(at)
  return <Card title={actor} end={<Tag text={word} tone={tone} />} tone={action === 'refused' ? 'red' : 'plain'}>
    <Box>{purpose}</Box>
    {fields.length > 0 && <Fields fields={fields} />}
    <Box className='trace-time'>{dayText(dayOf(instant), dayOf(now))}{timeOf(instant)}</Box>
  </Card>
}

/** Fields that are named at once; the rest at a press. */
const FIRST_FIELDS = 6

function Fields({ fields }: { fields: string[] }) {
  const [all, setAll] = useState(false)
  const more = fields.length > FIRST_FIELDS && !all
  return <Box className='trace-fields'>
    涉及：{(more ? fields.slice(0, FIRST_FIELDS) : fields).join('、')}
    {more && <Button kind='quiet' onPress={() => setAll(true)}>看全部 {fields.length} 项</Button>}
  </Box>
}
