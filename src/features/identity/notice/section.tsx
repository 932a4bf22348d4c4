import type { Notice } from '../../../../contract/identity'
import { dayOf, dayText } from '../../../../domain/time'
import { Card, Choice, Tag } from '../../../components'
import { Box } from '../../../platform/host'
import { useNow } from '../../../session/now'

type Section = Notice['sections'][number]

/** 每一份：同意了能做什么，不同意会怎样。 */
const effects: Record<Section['kind'], { yes: string; without: string }> = {
  privacy: { yes: '我看完了，同意「隐私说明」', without: '不同意：不登录、不收集，仍可以浏览办事指南和搜索。' },
  sensitive: { yes: '我单独同意处理敏感个人信息', without: '不勾选：可以登录、浏览、算方案，但不能在线填报和提交，可到窗口办。' },
  minor: { yes: '我是监护人，单独同意处理孩子的信息', without: '不勾选：不能替孩子办，给自己办不受影响；需要时会再问你。' }
}

interface NoticeSectionProps {
  section: Section
  ticked: boolean
  /** When it was agreed to before; ISO instant. */
  givenAt: string | null
  /** What the person was about to do takes this one. */
  needed: boolean
  missing: boolean
  onTick: (on: boolean) => void
}

/** One part of the notice: its words in full, what a yes allows, what a no means, and a box that nobody has ticked beforehand. */
export function NoticeSection({ section, ticked, givenAt, needed, missing, onTick }: NoticeSectionProps) {
  const { kind, title, paragraphs } = section
  const today = dayOf(useNow())
  const { yes, without } = effects[kind]
  const privacy = kind === 'privacy'
  return <Card title={title} end={<Tag text={privacy ? '登录要同意' : '可以不同意'} tone={privacy ? 'water' : 'grey'} />}>
    {paragraphs.map((text) => <Box key={text} className='notice-text'>{text}</Box>)}
    <Box className='notice-without'>{without}</Box>
    {givenAt
      ? <Tag text={`已同意 · ${dayText(dayOf(Date.parse(givenAt)), today)}`} tone='green' />
      : <Choice
        id={`consent-${kind}`} label={needed ? '刚才那件事要用到这一份' : '你的决定'} multiple required={privacy || needed}
        options={[{ value: kind, label: yes }]} value={ticked ? [kind] : []} onChange={(value) => onTick(value.length > 0)}
        error={missing && privacy ? '不勾选就不能登录；不同意请点下面的「不同意」' : undefined}
      />}
  </Card>
}
