import { useState } from 'react'
import type { BundleCard } from '../../../../contract/catalogue'
import type { ResolvedBundle } from '../../../../domain/bundle/types'
import { timeText } from '../../../../domain/time'
import { Button, Card, Dialog, KeyFigure, KeyFigures, Loaded, Notice, OfflineBar, Page, Tag } from '../../../components'
import { Box, Item, List, Span } from '../../../platform/host'
import { useParams } from '../../../platform/navigation'
import { useNow } from '../../../session/now'
import '../bundle.scss'
import { useIntro } from './use-intro'

export default function IntroPage() {
  const { id = '' } = useParams()
  const intro = useIntro(id)
  const [asking, setAsking] = useState(false)
  const now = useNow()
  const { bundle, card, draft } = intro
  return <Page title={bundle.data?.bundle.name ?? '这件事怎么办'} readAloud footer={bundle.data && <>
    {draft && <Button busy={intro.busy} onPress={() => setAsking(true)}>重新开始</Button>}
    {draft ? <Button kind='primary' onPress={intro.resume}>继续上次</Button> : <Button kind='primary' onPress={intro.begin}>开始</Button>}
  </>}>
    <OfflineBar />
    <Notice text={intro.problem} tone='error' />
    <Loaded of={bundle}>{({ bundle: content }) => <>
      {draft && <Card title='上次办到一半' tone='amber'>
        <Box>填了 {draft.filled} 项，共 {draft.total} 项必填。上次保存：{timeText(Date.parse(draft.updatedAt), now)}。</Box>
      </Card>}
      <What content={content} />
      {card && <Savings savings={card.savings} />}
      <Matters content={content} />
      <Source content={content} />
    </>}</Loaded>
    <Dialog
      id='restart' open={asking} title='放弃上次填的，重新开始？' okText='放弃并重新开始' cancelText='不放弃' danger busy={intro.busy}
      onCancel={() => setAsking(false)} onOk={() => { setAsking(false); void intro.restart() }}
    >上次填的内容和传的照片会删除，不能找回。发出的邀请会一并收回。</Dialog>
  </Page>
}

function What({ content }: { content: ResolvedBundle }) {
  const lead = content.departmentOf[content.lead]?.name
  return <Card title={content.fullName}>
    <Box className='b-lead'>{content.summary}。</Box>
    <Box className='b-hint'>谁可以办：{content.who}</Box>
    <Box className='b-hint'>
      填写大约要 {content.minutes} 分钟{isPending(content, 'minutes') && '（待核）'}，可以随时停下，下次接着填。
    </Box>
    {lead && <Box className='b-hint'>牵头部门：{lead}</Box>}
  </Card>
}

/** Each is the most that any combination of answers saves; the plan says what it is for this person. */
function Savings({ savings }: { savings: BundleCard['savings'] }) {
  return <Card title='一起办，最多能省' tone='water'>
    <KeyFigures>
      <KeyFigure value={String(savings.applications)} unit='次' label='少申请' />
      <KeyFigure value={String(savings.materials)} unit='份' label='少交材料' />
      <KeyFigure value={String(savings.visits)} unit='趟' label='少跑' />
      {savings.workdays > 0 && <KeyFigure value={String(savings.workdays)} unit='个工作日' label='少等' />}
    </KeyFigures>
    <Box className='b-fine'>与一件办完再办下一件相比，按各部门承诺的时限，由办事目录算出。你能省多少，答完几个问题就知道。</Box>
  </Card>
}

function Matters({ content }: { content: ResolvedBundle }) {
  return <Card title={`合在一起的 ${content.matters.length} 个事项`}>
    <Box className='b-hint'>不一定都要办，按你的情况来选。</Box>
    <List className='b-list' aria-label='事项'>
      {content.matters.map(({ key, matter }) => {
        const about = content.matterOf[matter]
        return about && <Item key={key} className='b-row'>
          <Box className='b-row-head'>
            <Span className='b-row-title'>{about.name}</Span>
            {about.pending && about.pending.length > 0 && <Tag text='待核' tone='amber' />}
          </Box>
          <Box className='b-hint'>{about.plainName && `${about.plainName}，`}{content.departmentOf[about.department]?.name}</Box>
        </Item>
      })}
    </List>
  </Card>
}

function Source({ content }: { content: ResolvedBundle }) {
  return <Box className='b-fine'>
    依据：{content.source}。{content.reviewedOn} 复核。
    {hasPending(content) && '标「待核」的内容还没有经部门核对，以窗口答复为准。'}
  </Box>
}

const isPending = (content: ResolvedBundle, part: string) => content.pending?.includes(part) ?? false

const hasPending = ({ pending = [], matterOf }: ResolvedBundle) =>
  pending.length > 0 || Object.values(matterOf).some((matter) => (matter.pending ?? []).length > 0)
