import type { Submission } from '../../../../contract/submissions'
import { hrefOfAction } from '../../../../domain/case/action-address'
import { beforeText, dayOf, dayText } from '../../../../domain/time'
import { Button, Card, Cell, KeyFigure, Loaded, Notice, OfflineBar, Page } from '../../../components'
import { Box, Item, List } from '../../../platform/host'
import { hrefOf, open, replace, useParams } from '../../../platform/navigation'
import { useNow } from '../../../session/now'
import '../bundle.scss'
import { OwnGate } from '../own-gate'
import { useDone } from './use-done'

export default function DonePage() {
  const { submission = '' } = useParams()
  const returnTo = hrefOf('/features/bundle/done/index', { submission })
  return <OwnGate title='已提交' what='提交的结果' why='登录后才能看到你提交的办件和回执。' returnTo={returnTo}>
    <Done submissionId={submission} />
  </OwnGate>
}

function Done({ submissionId }: { submissionId: string }) {
  const done = useDone(submissionId)
  const toHome = () => replace('/pages/home/index')
  const now = useNow()
  const today = dayOf(now)
  return <Page title='已提交' onBack={toHome} readAloud footer={<>
    <Button onPress={toHome}>回首页</Button>
    <Button kind='primary' onPress={() => open('/features/case/submission/index', { id: submissionId })}>看进度</Button>
  </>}>
    <OfflineBar />
    <Loaded of={done.submission}>{(submission) => <>
      <Card tone='deep'>
        <KeyFigure
          size='large' label={`${submission.bundleName}，一次送到 ${submission.total} 个事项的部门`}
          value={`${dayText(submission.finishDay, today)}前`} unit={submission.estimated ? '全部办完，估算' : '全部办完'}
        />
        <Box className='b-fine'>部门承诺 {dayText(submission.promisedDay, today)}前办完，不含预审和特别程序。</Box>
      </Card>
      <Owed submission={submission} now={now} />
      <Next submission={submission} />
      <Card title='回执'>
        <Box>回执编号</Box>
        <Box className='b-row-title'>{submission.receiptCode}</Box>
        <Box className='b-hint'>凭编号，谁都能核验这次提交的真伪，看不到你的个人信息。</Box>
        <Box className='b-actions'>
          <Button onPress={() => void done.copyCode()}>复制编号</Button>
          <Button icon='document' busy={done.busy} onPress={() => void done.download()}>下载回执</Button>
        </Box>
        <Notice text={done.notice.text} tone={done.notice.tone} />
      </Card>
      <Cell
        title='打开公开核验页' note='给别人看的就是这一页' icon='shield'
        to='/features/case/receipt/index' params={{ code: submission.receiptCode }}
      />
    </>}</Loaded>
  </Page>
}

/** What the person chose to bring later: each with its last day, and the way there. */
function Owed({ submission: { waitingForMe }, now }: { submission: Submission; now: number }) {
  return <>{waitingForMe.filter(({ action }) => action === 'supplement').map(({ caseId, action, say, dueAt }) => <Cell
    key={caseId} title={say} tone='amber' icon='camera' to={hrefOfAction(action, caseId)}
    note={`先办后补${dueAt ? `，${beforeText(Date.parse(dueAt), now)}` : ''}。现在就有的话，可以马上补。`}
  />)}</>
}

/** What happens from here, without the person. */
function Next({ submission: { cases } }: { submission: Submission }) {
  const first = cases.filter(({ after }) => after.length === 0)
  const later = cases.filter(({ after }) => after.length > 0)
  return <Card title='接下来'>
    <List className='b-list' aria-label='接下来'>
      <Item className='b-row'>现在就送：{first.map(({ matterName }) => matterName).join('、')}</Item>
      {later.length > 0 && <Item className='b-row'>等前一步出了结果，自动接着送：{later.map(({ matterName }) => matterName).join('、')}</Item>}
      <Item className='b-row'>有事要你做，会发消息，也会在「进度」里写明是哪一项、到哪天。没有消息就不用管。</Item>
    </List>
  </Card>
}
