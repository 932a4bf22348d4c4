import type { CaseSummary } from '../../../../contract/submissions'
import { hrefOfAction } from '../../../../domain/case/action-address'
import { Button, Card, LightTag, Tag } from '../../../components'
import { Box } from '../../../platform/host'
import { open } from '../../../platform/navigation'
import { ClockFace } from '../clock-face'
import { standingOf } from '../words'

/** One case of a submission: where it is, who has it, how many days are left, what stops it, what came out. */
export function CaseCard({ of: subject, now }: { of: CaseSummary; now: number }) {
  const { id, matterName, departmentName, clock, nextStep, result, allowedActions, status } = subject
  const { tone, word } = standingOf(subject)
  const edge = tone === 'amber' || tone === 'red' || tone === 'green' ? tone : 'plain'
  const ticking = clock.state === 'running' || clock.state === 'paused' || clock.state === 'overdue'
  return (
    <Card
      title={matterName}
      tone={edge}
      end={
        <Box className="case-tags">
          <Tag text={word} tone={tone} />
          {clock.light && status !== 'paused' && <LightTag light={clock.light} />}
        </Box>
      }
    >
      <Box className="case-who">{departmentName}</Box>
      {ticking && <ClockFace of={subject} now={now} />}
      <Box className="case-next">{nextStep}</Box>
      {result && <Box className="case-next">结果：{result.name}</Box>}
      <Box className="case-actions">
        <Button kind="quiet" label={`看进展：${matterName}`} onPress={() => open('/features/case/detail/index', { id })}>
          看进展
        </Button>
        {allowedActions.includes('rate') && (
          <Button kind="quiet" icon="star" label={`评价${matterName}`} onPress={() => open(hrefOfAction('rate', id))}>
            评价
          </Button>
        )}
      </Box>
    </Card>
  )
}
