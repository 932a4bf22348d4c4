import { useContext } from 'react'
import { Drawing } from '../platform/drawing'
import { Box, Item, Link, List, Press, Span } from '../platform/host'
import { hrefOf, open, type Params } from '../platform/navigation'
import { classes } from './classes'
import { ElderContext } from './elder-context'
import { Icon } from './icon'
import type { IconName } from './icon-paths'
import { layoutRiver, riverSizes, riverStrokes, riverWidth } from './river-layout'
import './river-stages.scss'

interface Stage {
  id: string
  name: string
  icon: IconName
  /** here: the person is in it now · open: has content · later: none yet, says where to go instead. */
  state?: 'here' | 'open' | 'later'
  /** Spoken after the name, for example "暂未上线，看去哪里办". */
  note?: string
  to?: string
  params?: Params
  onPress?: () => void
}

/** The stages of a life, or of a company, along the river. */
export function RiverStages({ label, stages }: { label: string; stages: Stage[] }) {
  const elder = useContext(ElderContext)
  const river = layoutRiver(stages.length, riverSizes[elder ? 'elder' : 'normal'])
  return <Box className='river' style={{ height: `${river.height}px` }}>
    <Drawing className='river-water' stretch width={riverWidth} height={river.height} strokes={riverStrokes(river)} />
    <List className='river-stages' aria-label={label}>
      {stages.map((stage, at) => <Item
        key={stage.id} className={classes('river-stage', `is-${stage.state ?? 'open'}`)}
        style={{ left: `${(river.points[at]?.x ?? 0) / riverWidth * 100}%`, top: `${river.points[at]?.y ?? 0}px` }}
      ><StageControl stage={stage} /></Item>)}
    </List>
  </Box>
}

function StageControl({ stage }: { stage: Stage }) {
  const { name, icon, state, note, to, params, onPress } = stage
  const spoken = [name, state === 'here' && '你现在的阶段', note].filter(Boolean).join('，')
  const inside = <>
    <Box className='river-dot'><Icon name={icon} ink={state === 'here' ? 'white' : state === 'later' ? 'ink-2' : 'water-7'} /></Box>
    <Span className='river-name'>{name}</Span>
  </>
  if (to) return <Link className='river-press' aria-label={spoken} href={hrefOf(to, params)} onPress={() => open(to, params)}>
    {inside}
  </Link>
  return <Press className='river-press' onPress={onPress} aria-label={spoken}>{inside}</Press>
}
