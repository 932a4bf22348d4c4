import { useContext } from 'react'
import type { CodeScene } from '../../../../contract/codes'
import { Card, ElderContext, Loaded, OfflineBar, Page, Tag } from '../../../components'
import { Box, Item, List } from '../../../platform/host'
import { useScenes } from './use-scenes'
import './scenes.scss'

const holders: Record<CodeScene['holder'], string> = { person: '个人码', company: '企业码', both: '个人码、企业码' }

/** Where the code is taken, what each place may see of it, on what grounds and for how long. */
export default function Scenes() {
  const scenes = useScenes()
  return <Page title='在哪里能用' readAloud>
    <OfflineBar />
    <Loaded of={scenes}>{({ scenes: all }) => <>
      <Box className='scenes-lead'>
        一共 {all.length} 个场景。每个地方只能看写在这里的几格，多看一格系统就拒绝，并记进你的足迹。
        {all.some(({ pending }) => pending) && '标着「演示」的，用途、依据和年限还没有核定。'}
      </Box>
      <List className='scenes' aria-label='能亮码的场景'>
        {all.map((scene) => <Item key={scene.id}><SceneCard scene={scene} /></Item>)}
      </List>
    </>}</Loaded>
  </Page>
}

function SceneCard({ scene }: { scene: CodeScene }) {
  const { name, purpose, legalBasis, holder, fields, confirm, offline, inPerson, retentionDays, pending } = scene
  const elder = useContext(ElderContext)
  return <Card title={name} end={pending && <Tag text='演示' tone='grey' />}>
    <Fact name='用于' text={purpose} />
    <Fact name='能看' text={fields.join('、')} />
    {!elder && <>
      <Fact name='依据' text={legalBasis} />
      <Fact name='留多久' text={retentionDays === 0 ? '核完即删，不留' : `最多留 ${retentionDays} 天`} />
      <Fact name='用哪个码' text={holders[holder]} />
    </>}
    <Box className='scene-tags'>
      <Tag text={confirm ? '要你点同意' : '扫了就能用'} tone={confirm ? 'amber' : 'green'} />
      <Tag text={offline ? '没有网络也能用' : '要联网'} tone={offline ? 'green' : 'water'} />
      {inPerson && <Tag text='要本人到场，不能请人代亮' tone='amber' />}
    </Box>
  </Card>
}

function Fact({ name, text }: { name: string; text: string }) {
  return <Box className='scene-fact'><Box className='scene-name'>{name}</Box><Box className='scene-text'>{text}</Box></Box>
}
