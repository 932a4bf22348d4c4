import type { Question, ResolvedBundle, Stop } from '../../../../domain/bundle/types'
import type { AnswerValue } from '../../../../domain/condition/types'
import { Button, Card, Cell, Choice, Loaded, OfflineBar, Page } from '../../../components'
import { Box } from '../../../platform/host'
import { back, open, useParams } from '../../../platform/navigation'
import '../bundle.scss'
import { useBundle } from '../use-bundle'
import './questions.scss'
import { useQuestions, type Asking } from './use-questions'

export default function QuestionsPage() {
  const { id, at, draft, for: subject } = useParams()
  const bundle = useBundle(id)
  if (!bundle.data) return <Page title='先问几个问题'><OfflineBar /><Loaded of={bundle}>{() => null}</Loaded></Page>
  return <Questions bundle={bundle.data.bundle} first={at} draft={draft} subject={subject} />
}

interface QuestionsProps {
  bundle: ResolvedBundle
  first?: string
  draft?: string
  subject?: string
}

function Questions({ bundle, first, draft, subject }: QuestionsProps) {
  const asking = useQuestions(bundle, first)
  const { current, stops } = asking
  const isStopped = stops.some((stop) => stop.blocking)
  const showPlan = () => open('/features/bundle/plan/index', { id: bundle.id, draft, for: subject })
  return <Page
    title={current ? '先问几个问题' : '你的情况'} sub={bundle.name} readAloud
    onBack={() => { if (!asking.back()) back() }}
    footer={current
      ? <>
        {asking.position > 1 && <Button onPress={() => asking.back()}>上一问</Button>}
        <Button kind='primary' disabled={!isAnswered(asking, current)} onPress={asking.next}>下一步</Button>
      </>
      : <Button kind='primary' disabled={isStopped} onPress={showPlan}>看我的办理方案</Button>}
  >
    <OfflineBar text='没有网络。问题可以接着答，答案存在手机上。' />
    {current ? <OneQuestion asking={asking} question={current} /> : <Summary asking={asking} />}
    <Stops stops={stops} />
  </Page>
}

const isAnswered = ({ answers }: Asking, question: Question) => {
  const answer = answers[question.id]
  return question.multiple ? answer !== undefined && answer.length > 0 : answer !== undefined
}

function OneQuestion({ asking, question }: { asking: Asking; question: Question }) {
  const { questions, position, answers, answer } = asking
  const value = answers[question.id]
  const pick = (chosen: string[]): AnswerValue => (question.multiple ? chosen : chosen[0] ?? '')
  return <>
    <Box
      className='q-progress' role='progressbar' aria-label='答题进度' aria-valuemin={0} aria-valuemax={questions.length}
      aria-valuenow={position} aria-valuetext={`第 ${position} 问，共 ${questions.length} 问`}
    >
      <Box className='q-count'>第 {position} 问，共 {questions.length} 问</Box>
      <Box className='q-track'><Box className='q-fill' style={{ width: `${position / questions.length * 100}%` }} /></Box>
    </Box>
    <Choice
      key={question.id} id={`q-${question.id}`} label={question.text} question required multiple={question.multiple}
      hint={question.why && `为什么问：${question.why}。`} options={question.options}
      value={value === undefined ? [] : ([] as string[]).concat(value)} onChange={(chosen) => answer(pick(chosen))}
    />
  </>
}

function Summary({ asking: { questions, answers, goTo } }: { asking: Asking }) {
  return <>
    <Box className='b-lead'>核对一下，不对的点一下就能改。</Box>
    {questions.map((question) => <Cell
      key={question.id} title={labelsOf(question, answers[question.id])} note={question.text} onPress={() => goTo(question.id)}
    />)}
  </>
}

function labelsOf(question: Question, answer: AnswerValue | undefined): string {
  const chosen = ([] as string[]).concat(answer ?? [])
  return question.options.filter(({ value }) => chosen.includes(value)).map(({ label }) => label).join('、') || '还没有回答'
}

function Stops({ stops }: { stops: Stop[] }) {
  return <Box aria-live='polite'>
    {stops.map(({ say, blocking }) => <Card key={say} title={blocking ? '先停一下' : '请留意'} tone={blocking ? 'red' : 'amber'}>
      <Box>{say}。</Box>
      {blocking && <Box className='b-hint'>情况不是这样的话，可以改上面的回答。</Box>}
    </Card>)}
  </Box>
}
