import { Drawing } from '../platform/drawing'
import { circle, type Ink } from '../platform/drawing-markup'
import { Box } from '../platform/host'
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
  const strokes = [
    { d: circle(32, 32, 27), stroke: 'line' as const, width: 7 },
    ...(part > 0 ? [{ d: arc(part), stroke: ink, width: 7 }] : []),
  ]
  return <Box
    className='ring' role='progressbar' aria-label={label} aria-valuenow={Math.round(part * 100)} aria-valuemin={0} aria-valuemax={100}
    aria-valuetext={text}
  >
    <Drawing className='ring-picture' width={64} height={64} strokes={strokes} />
    <Box className='ring-text' aria-hidden>{text}</Box>
  </Box>
}

/** An arc from the top, clockwise; a whole turn is two halves, because SVG can't draw an arc onto its own start. */
function arc(part: number): string {
  if (part >= 1) return circle(32, 32, 27)
  const angle = part * 2 * Math.PI
  const x = (32 + 27 * Math.sin(angle)).toFixed(2)
  const y = (32 - 27 * Math.cos(angle)).toFixed(2)
  return `M32 5A27 27 0 ${part > 0.5 ? 1 : 0} 1 ${x} ${y}`
}
