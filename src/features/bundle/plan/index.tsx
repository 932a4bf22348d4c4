import { useState } from 'react'
import type { PlanReply } from '../../../../contract/bundles'
import { dayOf, timeText } from '../../../../domain/time'
import { Button, Card, Cell, Loaded, Notice, OfflineBar, Page, Sheet } from '../../../components'
import { Box } from '../../../platform/host'
import { back, open, useParams } from '../../../platform/navigation'
import { useNow } from '../../../session/now'
import type { SessionStatus } from '../../../session/session'
import '../bundle.scss'
import { OnBehalf } from '../own-gate'
import { beginText } from '../plan-words'
import { useBundle } from '../use-bundle'
import { Dates } from './dates'
import { Materials } from './materials'
import { Flow, Matters, NotIncluded } from './matters'
import { usePlan } from './use-plan'

export default function PlanPage() {
  const { id = '', draft } = useParams()
  const bundle = useBundle(id)
  const planned = usePlan(id, draft)
  const now = useNow()
  const { plan, existing } = planned
  const today = dayOf(now)
  const ready = plan.data?.plan.verdict === 'ready'
  const askAgain = (question?: string) => open('/features/bundle/questions/index', { id, at: question, draft })
  return <Page title='你的办理方案' sub={bundle.data?.bundle.name} readAloud footer={ready && <>
    <Button kind='primary' busy={planned.busy} onPress={() => void planned.begin()}>
      {beginText(planned.status, draft, bundle.data?.bundle.minutes)}
    </Button>
  </>}>
    <OfflineBar text='没有网络。方案要连上网才能更新。' />
    <OnBehalf />
    <Notice text={planned.problem} tone='error' />
    {planned.needsConsent && <Card title='还要你单独同意' tone='amber'>
      <Box>先看清楚用哪些信息、做什么用，同意后回到这里接着办。</Box>
      <Box className='b-actions'><Button kind='primary' onPress={planned.giveConsent}>去看并决定</Button></Box>
    </Card>}
    <Loaded of={plan}>{(reply) => <>
      <Verdict reply={reply} onAsk={askAgain} />
      {ready && <>
        <Dates plan={reply.plan} today={today} />
        {!reply.holdingsChecked && <Unchecked status={planned.status} onSignIn={planned.signInHere} />}
        <Flow plan={reply.plan} />
        <Matters plan={reply.plan} bundle={bundle.data?.bundle} today={today} />
        <Materials materials={reply.plan.materials} today={today} />
      </>}
      <NotIncluded plan={reply.plan} picks={planned.picks} onPick={planned.pick} onAsk={askAgain} />
      <Cell title='改我的回答' note='情况变了，回到问题里改' icon='edit' onPress={() => askAgain(bundle.data?.bundle.questions[0]?.id)} />
    </>}</Loaded>
    <Sheet id='existing' open={existing !== null} title='你有一份没办完的' onClose={planned.dismiss}>
      {existing && <Box>
        「{existing.bundleName}」填了 {existing.filled} 项，共 {existing.total} 项必填，上次保存在 {timeText(Date.parse(existing.updatedAt), now)}。
      </Box>}
      <Box className='b-choices'>
        <Button kind='primary' block onPress={planned.resume}>继续上次</Button>
        <Restart busy={planned.busy} onRestart={() => void planned.restart()} />
      </Box>
    </Sheet>
  </Page>
}

/** Two presses, because what was filled in is lost. */
function Restart({ busy, onRestart }: { busy: boolean; onRestart: () => void }) {
  const [sure, setSure] = useState(false)
  if (!sure) return <Button block onPress={() => setSure(true)}>重新开始</Button>
  return <>
    <Box className='b-hint'>上次填的内容和传的照片会删除，不能找回。</Box>
    <Button kind='danger' block busy={busy} onPress={onRestart}>放弃上次，重新开始</Button>
  </>
}

function Verdict({ reply: { plan }, onAsk }: { reply: PlanReply; onAsk: (question?: string) => void }) {
  return <>
    {plan.stops.map(({ say, blocking }) => <Card key={say} title={blocking ? '按你的情况，现在不能办' : '请留意'} tone={blocking ? 'red' : 'amber'}>
      <Box>{say}。</Box>
    </Card>)}
    {plan.verdict === 'incomplete' && <Card title='还有问题没有回答' tone='amber'>
      <Box>答完 {plan.missing.length} 个问题，才知道要办哪些。</Box>
      <Box className='b-actions'><Button kind='primary' onPress={() => onAsk(plan.missing[0])}>接着回答</Button></Box>
    </Card>}
    {plan.verdict === 'nothing' && <Card title='按你的回答，没有要申请的事项' tone='water'>
      <Box>每一项为什么不用办，写在下面。情况不是这样的，可以改回答。</Box>
      <Box className='b-actions'><Button onPress={back}>返回</Button></Box>
    </Card>}
  </>
}

function Unchecked({ status, onSignIn }: { status: SessionStatus; onSignIn: () => void }) {
  if (status === 'unreachable') return <Card title='还没有核对你的证照' tone='amber'>
    <Box>现在没有连上网。下面的「免提交」要连上网核对后才算数。</Box>
  </Card>
  if (status === 'in') return <Card title='还没有核对你的证照' tone='amber'>
    <Box>证照库现在连不上，或者你还没有同意使用敏感个人信息。下面的「免提交」要核对后才算数。</Box>
  </Card>
  return <Card title='登录后看看哪些免交' tone='water'>
    <Box>现在不知道你有哪些电子证照，下面的「免提交」要登录后核对才算数。</Box>
    <Box className='b-actions'><Button icon='person' onPress={onSignIn}>登录</Button></Box>
  </Card>
}
