import { useMemo, useState } from 'react'
import type { SubmissionList, SubmissionSummary } from '../../../contract/submissions'
import { hrefOfAction } from '../../../domain/case/action-address'
import { beforeText, dayOf, dayText } from '../../../domain/time'
import { Button, Cell, Empty, LightTag, Loaded, Notice, OfflineBar, Page, Section, Tag, type Tone } from '../../components'
import { Box } from '../../platform/host'
import { open } from '../../platform/navigation'
import { useNow } from '../../session/now'
import { SignedIn } from '../../session/signed-in'
import { useSubmissions } from './use-submissions'
import './progress.scss'

const tones: Record<SubmissionSummary['status'], Tone> = {
  submitted: 'water',
  running: 'water',
  partial: 'amber',
  done: 'green',
  failed: 'red',
  withdrawn: 'grey'
}

export default function Progress() {
  return (
    <Page title="进度" tab readAloud>
      <OfflineBar />
      <SignedIn title="你办的事，进度都在这里" why="办件里有你的个人信息，登录后只给你自己看。" returnTo="/pages/progress/index">
        <Submissions />
      </SignedIn>
    </Page>
  )
}

function Submissions() {
  const { first, older, hasMore, readMore, fault, acting, selfId } = useSubmissions()
  const [told, setTold] = useState('')
  async function refresh() {
    setTold('')
    await first.reload()
    setTold('已是最新进度')
  }
  return (
    <>
      {acting && acting.role !== 'self' && <Box className="progress-whose">现在看的是「{acting.maskedName}」的进度。</Box>}
      <Loaded of={first}>
        {(list: SubmissionList) => (
          <>
            {list.submissions.length === 0 && (
              <Empty
                title="还没有办过的事"
                note="提交以后，每一步在谁那里、还剩几天，都会写在这里。"
                action={
                  <Button kind="primary" onPress={() => open('/pages/services/index')}>
                    去办事
                  </Button>
                }
              />
            )}
            {list.submissions.length > 0 && <Lists submissions={[...list.submissions, ...older]} selfId={selfId} />}
            {hasMore && (
              <Button block onPress={() => void readMore()}>
                看更早的
              </Button>
            )}
            <Notice tone="error" text={fault} />
            {list.submissions.length > 0 && (
              <Box className="progress-refresh">
                <Button kind="quiet" icon="retry" onPress={() => void refresh()}>
                  刷新
                </Button>
                <Notice tone="done" text={first.loading ? '' : told} />
              </Box>
            )}
          </>
        )}
      </Loaded>
    </>
  )
}

function Lists({ submissions, selfId }: { submissions: SubmissionSummary[]; selfId: string | undefined }) {
  const now = useNow()
  const waiting = useMemo(() => waitingLines(submissions), [submissions])
  return (
    <>
      {waiting.length > 0 && (
        <Section title={`等你做 ${waiting.length} 件事`}>
          {waiting.map(({ id, title, bundleName, dueAt, to, urgent }) => (
            <Cell
              key={id}
              to={to}
              title={title}
              tone={urgent ? 'amber' : 'water'}
              note={
                <>
                  {dueAt && <Box>{beforeText(Date.parse(dueAt), now)}</Box>}
                  <Box>{bundleName}</Box>
                </>
              }
            />
          ))}
        </Section>
      )}
      <Section title="全部办件">
        {submissions.map((each) => (
          <SubmissionCell key={each.id} submission={each} now={now} selfId={selfId} />
        ))}
      </Section>
    </>
  )
}

function SubmissionCell({ submission, now, selfId }: { submission: SubmissionSummary; now: number; selfId: string | undefined }) {
  const { id, bundleName, status, statusText, done, total, light, nextStep, submittedAt, subjectId, maskedSubjectName } = submission
  const mine = subjectId === selfId
  return (
    <Cell
      to="/features/case/submission/index"
      params={{ id }}
      title={bundleName}
      note={
        <>
          {!mine && <Box>为 {maskedSubjectName} 办</Box>}
          <Box>{nextStep}</Box>
          <Box className="progress-fine">{dayText(dayOf(Date.parse(submittedAt)), dayOf(now))}提交</Box>
        </>
      }
      end={
        <Box className="progress-end">
          <Tag text={statusText} tone={tones[status]} />
          {light && <LightTag light={light} />}
          <Box className="progress-count">
            {done}/{total} 件有结果
          </Box>
        </Box>
      }
    />
  )
}

interface WaitingLine {
  id: string
  title: string
  bundleName: string
  dueAt: string | null
  to: string
  urgent: boolean
}

/** What waits for the person, the first due first; of one submission's ratings one line, they are no duty. */
function waitingLines(submissions: SubmissionSummary[]): WaitingLine[] {
  const lines = submissions.flatMap((each) => {
    const duties = each.waitingForMe.filter(({ action }) => action !== 'rate')
    const ratings = each.waitingForMe.filter(({ action }) => action === 'rate')
    const [only] = ratings
    return [
      ...duties.map(({ caseId, action, say, dueAt }) => ({
        id: `${action}/${caseId}`,
        title: say,
        bundleName: each.bundleName,
        dueAt,
        to: hrefOfAction(action, caseId),
        urgent: true
      })),
      ...(only
        ? [
            {
              id: `rate/${each.id}`,
              bundleName: each.bundleName,
              dueAt: only.dueAt,
              urgent: false,
              title: ratings.length === 1 ? only.say : `${ratings.length} 件办好了，说说办得怎么样`,
              to: ratings.length === 1 ? hrefOfAction('rate', only.caseId) : `/features/case/submission/index?id=${each.id}`
            }
          ]
        : [])
    ]
  })
  return lines.sort((one, other) => Number(other.urgent) - Number(one.urgent) || (one.dueAt ?? '~').localeCompare(other.dueAt ?? '~'))
}
