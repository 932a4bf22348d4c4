import { useContext, useState } from 'react'
import { Drawing } from '../platform/drawing'
import { Box, Item, List, Press, Span } from '../platform/host'
import { Button } from './button'
import { classes } from './classes'
import { ElderContext } from './elder-context'
import { flowSizes, layoutFlow, type FlowLink } from './flow-layout'
import type { Tone } from './tag'
import './flow-map.scss'

export interface FlowNode extends FlowLink {
  tone?: Tone
  /** Said after the title instead of what it waits for: where it stands once it has been submitted. */
  say?: string
}

interface FlowMapProps {
  label: string
  nodes: FlowNode[]
  onPick?: (id: string) => void
}

/** Who waits for whom, as a picture or, at a press and in elder mode, as a list of sentences. */
export function FlowMap({ label, nodes, onPick }: FlowMapProps) {
  const elder = useContext(ElderContext)
  const [chosen, setChosen] = useState<'picture' | 'text'>()
  const asText = (chosen ?? (elder ? 'text' : 'picture')) === 'text'
  const View = asText ? FlowText : FlowPicture
  return <Box className='flow'>
    <View label={label} nodes={nodes} onPick={onPick} />
    <Box className='flow-switch'>
      <Button kind='quiet' onPress={() => setChosen(asText ? 'picture' : 'text')}>{asText ? '看图' : '看文字说明'}</Button>
    </Box>
  </Box>
}

function FlowPicture({ label, nodes, onPick }: FlowMapProps) {
  const elder = useContext(ElderContext)
  const shape = layoutFlow(nodes, flowSizes[elder ? 'elder' : 'normal'])
  return <Box className='flow-scroll' reachable role='group' aria-label={label}>
    <Box className='flow-picture' style={{ width: `${shape.width}px`, height: `${shape.height}px` }}>
      <Drawing
        className='flow-lines' width={shape.width} height={shape.height}
        strokes={shape.lines.map((d) => ({ d, stroke: 'edge' as const, width: 1.5 }))}
      />
      <List className='flow-nodes' aria-label={label}>
        {shape.nodes.map(({ id, x, y, width, height }, at) => {
          const node = nodes[at]
          const style = { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` }
          return node && <Item key={id} className='flow-place' style={style}>
            <FlowBox node={node} spoken={sentence(node, nodes)} onPick={onPick} />
          </Item>
        })}
      </List>
    </Box>
  </Box>
}

function FlowBox({ node, spoken, onPick }: { node: FlowNode; spoken: string; onPick?: (id: string) => void }) {
  const className = classes('flow-node', `flow-node--${node.tone ?? 'water'}`)
  const inside = <><Span className='flow-title'>{node.title}</Span>{node.sub && <Span className='flow-sub'>{node.sub}</Span>}</>
  if (onPick) return <Press className={className} aria-label={spoken} onPress={() => onPick(node.id)}>{inside}</Press>
  return <Box className={className} role='img' aria-label={spoken}>{inside}</Box>
}

function FlowText({ label, nodes, onPick }: FlowMapProps) {
  return <List className='flow-text' aria-label={label}>
    {nodes.map((node) => <Item key={node.id} className='flow-sentence'>
      {onPick ? <Press className='flow-line' onPress={() => onPick(node.id)}>{sentence(node, nodes)}</Press> : sentence(node, nodes)}
    </Item>)}
  </List>
}

function sentence(node: FlowNode, nodes: FlowNode[]): string {
  if (node.say !== undefined) return `${node.title}，${node.say}`
  const waits = nodes.filter(({ id }) => node.after.includes(id)).map(({ title }) => title)
  const when = waits.length ? `要等${waits.join('、')}办好` : '马上可以开始'
  return [node.title, node.sub, when].filter(Boolean).join('，')
}
