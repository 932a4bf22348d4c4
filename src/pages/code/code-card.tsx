import { useContext } from 'react'
import type { Subject } from '../../../contract/identity'
import { Button, ElderContext, Icon, Notice, Skeleton, Tag } from '../../components'
import { QrCode } from '../../components/qr-code'
import { Box, Heading } from '../../platform/host'
import type { CodeState, ShownCode, Trouble } from './code-keeper'
import { Freshness } from './freshness'
import { useKeptScenes } from './use-kept-scenes'
import { offlinePlaces, onBehalf, troubleText, upToText, whoseOf } from './words'
import './code-card.scss'

interface Ways {
  renew: () => Promise<void>
  /** To where the person confirms who they are. */
  confirm: () => Promise<void>
}

interface CodeCardProps {
  subject: Subject
  code: CodeState & Ways
  now: number
  /** What has just become of the last one; empty when nothing has. */
  said: string
}

/** The face that is held out: whose it is, the code, how long it is good for. */
export function CodeCard({ subject, code: { code, stale, busy, trouble, ...ways }, now, said }: CodeCardProps) {
  const { word, tone, icon } = whoseOf(subject)
  return <Box className={`code-card code-card--${tone}`}>
    <Box className='code-whose'>
      <Icon name={icon} ink='ink' size='small' />
      <Box className='code-whose-text'>{onBehalf(subject, now)}</Box>
      <Tag text={word} tone={tone} />
    </Box>
    {code === null && trouble === null && <Skeleton cards={1} label='正在出码' />}
    {code === null && trouble && <Lacking trouble={trouble} busy={busy} now={now} ways={ways} />}
    {code && <>
      <Name code={code} />
      <Box className='code-picture'>
        <QrCode className='code-qr' text={code.text} label='苏服码二维码，给工作人员扫' />
        {stale && <Mask busy={busy} trouble={trouble} now={now} ways={ways} />}
      </Box>
      <Freshness until={code.until} now={now} stale={stale} busy={busy} />
      {code.certifiedUntil !== null && <Offline code={code} until={code.certifiedUntil} now={now} />}
      {said === '' && <Box className='code-how'>把这一面给工作人员扫</Box>}
    </>}
    <Box className='code-said'><Notice tone='done' text={said} /></Box>
  </Box>
}

function Name({ code: { shownName, holder, certifiedUntil } }: { code: ShownCode }) {
  return <Box className='code-name-row'>
    <Heading level={2} className='code-name'>{shownName}</Heading>
    <Box className='code-kind'>
      {holder === 'company' ? '企业码' : '个人码'}
      {certifiedUntil !== null && <Tag text='离线码' tone='amber' />}
    </Box>
  </Box>
}

interface LackProps {
  busy: boolean
  trouble: Trouble | null
  now: number
  ways: Ways
}

/** Lies over a code that must not be read any more, and hides it wholly. */
function Mask({ trouble, now, ...rest }: LackProps) {
  const why = trouble && troubleText(trouble, now)
  return <Box className='code-mask'>
    <Box className='code-mask-word'>已失效</Box>
    {why && <Box className='code-mask-why'>{why.what}。{why.todo}</Box>}
    <Onwards trouble={trouble} {...rest} text='刷新' />
  </Box>
}

function Lacking({ trouble, now, ...rest }: LackProps & { trouble: Trouble }) {
  const { what, todo } = troubleText(trouble, now)
  return <Box className='code-lacking' role='alert'>
    <Icon name={trouble.kind === 'offline' ? 'offline' : 'warning'} ink='amber' size='large' />
    <Box className='code-lacking-what'>{what}</Box>
    <Box className='code-lacking-todo'>{todo}</Box>
    <Onwards trouble={trouble} {...rest} text='再试一次' />
  </Box>
}

function Onwards({ trouble, busy, ways, text }: Omit<LackProps, 'now'> & { text: string }) {
  const mustConfirm = trouble?.kind === 'refused' && trouble.error.code === 'reauthentication_required'
  if (mustConfirm) return <Button kind='primary' icon='shield' onPress={() => void ways.confirm()}>确认是我本人</Button>
  return <Button kind='primary' icon='retry' busy={busy} onPress={() => void ways.renew()}>{text}</Button>
}

/** What a code made without network is worth. */
function Offline({ code, until, now }: { code: ShownCode; until: number; now: number }) {
  const elder = useContext(ElderContext)
  const scenes = useKeptScenes()
  return <Box className='code-offline'>
    <Box className='code-offline-head'><Icon name='offline' ink='amber' size='small' />没有网络，这是离线码，能用{upToText(until, now)}</Box>
    {!elder && <Box>{offlinePlaces(scenes, code.holder)}</Box>}
  </Box>
}
