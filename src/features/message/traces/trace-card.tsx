import { useContext, useState } from 'react'
import type { Trace } from '../../../../contract/traces'
import { timeText } from '../../../../domain/time'
import { useHotline } from '../../../session/hotline'
import { Button, Card, ElderContext, Icon, Tag } from '../../../components'
import { Box } from '../../../platform/host'
import { actions, clockText, standingOf } from './words'

interface TraceCardProps {
  trace: Trace
  now: number
  /** Stands under the heading of its day; else the card says the day and whose it is itself. */
  underDay: boolean
  onObject: (trace: Trace) => void
}

/**
 * One look at somebody's data: who, what came of it, which fields, why, when; and what was objected. Of what was refused it says
 * that none of the fields was given.
 */
export function TraceCard({ trace, now, underDay, onObject }: TraceCardProps) {
  const { at, actor, action, purpose, fields, maskedSubjectName, objectable, objection } = trace
  const { word, tone, icon, verb } = actions[action]
  const refused = action === 'refused'
  return <Card title={actor} level={underDay ? 3 : 2} end={<Tag text={word} tone={tone} />} tone={refused ? 'red' : 'plain'}>
    <Box className='trace-line'>
      <Icon name={icon} ink={refused ? 'red' : 'ink-2'} size='small' />
      <Box className='trace-why'>
        {fields.length > 0 && <Fields verb={verb} fields={fields} end={refused ? `，${word}` : ''} />}
        <Box>{refused ? purpose : `用于：${purpose}`}</Box>
        <Box className='trace-time'>{clockText(at, now, underDay)}{!underDay && ` · ${maskedSubjectName}`}</Box>
      </Box>
    </Box>
    <Standing trace={trace} now={now} />
    {objectable && !objection && <Box className='trace-act'>
      <Button kind='quiet' icon='message' label={`对「${actor}」${clockText(at, now, underDay)} 这一次提异议`} onPress={() => onObject(trace)}>
        提异议
      </Button>
    </Box>}
  </Card>
}

/** Fields that are named at once, the rest at a press. */
const FIRST_FIELDS = { normal: 6, elder: 3 }

function Fields({ verb, fields, end }: { verb: string; fields: string[]; end: string }) {
  const first = FIRST_FIELDS[useContext(ElderContext) ? 'elder' : 'normal']
  const [all, setAll] = useState(false)
  const more = fields.length > first && !all
  return <Box>
    {verb}：{(more ? fields.slice(0, first) : fields).join('、')}{end}
    {more && <Box className='trace-act'><Button kind='quiet' onPress={() => setAll(true)}>看全部 {fields.length} 项</Button></Box>}
  </Box>
}

function Standing({ trace, now }: { trace: Trace; now: number }) {
  const standing = standingOf(trace, useHotline(), now)
  if (!standing || !trace.objection) return null
  const { at, text, answer, answeredAt } = trace.objection
  return <Box className='trace-objection'>
    <Tag text={standing.word} tone={standing.tone} />
    <Box>{timeText(Date.parse(at), now)} 你提了异议{text && `：“${text}”`}</Box>
    {answer && answeredAt && <Box className='trace-answer'>{timeText(Date.parse(answeredAt), now)} 对方说明：{answer}</Box>}
    <Box className='trace-time'>{standing.next}</Box>
  </Box>
}
