import type { ReactNode } from 'react'
import { Box, Item, List, Span } from '../platform/host'
import './timeline.scss'

interface TimelineEntry {
  id: string
  title: string
  state: 'done' | 'now' | 'waiting' | 'stopped'
  time?: string
  note?: ReactNode
}

const words = { done: '已完成', now: '现在在这里', waiting: '还没到', stopped: '已停在这里' }

/** What has happened, where it stands and what comes, downstream. */
export function Timeline({ label, entries }: { label: string; entries: TimelineEntry[] }) {
  return <List className='timeline' aria-label={label}>
    {entries.map(({ id, title, state, time, note }) => <Item
      key={id} className={`moment is-${state}`} aria-current={state === 'now' ? 'step' : undefined}
    >
      <Box className='moment-mark' aria-hidden />
      <Box className='moment-head'>
        <Span className='moment-title'>
          {title}<Span className={state === 'now' || state === 'stopped' ? 'moment-state' : 'sr'}>{words[state]}</Span>
        </Span>
        {time && <Span className='moment-time'>{time}</Span>}
      </Box>
      {note && <Box className='moment-note'>{note}</Box>}
    </Item>)}
  </List>
}
