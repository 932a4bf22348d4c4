import { BundleCard, Button, Card, Empty, Loaded, OfflineBar, Page } from '../../../components'
import { open } from '../../../platform/navigation'
import { dial } from '../../../platform/phone'
import { useStage } from './use-stage'

/** A stage of life: what can be done here, or where to go instead. */
export default function Stage() {
  const { catalogue, stage, bundles } = useStage()
  const hotline = catalogue.data?.city.hotline ?? '12345'
  return <Page title={stage?.name ?? '人生阶段'} readAloud>
    <OfflineBar />
    <Loaded of={catalogue}>{() => <>
      {!stage && <Empty
        title='没有这个阶段' note='它可能改了名字。' action={<Button kind='primary' onPress={() => open('/pages/services/index')}>看全部能办的事</Button>}
      />}
      {bundles.map((bundle) => <BundleCard key={bundle.id} {...bundle} />)}
      {stage?.elsewhere && <Card title='现在去这里办' tone='water'>{stage.elsewhere}</Card>}
      {stage && <Button block icon='phone' onPress={() => dial(hotline)}>不清楚就打 {hotline}</Button>}
    </>}</Loaded>
  </Page>
}
