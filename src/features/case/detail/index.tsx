import { useState } from 'react'
import type { CaseDetail } from '../../../../contract/submissions'
import { useHotline } from '../../../session/hotline'
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
import { WithdrawOne } from './withdraw-one'
import './detail.scss'

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

function AskWindow({ open, of: { holder, departmentName, caseNo }, onClose }: { open: boolean; of: CaseDetail; onClose: () => void }) {
  // Where the department publishes no number of its own.
  const hotline = useHotline()
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
