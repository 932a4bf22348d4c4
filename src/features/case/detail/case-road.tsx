import type { CaseDetail } from '../../../../contract/submissions'
import { timeText } from '../../../../domain/time'
import { Card, Timeline } from '../../../components'
import { Box, Item, List, Span } from '../../../platform/host'

const failed = ['rejected', 'withdrawn', 'terminated', 'blocked']

/** The road of a case: what happened and when, by whom, under which number; what is still ahead; what it used. */
export function CaseRoad({ of: detail, now }: { of: CaseDetail; now: number }) {
  return (
    <>
      <Card title="走到哪了">
        <Timeline label="办理经过" entries={entriesOf(detail, now)} />
      </Card>
      {detail.materials.length > 0 && (
        <Card title="用到了什么">
          <List className="detail-materials">
            {detail.materials.map(({ name, how }) => (
              <Item key={name} className="detail-material">
                <Span>{name}</Span>
                <Span className="detail-how">{how}</Span>
              </Item>
            ))}
          </List>
        </Card>
      )}
    </>
  )
}

function entriesOf({ timeline, ahead, status, result }: CaseDetail, now: number) {
  const stopped = failed.includes(status) || (status === 'done' && !result)
  const finished = status === 'done' || status === 'archived'
  const last = timeline.length - 1
  const past = timeline.map(({ seq, title, at, detail, by, documentNo }, index) => ({
    id: String(seq),
    title,
    time: timeText(Date.parse(at), now),
    state: index < last ? ('done' as const) : stopped ? ('stopped' as const) : finished ? ('done' as const) : ('now' as const),
    note: (
      <>
        {detail && <Box>{detail}</Box>}
        <Box>{[by, documentNo].filter(Boolean).join(' · ')}</Box>
      </>
    )
  }))
  return [...past, ...ahead.map((title) => ({ id: `ahead/${title}`, title, state: 'waiting' as const }))]
}
