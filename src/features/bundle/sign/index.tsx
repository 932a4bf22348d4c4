import type { DraftReview } from '../../../../contract/drafts'
import { Button, Card, Cell, Choice, Loaded, Notice, OfflineBar, Page, Steps } from '../../../components'
import { Box, Heading } from '../../../platform/host'
import { hrefOf, open, useParams } from '../../../platform/navigation'
import { applySteps } from '../apply-steps'
import '../bundle.scss'
import { OnBehalf, OwnGate } from '../own-gate'
import { Grants } from './grants'
import './sign.scss'
import { useSign } from './use-sign'

export default function SignPage() {
  const { draft = '', for: subject } = useParams()
  const returnTo = hrefOf('/features/bundle/sign/index', { draft, for: subject })
  return <OwnGate title='核对签名' what='签名前的核对' why='签名要确认是你本人。' returnTo={returnTo} subject={subject}>
    <Signing draftId={draft} subject={subject} />
  </OwnGate>
}

function Signing({ draftId, subject }: { draftId: string; subject?: string }) {
  const signing = useSign(draftId, subject)
  const { review, state } = signing
  const data = review.data
  const isComplete = data !== null && data.errors.length === 0 && data.pending.length === 0
  return <Page title='核对签名' readAloud footer={isComplete && (data.reauthenticated
    ? <Button kind='primary' busy={state === 'sending'} disabled={state === 'waiting'} onPress={() => void signing.submit()}>
      {state === 'waiting' ? '等网络恢复后自动提交' : '签名并提交'}
    </Button>
    : <Button kind='primary' icon='shield' onPress={() => void signing.confirm()}>确认是我本人</Button>)}
  >
    <OfflineBar text='没有网络。点了提交的，连上网会自动送出，只送一次。' />
    <OnBehalf />
    <Steps {...applySteps} current={2} />
    <Notice text={signing.problem} tone='error' />
    <Notice text={state === 'waiting' ? '已经签好，正在等网络。连上网会自动提交，只会提交一次，可以先放着不管。' : ''} />
    <Loaded of={review}>{(loaded) => <>
      <Missing review={loaded} draftId={draftId} subject={subject} />
      <Summary review={loaded} />
      <Grants review={loaded} />
      {isComplete && <>
        <Card title='承诺'>
          <Choice
            id='commitments' label='请逐项阅读，同意的勾上' multiple required error={signing.tickError || undefined}
            options={loaded.commitments.map(({ id, title, text, consequence }) => ({
              value: id, label: title, note: `${text}${consequence}`
            }))}
            value={signing.ticks} onChange={signing.tick}
          />
        </Card>
        <Card title='签名是什么'>
          <Box>提交时，平台用数字签名把上面的内容封好。之后谁都改不了，你会拿到一份能公开核验真伪的回执。</Box>
          {!loaded.reauthenticated && <Box className='b-hint'>签名前要再确认一次是你本人，确认后 5 分钟内有效。</Box>}
        </Card>
      </>}
    </>}</Loaded>
  </Page>
}

interface MissingProps {
  review: DraftReview
  draftId: string
  subject?: string
}

/** What still stands in the way, each with the way to it. */
function Missing({ review: { errors, pending }, draftId, subject }: MissingProps) {
  if (errors.length + pending.length === 0) return null
  const place = { draft: draftId, for: subject }
  return <Box className='s-missing'>
    <Heading level={2} className='s-missing-title'>还差 {errors.length + pending.length} 处，补上才能签名</Heading>
    {errors.map(({ pointer, message }) => <Cell
      key={pointer + message} title={message} note='去改' tone='amber'
      onPress={() => open('/features/bundle/form/index', { ...place, field: pointer })}
    />)}
    {pending.map(({ kind, id, say }) => <Cell
      key={kind + id} title={say} note={kind === 'question' ? '去填写页改回答' : '去材料页办'} tone='amber'
      onPress={() => open(kind === 'question' ? '/features/bundle/form/index' : '/features/bundle/materials/index', place)}
    />)}
  </Box>
}

function Summary({ review: { summary } }: { review: DraftReview }) {
  return <>
    {summary.map(({ title, lines }) => <Card key={title} title={title}>
      {lines.map(({ label, text, origin }) => <Box key={label} className='s-line'>
        <Box className='s-label'>{label}</Box>
        <Box className='s-text'>{text}{origin && <Box className='field-source'>{origin}</Box>}</Box>
      </Box>)}
    </Card>)}
  </>
}
