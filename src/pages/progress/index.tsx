import { useContext, useMemo, useState } from 'react'
import type { SubmissionList, SubmissionSummary } from '../../../contract/submissions'
import { beforeText, dayOf, dayText } from '../../../domain/time'
import { Button, Cell, ElderContext, Empty, LightTag, Loaded, Notice, OfflineBar, Page, Section, Tag, type Tone } from '../../components'
import { Box } from '../../platform/host'
import { open } from '../../platform/navigation'
import { useNow } from '../../session/now'
import { SignedIn } from '../../session/signed-in'
import { WaitingSubmissions } from '../../session/waiting'
import { useSubmissions } from './use-submissions'
import { waitingLines } from './waiting'
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
      <WaitingSubmissions />
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
  const elder = useContext(ElderContext)
  const standing = (
    <Box className={elder ? 'progress-row' : 'progress-end'}>
      <Tag text={statusText} tone={tones[status]} />
      {light && <LightTag light={light} />}
      <Box className="progress-count">
        {done}/{total} 件有结果
      </Box>
    </Box>
  )
  return (
    <Cell
      to="/features/case/submission/index"
      params={{ id }}
      title={bundleName}
      note={
        <>
          {elder && standing}
          {!mine && <Box>为 {maskedSubjectName} 办</Box>}
          <Box>{nextStep}</Box>
          <Box className="progress-fine">{dayText(dayOf(Date.parse(submittedAt)), dayOf(now))}提交</Box>
        </>
      }
      end={elder ? undefined : standing}
    />
  )
}
