import type { ReactNode } from 'react'
import { Box, Link, Press, Span } from '../platform/host'
import { hrefOf, open, type Params } from '../platform/navigation'
import { classes } from './classes'
import { Icon } from './icon'
import type { IconName } from './icon-paths'
import './cell.scss'

interface CellProps {
  title: string
  note?: ReactNode
  /** Shown at the end: a tag, a number, a word. */
  end?: ReactNode
  icon?: IconName
  /** Opens this page; a real link on H5. */
  to?: string
  params?: Params
  /** Does something here instead of opening a page. */
  onPress?: () => void
  /** A coloured edge for what waits for the person; the words must say it too. */
  tone?: 'water' | 'amber' | 'red' | 'green'
}

/** A row on its own card: to read, to open a page, or to press. */
export function Cell({ title, note, end, icon, to, params, onPress, tone }: CellProps) {
  const className = classes('cell', tone && `cell--${tone}`)
  const inside = <>
    {icon && <Box className='cell-icon'><Icon name={icon} ink='water-7' /></Box>}
    <Box className='cell-body'>
      <Span className='cell-title'>{title}</Span>
      {note && <Box className='cell-note'>{note}</Box>}
    </Box>
    {end && <Box className='cell-end'>{end}</Box>}
    {(to || onPress) && !end && <Icon name='chevron' ink='ink-3' size='small' />}
  </>
  if (to) return <Link className={className} href={hrefOf(to, params)} onPress={() => open(to, params)}>{inside}</Link>
  if (onPress) return <Press className={className} onPress={onPress}>{inside}</Press>
  return <Box className={className}>{inside}</Box>
}
