import { Card, Icon } from '../../components'
import { Box, Item, List, Span } from '../../platform/host'
import './delegation.scss'
import { mayNotDo } from './words'

interface ScopeCardProps {
  may: string[]
  /** How the one acted for is called here: 你, or a masked name. */
  whose: string
  until: string
  /** It has ended: what used to be allowed, nothing is forbidden any more. */
  ended?: boolean
}

/** What is delegated, until when, and what is not. */
export function ScopeCard({ may, whose, until, ended }: ScopeCardProps) {
  if (ended) return <Card title='原来授权的'>
    <Lines lines={may} label='原来授权的' />
    <Box className='dg-until'>{until}</Box>
  </Card>
  return <>
    <Card title='能做的' tone='green'>
      <Lines lines={may} label='能做的' mark='check' />
      <Box className='dg-until'>{until}</Box>
    </Card>
    <Card title='不能做的' tone='red'><Lines lines={mayNotDo(whose)} label='不能做的' mark='cross' /></Card>
  </>
}

function Lines({ lines, label, mark }: { lines: string[]; label: string; mark?: 'check' | 'cross' }) {
  return <List className='dg-lines' aria-label={label}>
    {lines.map((line) => <Item key={line} className='dg-line'>
      {mark && <Icon name={mark} ink={mark === 'check' ? 'green' : 'red'} size='small' />}<Span className='dg-line-text'>{line}</Span>
    </Item>)}
  </List>
}
