import { Card, Icon } from '../../components'
import { Box, Item, List, Span } from '../../platform/host'
import './delegation.scss'
import { mayNotDo } from './words'

interface ScopeCardProps {
  may: string[]
  /** How the one acted for is called here: 你, or a masked name. */
  whose: string
  until: string
}

/** What is delegated, until when, and what is not. */
export function ScopeCard({ may, whose, until }: ScopeCardProps) {
  return <>
    <Card title='能做的' tone='green'>
      <Lines lines={may} label='能做的' can />
      <Box className='dg-until'>{until}</Box>
    </Card>
    <Card title='不能做的' tone='red'><Lines lines={mayNotDo(whose)} label='不能做的' /></Card>
  </>
}

function Lines({ lines, label, can }: { lines: string[]; label: string; can?: boolean }) {
  return <List className='dg-lines' aria-label={label}>
    {lines.map((line) => <Item key={line} className='dg-line'>
      <Icon name={can ? 'check' : 'cross'} ink={can ? 'green' : 'red'} size='small' /><Span className='dg-line-text'>{line}</Span>
    </Item>)}
  </List>
}
