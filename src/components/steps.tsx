import { Box, Item, List, Span } from '../platform/host'
import { classes } from './classes'
import { Icon } from './icon'
import './steps.scss'

interface StepsProps {
  label: string
  steps: string[]
  /** Index of the step one is at; all are done when it is past the last. */
  current: number
}

/** Where one is in a row of steps. */
export function Steps({ label, steps, current }: StepsProps) {
  return <List className='steps' aria-label={label}>
    {steps.map((step, at) => <Item
      key={step} className={classes('step', at === current && 'is-on', at < current && 'is-done')}
      aria-current={at === current ? 'step' : undefined} aria-label={`第 ${at + 1} 步，${step}，${word(at, current)}`}
    >
      <Box className='step-mark' aria-hidden>{at < current ? <Icon name='check' ink='white' size='small' /> : at + 1}</Box>
      <Span className='step-name'>{step}</Span>
    </Item>)}
  </List>
}

function word(at: number, current: number): string {
  if (at < current) return '已完成'
  return at === current ? '正在这一步' : '还没到'
}
