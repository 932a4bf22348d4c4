import { useContext, useState } from 'react'
import type { Submission } from '../../../../contract/submissions'
import { hrefOfAction } from '../../../../domain/case/action-address'
import { beforeText, dayOf, dayText, timeText } from '../../../../domain/time'
import {
  Button,
  Card,
  Cell,
  ElderContext,
  FlowMap,
  KeyFigure,
  KeyFigures,
  Loaded,
  Notice,
  OfflineBar,
  Page,
  Section
} from '../../../components'
import { Box } from '../../../platform/host'
import { open, useParams } from '../../../platform/navigation'
import { useNow } from '../../../session/now'
import { SignedIn } from '../../../session/signed-in'
import { calendarLine, standingOf } from '../words'
import { CaseCard } from './case-card'
import { ReceiptSheet } from './receipt-sheet'
import { useSubmission } from './use-submission'
import { WithdrawDialog } from './withdraw-dialog'
import './submission.scss'

export default function SubmissionPage() {
  const { id = '' } = useParams()
  return (
    <Page title="办理进度" readAloud>
      <OfflineBar />
      <SignedIn title="办理进度" why="办件里有你的个人信息，登录后只给你自己看。" returnTo={`/features/case/submission/index?id=${id}`}>
        <SubmissionBody id={id} />
      </SignedIn>
    </Page>
  )
}

function SubmissionBody({ id }: { id: string }) {
  const { submission, withdraw, busy, fault, done, selfId } = useSubmission(id)
  const [asking, setAsking] = useState(false)
  const [reading, setReading] = useState(false)
  const now = useNow()
  const elder = useContext(ElderContext)
  return (
    <>
      <Loaded of={submission}>
        {(data) => (
          <>
            <Head submission={data} now={now} mine={data.subjectId === selfId} />
            <WaitingForMe submission={data} now={now} />
            {!elder && <WhoWaits submission={data} />}
            <Section title={`${data.total} 件事项`}>
              {data.cases.map((each) => (
                <CaseCard key={each.id} of={each} now={now} />
              ))}
            </Section>
            {elder && <WhoWaits submission={data} />}
            <Section title="回执与结果">
              {data.ward && (
                <Cell
                  icon="child"
                  title={`${data.ward.maskedName}的证照`}
                  note="孩子的证照办好一张，就进「我的证照」一张。"
                  to="/features/licence/list/index"
                  params={{ subject: data.ward.subjectId }}
                />
              )}
              <Cell
                icon="shield"
                title="提交回执"
                note={`${timeText(Date.parse(data.submittedAt), now)} 签名提交`}
                onPress={() => setReading(true)}
              />
              <Cell
                icon="document"
                title="核验页"
                note="把地址给别人，别人也能核对真假。"
                to="/features/case/receipt/index"
                params={{ code: data.receiptCode }}
              />
            </Section>
            {data.allowedActions.includes('withdraw') && (
              <Button block kind="danger" onPress={() => setAsking(true)}>
                撤回还没办完的
              </Button>
            )}
            <ReceiptSheet submissionId={id} open={reading} onClose={() => setReading(false)} />
            <WithdrawDialog
              open={asking}
              busy={busy}
              cases={data.cases}
              onCancel={() => setAsking(false)}
              onOk={() => void withdraw().then(() => setAsking(false))}
            />
          </>
        )}
      </Loaded>
      <Notice tone="done" text={done} />
      <Notice tone="error" text={fault} />
    </>
  )
}

function Head({ submission, now, mine }: { submission: Submission; now: number; mine: boolean }) {
  const { bundleName, statusText, nextStep, promisedDay, finishDay, estimated, done, total, maskedSubjectName } = submission
  const today = dayOf(now)
  return (
    <Card tone="deep">
      <Box className="submission-whole">
        {bundleName} · {statusText}
        {!mine && ` · 为 ${maskedSubjectName} 办`}
      </Box>
      <Box className="submission-next">{nextStep}</Box>
      <KeyFigures>
        <KeyFigure value={`${done}/${total}`} unit="件" label="已有结果" />
        <KeyFigure value={dayText(promisedDay, today)} label="部门承诺" />
        <KeyFigure value={dayText(finishDay, today)} label={estimated ? '预计全部办完（估算）' : '预计全部办完'} />
      </KeyFigures>
      <Box className="submission-calendar">{calendarLine({ calendar: '国务院放假安排', estimated })}预计的日子含预审和特别程序。</Box>
    </Card>
  )
}

/** The bundle as one picture; in elder mode, where it is a list of sentences, the cards come first. */
function WhoWaits({ submission }: { submission: Submission }) {
  return (
    <Card title="谁先谁后">
      <FlowMap label="各件办到哪里" nodes={nodesOf(submission)} onPick={(key) => openCase(submission, key)} />
    </Card>
  )
}

function WaitingForMe({ submission, now }: { submission: Submission; now: number }) {
  const duties = submission.waitingForMe.filter(({ action }) => action !== 'rate')
  if (duties.length === 0) return null
  return (
    <Section title="等你做">
      {duties.map(({ caseId, action, say, dueAt }) => (
        <Cell
          key={`${action}/${caseId}`}
          to={hrefOfAction(action, caseId)}
          title={say}
          tone="amber"
          icon="edit"
          note={dueAt ? beforeText(Date.parse(dueAt), now) : undefined}
        />
      ))}
    </Section>
  )
}

function nodesOf({ cases }: Submission) {
  const keys = cases.map(({ key }) => key)
  return cases.map((each) => {
    const { tone, word } = standingOf(each)
    return {
      id: each.key,
      title: each.matterName,
      sub: word,
      tone,
      say: `${word}。${each.nextStep}`,
      after: each.after.filter((key) => keys.includes(key))
    }
  })
}

function openCase({ cases }: Submission, key: string) {
  const found = cases.find((each) => each.key === key)
  if (found) open('/features/case/detail/index', { id: found.id })
}
