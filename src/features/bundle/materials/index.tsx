import { useState } from 'react'
import type { PlanMaterial } from '../../../../domain/bundle/plan-types'
import { dayOf } from '../../../../domain/time'
import { Button, Card, Loaded, Notice, OfflineBar, Page, Steps, Tag } from '../../../components'
import { Box, Item, List, Span } from '../../../platform/host'
import { hrefOf, open, useParams } from '../../../platform/navigation'
import { useNow } from '../../../session/now'
import { applySteps } from '../apply-steps'
import '../bundle.scss'
import { OnBehalf, OwnGate } from '../own-gate'
import { isOpenMaterial, materialTags } from '../plan-words'
import { Consent } from './consent'
import { groupsOf } from './holder-groups'
import { OneMaterial } from './one-material'
import { isMet } from './standing'
import { useMaterials } from './use-materials'

export default function MaterialsPage() {
  const { draft = '', for: subject } = useParams()
  const returnTo = hrefOf('/features/bundle/materials/index', { draft, for: subject })
  return <OwnGate title='材料' what='要交的材料' why='登录后才能看到和上传你的材料。' returnTo={returnTo} subject={subject}>
    <Materials draftId={draft} />
  </OwnGate>
}

function Materials({ draftId }: { draftId: string }) {
  const { resource, bundle, problem, actions } = useMaterials(draftId)
  const [warning, setWarning] = useState('')
  const today = dayOf(useNow())
  const draft = resource.data
  function next() {
    if (!draft) return
    const left = draft.plan.materials.filter((material) => !isMet(material, draft))
    setWarning(left.length > 0 ? `还有 ${left.length} 份没着落：${left.map(({ name }) => name).join('、')}。` : '')
    if (left.length === 0) open('/features/bundle/sign/index', { draft: draft.id, for: draft.subjectId })
  }
  return <Page
    title='材料' sub={draft?.bundleName}
    footer={draft && <Button kind='primary' busy={actions.busy} onPress={next}>下一步：核对签名</Button>}
  >
    <OfflineBar text='没有网络。材料要连上网才能传，已经传的都在。' />
    <OnBehalf />
    <Steps {...applySteps} current={1} />
    <Notice text={problem || warning} tone='error' />
    <Loaded of={resource}>{(loaded) => {
      const material = { draft: loaded, ...actions }
      const waiting = loaded.plan.materials.filter((each) => isOpenMaterial(each) || each.consent !== null)
      return <>
        {waiting.length === 0 && <Card title='没有要你交的材料' tone='green'>都由证照库、数据共享或表单代替了。</Card>}
        {groupsOf(waiting).map((group) => <Consent key={group.holder} group={group} at={material} bundle={bundle} />)}
        {waiting.filter((each) => each.consent === null || each.state === 'upload').map((each) =>
          <OneMaterial key={each.id} material={each} at={material} today={today} />)}
        <Rest materials={loaded.plan.materials.filter((each) => !waiting.includes(each))} today={today} />
      </>
    }}</Loaded>
  </Page>
}

function Rest({ materials, today }: { materials: PlanMaterial[]; today: string }) {
  if (materials.length === 0) return null
  return <Card title='不用你另交的' end={`${materials.length} 份`}>
    <List className='b-list' aria-label='不用另交的材料'>
      {materials.map((material) => <Item key={material.id} className='b-row'>
        <Box className='b-row-head'>
          <Span className='b-row-title'>{material.name}</Span>
          <Box className='b-tags'>{materialTags(material, today).map((tag) => <Tag key={tag.text} {...tag} />)}</Box>
        </Box>
        <Box className='b-hint'>{material.reason}</Box>
      </Item>)}
    </List>
  </Card>
}
