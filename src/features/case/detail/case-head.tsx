import type { CaseDetail } from '../../../../contract/submissions'
import { isClosed } from '../../../../domain/case/transition'
import { timeText } from '../../../../domain/time'
import { Card, Cell, LightTag, Tag } from '../../../components'
import { Box } from '../../../platform/host'
import { ClockFace } from '../clock-face'
import { standingOf } from '../words'

/** Which case, where it stands, who has it since when, and the days left. */
export function CaseHead({ of: detail, now }: { of: CaseDetail; now: number }) {
  const { matterName, caseNo, clock, status, holder, nextStep, bundleName, submissionId } = detail
  const { tone, word } = standingOf(detail)
  return (
    <>
      <Card
        title={matterName}
        end={
          <Box className="detail-tags">
            <Tag text={word} tone={tone} />
            {clock.light && <LightTag light={clock.light} paused={status === 'paused'} />}
          </Box>
        }
      >
        {caseNo && <Box className="detail-fine">办件号 {caseNo}</Box>}
        <ClockFace of={detail} now={now} />
        <Box className="detail-next">{nextStep}</Box>
        <Box className="detail-fine">
          {isClosed(status) ? '经办' : '现在在'}：{holder.organisation} · {timeText(Date.parse(holder.since), now)}
          {isClosed(status) ? ' 结束' : ' 起'}
        </Box>
      </Card>
      <Cell title={bundleName} note="看这件事里的其他事项" to="/features/case/submission/index" params={{ id: submissionId }} />
    </>
  )
}
