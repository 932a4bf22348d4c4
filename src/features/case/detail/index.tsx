import { useState } from 'react'
import type { CaseDetail } from '../../../../contract/submissions'
import { Button, Dialog, Loaded, Notice, OfflineBar, Page } from '../../../components'
import { Box } from '../../../platform/host'
import { useParams } from '../../../platform/navigation'
import { dial } from '../../../platform/phone'
import { useNow } from '../../../session/now'
import { SignedIn } from '../../../session/signed-in'
import { CaseHead } from './case-head'
import { CaseRoad } from './case-road'
import { Duties } from './duties'
import { Outcome } from './outcome'
import { useCase } from './use-case'
import './detail.scss'

/** Asked when the department publishes no number of its own. */
const hotline = '12345'

export default function CasePage() {
  const { id = '' } = useParams()
  const { subject, withdraw, busy, fault, done } = useCase(id)
  const [asking, setAsking] = useState<'withdraw' | 'phone' | null>(null)
  const now = useNow()
  const { data } = subject
  return (
    <Page
      title="办件进度"
      readAloud
      footer={
        data && (
          <>
            {data.allowedActions.includes('withdraw') && <Button onPress={() => setAsking('withdraw')}>撤回</Button>}
            <Button kind="primary" icon="phone" onPress={() => setAsking('phone')}>
              问经办窗口
            </Button>
          </>
        )
      }
    >
      <OfflineBar />
      <SignedIn title="办件进度" why="办件里有你的个人信息，登录后只给你自己看。" returnTo={`/features/case/detail/index?id=${id}`}>
        <Loaded of={subject}>
          {(detail) => (
            <>
              <CaseHead of={detail} now={now} />
              <Notice tone="done" text={done} />
              <Notice tone="error" text={fault} />
              <Duties of={detail} now={now} />
              <Outcome of={detail} />
              <CaseRoad of={detail} now={now} />
              <WithdrawOne
                open={asking === 'withdraw'}
                of={detail}
                busy={busy}
                onCancel={() => setAsking(null)}
                onOk={() => void withdraw().then(() => setAsking(null))}
              />
              <AskWindow open={asking === 'phone'} of={detail} onClose={() => setAsking(null)} />
            </>
          )}
        </Loaded>
      </SignedIn>
    </Page>
  )
}

interface WithdrawOneProps {
  open: boolean
  of: CaseDetail
  busy: boolean
  onOk: () => void
  onCancel: () => void
}

function WithdrawOne({ open, of: { matterName, departmentName, status }, busy, onOk, onCancel }: WithdrawOneProps) {
  return (
    <Dialog
      id="withdraw"
      open={open}
      title={`撤回「${matterName}」？`}
      okText="撤回"
      cancelText="不撤回"
      danger
      busy={busy}
      onOk={onOk}
      onCancel={onCancel}
    >
      <Box>{status === 'waiting' ? '它还没有送到部门，撤回后不再送。' : `${departmentName}会收到通知，不再往下办。`}</Box>
      <Box>等它结果的事项也会停下，别的照办。撤回后不能恢复，需要时可以重新办，材料可以再用。</Box>
    </Dialog>
  )
}

function AskWindow({ open, of: { holder, departmentName, caseNo }, onClose }: { open: boolean; of: CaseDetail; onClose: () => void }) {
  const number = holder.phone ?? hotline
  return (
    <Dialog
      id="ask"
      open={open}
      title="问经办窗口"
      okText={`拨打 ${number}`}
      cancelText="不打"
      onOk={() => dial(number)}
      onCancel={onClose}
    >
      <Box>
        {departmentName}：{number}
      </Box>
      {caseNo && <Box>接通后报办件号 {caseNo}，对方就能查到。</Box>}
    </Dialog>
  )
}
