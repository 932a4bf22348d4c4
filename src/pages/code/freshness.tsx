import { ringStrokes } from '../../components/ring-layout'
import { Drawing } from '../../platform/drawing'
import { Box } from '../../platform/host'
import { clockText } from './clock'
import { SPAN_MS } from './code-keeper'
import './freshness.scss'

const wave = 'M0 10c15-9 30-9 45 0s30 9 45 0 30-9 45 0 30 9 45 0 30-9 45 0 30 9 45 0 30-9 45 0 30 9 45 0'

/**
 * What a screenshot can't have: seconds that run down, the time of day, and water that flows. A screen reader hears once what happens
 * by itself, not every second of it.
 */
export function Freshness({ until, now, stale, busy }: { until: number; now: number; stale: boolean; busy: boolean }) {
  const left = stale ? 0 : Math.min(SPAN_MS / 1000, Math.max(0, Math.ceil((until - now) / 1000)))
  return <Box className='code-fresh'>
    <Box className='code-flow' aria-hidden>
      <Box className='code-wave'>
        <Drawing className='code-wave-picture' width={360} height={20} strokes={[{ d: wave, stroke: 'water-5', width: 2 }]} stretch />
      </Box>
      <Box className='code-clock'>{clockText(now)}</Box>
    </Box>
    <Box className='code-left' aria-hidden>
      <Drawing className='code-ring' width={64} height={64} strokes={ringStrokes((left * 1000) / SPAN_MS, left > 10 ? 'green' : 'amber')} />
      {left > 0 ? `${left} 秒后自动换新` : stale && !busy ? '已失效' : '正在换新'}
    </Box>
    <Box className='sr'>每 60 秒自动换新，用一次就失效</Box>
  </Box>
}
