import { useContext } from 'react'
import { Cell, ElderContext, Icon, Loaded, OfflineBar, Page } from '../../components'
import { Box, Link, Span } from '../../platform/host'
import { hrefOf, open } from '../../platform/navigation'
import { ElderSwitch } from '../../session/elder-switch'
import { ElderHome } from './elder-home'
import { Elsewhere, Life } from './life'
import { Mine } from './mine'
import { useHome } from './use-home'
import './index.scss'

const searchPage = '/features/catalogue/search/index'

/** The first page: what one can do here, and what waits for one. */
export default function Home() {
  const home = useHome()
  const elder = useContext(ElderContext)
  const { catalogue } = home
  return <Page title={catalogue.data?.city.appName ?? '掌上办'} sub={catalogue.data?.city.name} tab action={<ElderSwitch />} readAloud={elder}>
    {catalogue.data?.demo && <Box className='demo'>演示环境，数据均为虚构</Box>}
    <OfflineBar />
    <Link className='ask' href={hrefOf(searchPage)} onPress={() => open(searchPage)}>
      <Icon name='search' ink='ink-2' /><Span className='ask-words'>想办什么？搜一搜</Span><Span className='ask-go'>搜索</Span>
    </Link>
    {elder ? <ElderHome home={home} /> : <>
      <Loaded of={catalogue} cards={1}>{(data) => <Life
        catalogue={data} audience={home.audience} underWay={home.underWay} onAudience={home.setAudience} onElsewhere={home.setElsewhere}
      />}</Loaded>
      <Mine home={home} />
      <Cell icon='licence' title='我的证照' note='拿出来看，亮给别人核验' to='/features/licence/list/index' />
      <Cell icon='shield' title='核验证照' note='辨别人给你的证照是真是假' to='/features/licence/verify/index' />
    </>}
    <Elsewhere stage={home.elsewhere} hotline={catalogue.data?.city.hotline ?? '12345'} onClose={() => home.setElsewhere(null)} />
  </Page>
}
