import type { CatalogueIndex, StageCard } from '../../../contract/catalogue'
import { BundleCard, Card, Cell, iconNamed, Icon, Loaded, OfflineBar, Page, Section, Tabs } from '../../components'
import { Box, Item, List } from '../../platform/host'
import { ElderSwitch } from '../../session/elder-switch'
import { useServices } from './use-services'
import './index.scss'

/** All that can be done, by the stages of a life or of a company. */
export default function Services() {
  const { catalogue, tab, setTab } = useServices()
  return <Page title='办事' sub={catalogue.data?.city.name} tab action={<ElderSwitch />} readAloud>
    <OfflineBar />
    <Cell icon='search' title='搜事项' note='名称、俗称、拼音都行' to='/features/catalogue/search/index' />
    <Loaded of={catalogue}>{(data) => <Tabs
      id='audience' label='给谁办' value={tab} onChange={setTab}
      tabs={[{ title: '个人', body: <Side data={data} audience='person' /> }, { title: '企业', body: <Side data={data} audience='company' /> }]}
    />}</Loaded>
  </Page>
}

function Side({ data, audience }: { data: CatalogueIndex; audience: StageCard['audience'] }) {
  const stages = data.stages.filter((stage) => stage.audience === audience)
  const later = stages.filter(({ bundles }) => bundles.length === 0)
  return <>
    {stages.filter(({ bundles }) => bundles.length > 0).map(({ id, name, bundles }) => <Section key={id} title={name}>
      {data.bundles.filter((bundle) => bundles.includes(bundle.id)).map((bundle) => <BundleCard key={bundle.id} {...bundle} />)}
    </Section>)}
    {later.length > 0 && <Section title='还没上线，现在去这里办'>
      <Card>
        <List className='later' aria-label='还没上线的阶段'>
          {later.map(({ id, name, icon, elsewhere }) => <Item key={id} className='later-row'>
            <Icon name={iconNamed(icon)} ink='ink-2' />
            <Box className='later-body'><Box className='later-name'>{name}</Box><Box className='later-note'>{elsewhere}</Box></Box>
          </Item>)}
        </List>
      </Card>
    </Section>}
  </>
}
