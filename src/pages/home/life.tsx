import type { CatalogueIndex, StageCard } from '../../../contract/catalogue'
import { Button, Icon, iconNamed, RiverStages, Section, Sheet } from '../../components'
import { Box } from '../../platform/host'
import { open } from '../../platform/navigation'
import { dial } from '../../platform/phone'

interface LifeProps {
  catalogue: CatalogueIndex
  audience: StageCard['audience']
  /** Bundles that the person is in the middle of: their stages are marked. */
  underWay: Set<string>
  onAudience: (audience: StageCard['audience']) => void
  onElsewhere: (stage: StageCard) => void
}

/** The stages of a life, or of a company, along the river. */
export function Life({ catalogue, audience, underWay, onAudience, onElsewhere }: LifeProps) {
  const company = audience === 'company'
  const stages = catalogue.stages.filter((stage) => stage.audience === audience)
  return <Section
    title={company ? '企业的一生' : '一生的事'}
    end={<Button kind='quiet' onPress={() => onAudience(company ? 'person' : 'company')}>{company ? '看个人的事' : '看企业的事'}</Button>}
  >
    <RiverStages label={company ? '企业的七个阶段' : '人生的十个阶段'} stages={stages.map((stage) => {
      const { id, name, icon, bundles } = stage
      const [only] = bundles
      const shown = { id, name, icon: iconNamed(icon) }
      if (!only) return { ...shown, state: 'later' as const, note: '还没上线，看现在去哪里办', onPress: () => onElsewhere(stage) }
      const place = bundles.length === 1
        ? { to: '/features/bundle/intro/index', params: { id: only } }
        : { to: '/features/catalogue/stage/index', params: { id } }
      return { ...shown, ...place, state: bundles.some((bundle) => underWay.has(bundle)) ? 'here' as const : 'open' as const }
    })} />
  </Section>
}

interface ElsewhereProps {
  stage: StageCard | null
  hotline: string
  onClose: () => void
}

/** Where to go for a stage that has nothing here yet. */
export function Elsewhere({ stage, hotline, onClose }: ElsewhereProps) {
  return <Sheet
    id='elsewhere' open={stage !== null} title={`「${stage?.name ?? ''}」还不能在这里办`} onClose={onClose}
    footer={<>
      <Button onPress={() => open('/features/catalogue/search/index')}>搜一搜别的事</Button>
      <Button kind='primary' icon='phone' onPress={() => dial(hotline)}>打 {hotline}</Button>
    </>}
  >
    <Box className='elsewhere'><Icon name='place' ink='water-7' /><Box className='elsewhere-text'>{stage?.elsewhere}</Box></Box>
  </Sheet>
}
