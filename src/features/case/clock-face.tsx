import type { CaseSummary } from '../../../contract/submissions'
import { ProgressRing } from '../../components'
import { Box } from '../../platform/host'
import { clockWords } from './words'
import './clock-face.scss'

/** The clock of a case: a ring with the days left, beside it by when and by which calendar. Nothing when there is nothing to count. */
export function ClockFace({ of: subject, now }: { of: Pick<CaseSummary, 'clock' | 'status'>; now: number }) {
  const words = clockWords(subject, now)
  if (!words) return null
  const { headline, lines, ring } = words
  return (
    <Box className="clock-face">
      {ring && <ProgressRing {...ring} />}
      <Box className="clock-words">
        <Box className="clock-headline">{headline}</Box>
        {lines.map((line) => (
          <Box key={line} className="clock-line">
            {line}
          </Box>
        ))}
      </Box>
    </Box>
  )
}
