import { Drawing } from '../platform/drawing'
import type { Ink } from '../platform/drawing-markup'
import { Box } from '../platform/host'
import { ringStrokes } from './ring-layout'
import './progress-ring.scss'

interface ProgressRingProps {
  /** Part that is left or done, from 0 to 1. */
  value: number
  /** In the middle: "2 日", "42 秒". */
  text: string
  /** Spoken: "还剩 2 个工作日，共 3 个". */
  label: string
  ink?: Ink
}

/** A part of a whole, as a ring with its number inside. */
export function ProgressRing({ value, text, label, ink = 'green' }: ProgressRingProps) {
  const part = Math.min(1, Math.max(0, value))
  return <Box
    className='ring' role='progressbar' aria-label={label} aria-valuenow={Math.round(part * 100)} aria-valuemin={0} aria-valuemax={100}
    aria-valuetext={text}
  >
    <Drawing className='ring-picture' width={64} height={64} strokes={ringStrokes(part, ink)} />
    <Box className='ring-text' aria-hidden>{text}</Box>
  </Box>
}
