import type { CaseDetail, DeferredMaterial } from '../../../../contract/submissions'
import { hrefOfAction } from '../../../../domain/case/action-address'
import { beforeText, instantOf } from '../../../../domain/time'
import { Button, Card, Tag } from '../../../components'
import { Box, Item, List } from '../../../platform/host'
import { open } from '../../../platform/navigation'
import { deferralLine } from '../words'

/** What the person has to do in this case: answer a correction item by item, bring what was deferred, rate. */
export function Duties({ of: detail, now }: { of: CaseDetail; now: number }) {
  const { id, allowedActions, matterName } = detail
  return (
    <>
      <Correction of={detail} now={now} />
      <Deferred of={detail} now={now} />
      {allowedActions.includes('rate') && (
        <Card title="办得怎么样？" tone="water">
          <Box>说好说坏都行，也可以不评。可以匿名。</Box>
          <Box className="detail-do">
            <Button icon="star" label={`去评价${matterName}`} onPress={() => open(hrefOfAction('rate', id))}>
              去评价
            </Button>
          </Box>
        </Card>
      )}
    </>
  )
}

function Correction({ of: { id, correction, allowedActions }, now }: { of: CaseDetail; now: number }) {
  if (!correction) return null
  const { items, dueAt } = correction
  return (
    <Card title={`请补正 ${items.length} 处`} tone="amber">
      {dueAt && <Box>{beforeText(Date.parse(dueAt), now)}补好，过期会终止办理。补正期间不算部门用时。</Box>}
      <List className="detail-items">
        {items.map((item, at) => (
          <Item key={item.id} className="detail-item">
            <Box className="detail-label">
              {at + 1}. {item.label}
            </Box>
            <Box>哪里不对：{item.problem}</Box>
            <Box>怎么改：{item.mend}</Box>
            {item.sample && <Box>样例：{item.sample}</Box>}
          </Item>
        ))}
      </List>
      {allowedActions.includes('correct') && (
        <Button kind="primary" block onPress={() => open(hrefOfAction('correct', id))}>
          去补正
        </Button>
      )}
    </Card>
  )
}

function Deferred({ of: detail, now }: { of: CaseDetail; now: number }) {
  const { deferred, allowedActions } = detail
  if (deferred.length === 0) return null
  const owed = allowedActions.includes('supplement')
  return (
    <Card title="先办后补的材料" tone={owed ? 'amber' : 'plain'}>
      {deferred.map((material) => (
        <DeferredPaper key={material.materialId} of={material} in={detail} now={now} />
      ))}
    </Card>
  )
}

interface DeferredPaperProps {
  of: DeferredMaterial
  in: CaseDetail
  now: number
}

function DeferredPaper({ of: material, in: { id, status, allowedActions }, now }: DeferredPaperProps) {
  const { materialId, name, until, workdays, supplied } = material
  const owed = !supplied && allowedActions.includes('supplement')
  const { word, tone } = supplied ? paperWords.supplied : owed ? paperWords.owed : paperWords.past
  return (
    <Box className="detail-item">
      <Box className="detail-owed">
        <Box className="detail-label">{name}</Box>
        <Tag text={word} tone={tone} />
      </Box>
      {!supplied && !owed && <Box>这一件已经有了结果，不用再补。</Box>}
      {owed && (
        <>
          <Box className="detail-next">{beforeText(instantOf(until, '23:59'), now)}补交。过期没补，这一件会终止。</Box>
          {workdays !== null && <Box className="detail-fine">{deferralLine(workdays, status === 'waiting')}</Box>}
          <Box className="detail-do">
            <Button
              kind="primary"
              block
              icon="camera"
              label={`补交${name}`}
              onPress={() => open('/features/case/supplement/index', { id, material: materialId })}
            >
              补交
            </Button>
          </Box>
        </>
      )}
    </Box>
  )
}

const paperWords = {
  supplied: { word: '已补', tone: 'green' },
  owed: { word: '还没补', tone: 'amber' },
  past: { word: '没有补', tone: 'grey' }
} as const
