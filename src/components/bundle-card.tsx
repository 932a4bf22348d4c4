import { Box, Link, Span } from '../platform/host'
import { hrefOf, open } from '../platform/navigation'
import './bundle-card.scss'

interface BundleCardProps {
  id: string
  name: string
  summary: string
  who: string
  matterCount: number
  /** About how long filling in takes. */
  minutes: number
  /** The most that one saves against doing the matters one by one. */
  savings: { applications: number; materials: number; visits: number }
}

/** A bundle to open: what it is, for whom, and what it saves. */
export function BundleCard({ id, name, summary, who, matterCount, minutes, savings }: BundleCardProps) {
  const to = '/features/bundle/intro/index'
  const saved = [
    savings.applications > 0 && `${savings.applications} 次申请`,
    savings.materials > 0 && `${savings.materials} 份材料`,
    savings.visits > 0 && `${savings.visits} 次跑动`
  ].filter(Boolean).join('、')
  return <Link className='bundle-card' href={hrefOf(to, { id })} onPress={() => open(to, { id })}>
    <Box className='bundle-name'>{name}</Box>
    <Box className='bundle-summary'>{summary}</Box>
    {saved && <Box className='bundle-saved'>比单办最多省 {saved}</Box>}
    <Box className='bundle-foot'>
      <Span>{who}</Span>
      <Span className='bundle-size'>{matterCount} 个事项 · 填写约 {minutes} 分钟</Span>
    </Box>
  </Link>
}
