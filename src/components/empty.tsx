import type { ReactNode } from 'react'
import { Drawing } from '../platform/drawing'
import { circle } from '../platform/drawing-markup'
import { Box } from '../platform/host'
import './empty.scss'

interface EmptyProps {
  /** What would be here. */
  title: string
  /** How to get it. */
  note?: string
  /** A button or a cell that begins it. */
  action?: ReactNode
}

/** Nothing here yet: quiet water, what would be here, and how to get it. */
export function Empty({ title, note, action }: EmptyProps) {
  return <Box className='empty'>
    <Drawing className='empty-picture' width={160} height={84} strokes={[
      { d: circle(112, 26, 11), fill: 'water-1' },
      { d: 'M14 46c16-12 32-12 48 0s32 12 48 0 28-11 36-6', stroke: 'water-5', width: 2.4 },
      { d: 'M30 60c13-9 26-9 39 0s26 9 39 0 20-8 26-5', stroke: 'line', width: 2.4 },
      { d: 'M52 73c9-6 18-6 27 0s18 6 27 0', stroke: 'line', width: 2.4 },
    ]} />
    <Box className='empty-title'>{title}</Box>
    {note && <Box className='empty-note'>{note}</Box>}
    {action && <Box className='empty-action'>{action}</Box>}
  </Box>
}
