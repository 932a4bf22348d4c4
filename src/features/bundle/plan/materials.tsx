import { useContext, useState } from 'react'
import type { PlanMaterial } from '../../../../domain/bundle/plan-types'
import type { IsoDay } from '../../../../domain/time'
import { Button, Card, ElderContext, Tag } from '../../../components'
import { Box, Item, List, Span } from '../../../platform/host'
import { isOpenMaterial, materialTags } from '../plan-words'

/** Every material with its state and the reason; what the person has to see to comes first. */
export function Materials({ materials, today }: { materials: PlanMaterial[]; today: IsoDay }) {
  const elder = useContext(ElderContext)
  const [all, setAll] = useState(false)
  const open = materials.filter(isOpenMaterial)
  const rest = materials.filter((material) => !isOpenMaterial(material))
  const shown = elder && !all ? open : [...open, ...rest]
  return <Card title='材料' end={`${materials.length} 份，${rest.length} 份不用另交`}>
    {shown.length > 0 && <List className='b-list' aria-label='材料'>
      {shown.map((material) => <Item key={material.id} className='b-row'><MaterialRow material={material} today={today} /></Item>)}
    </List>}
    {shown.length < materials.length && <Button block onPress={() => setAll(true)}>看不用另交的 {rest.length} 份</Button>}
  </Card>
}

function MaterialRow({ material, today }: { material: PlanMaterial; today: IsoDay }) {
  return <>
    <Box className='b-row-head'>
      <Span className='b-row-title'>{material.name}</Span>
      <Box className='b-tags'>
        {materialTags(material, today).map(({ text, tone }) => <Tag key={text} text={text} tone={tone} />)}
      </Box>
    </Box>
    <Box className='b-hint'>{material.reason}</Box>
    <Box className='b-fine'>用在：{material.neededBy.map(({ name }) => name).join('、')}</Box>
  </>
}
