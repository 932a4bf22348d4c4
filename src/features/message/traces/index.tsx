import type { Subject } from '../../../../contract/identity'
import { Button, Empty, Loaded, Notice, OfflineBar, Page, Section, Select, Tabs } from '../../../components'
import { useParams } from '../../../platform/navigation'
import { useNow } from '../../../session/now'
import { SignedIn } from '../../../session/signed-in'
import { relationWords } from '../../../session/whose'
import { ObjectingDialog } from './objecting-dialog'
import { TraceCard } from './trace-card'
import { useObjecting } from './use-objecting'
import { useTraces } from './use-traces'
import { byDay, sifts } from './words'
import './traces.scss'

const path = '/features/message/traces/index'

/** Who has read which data of mine, when and why; what was refused stands there too. */
export default function Traces() {
  const { id } = useParams()
  return <Page title='谁看过我的信息' readAloud>
    <OfflineBar />
    <SignedIn title='登录后看足迹' why='谁、什么时候、为什么、看了你的哪些信息，每一次都记在这里。' returnTo={id ? `${path}?id=${id}` : path}>
      <Found opened={id} />
    </SignedIn>
  </Page>
}

function Found({ opened }: { opened: string | undefined }) {
  const { first, traces, one, more, busy, problem, subjects, chosen, choose, sift, setSift, objectionDays, note } = useTraces(opened)
  const objecting = useObjecting(note)
  const now = useNow()
  const body = <Loaded of={first}>{() => traces.length === 0
    ? <Empty title={sifts[sift]?.empty ?? ''} note='以后每一次查询、取用和发送都会记在这里，包括没有让看的。' />
    : <>
      {byDay(traces, now).map(({ day, title, traces: ofDay }) => <Section key={day} title={title}>
        {ofDay.map((trace) => <TraceCard key={trace.id} trace={trace} now={now} underDay onObject={objecting.ask} />)}
      </Section>)}
      {more && <Button block busy={busy} onPress={more}>看更早的</Button>}
    </>}</Loaded>
  return <>
    <Notice text={objecting.said} tone='done' />
    {opened && <Loaded of={one} cards={1}>{(trace) =>
      <TraceCard trace={trace} now={now} underDay={false} onObject={objecting.ask} />}</Loaded>}
    {subjects.length > 1 && chosen && <Select id='whose' label='看谁的' required value={chosen.id} onChange={choose}
      options={subjects.map((subject) => ({ value: subject.id, label: nameOf(subject) }))} />}
    <Tabs id='sift' label='只看哪一些' value={sift} onChange={setSift} tabs={sifts.map(({ title }) => ({ title, body }))} />
    <Notice text={problem} tone='error' />
    <ObjectingDialog objecting={objecting} days={objectionDays} now={now} />
  </>
}

const nameOf = ({ role, maskedName }: Subject): string => (role === 'self' ? '我自己' : `${relationWords[role]}：${maskedName}`)
