import type { Subject } from '../../../contract/identity'
import { Cell, Notice } from '../../components'
import { Box } from '../../platform/host'
import { useAsked } from '../../session/asked'
import { usePageVisible } from '../../session/live'
import { relationWords } from '../../session/whose'
import { AskedSheet } from './asked-sheet'
import { CodeCard } from './code-card'
import type { CodeState } from './code-keeper'
import { LastReading } from './last-reading'
import { clockSkew } from './offline-codes'
import { useSecond } from './seconds'
import { SubjectSwitch } from './subject-switch'
import { useCode } from './use-code'

/** The code of the one acted for, with what has become of it. */
export function MyCode({ subject, subjects }: { subject: Subject; subjects: Subject[] }) {
  const code = useCode(subject)
  const { pending } = useAsked()
  const now = useSecond(usePageVisible())
  return <Box className='code-page'>
    <SubjectSwitch subject={subject} subjects={subjects} />
    <CodeCard subject={subject} code={code} now={now} said={saidOf(code, subject)} />
    {code.reading && <LastReading reading={code.reading} now={now} />}
    <AskedSheet pending={pending} now={now + clockSkew()} onAnswered={code.look} />
    <Cell icon='document' title='在哪里能用' note='谁能看你哪几格、凭什么、留多久' to='/features/code/scenes/index' />
    <Cell icon='eye' title='谁看过我的信息' note='每一次核验都记在足迹里' to='/features/message/traces/index' />
    <Box className='sr'><Notice text={code.code && code.stale && !code.busy ? '码已失效，点「刷新」换一个新的' : ''} /></Box>
  </Box>
}

function saidOf({ reading, declined }: CodeState, { role, maskedName }: Subject): string {
  if (reading) return `${reading.organisation} 刚读了${role === 'self' ? '你' : `${relationWords[role]} ${maskedName} `}的码`
  return declined ? '你没有同意，对方什么也没看到' : ''
}
