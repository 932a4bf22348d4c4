import { Cell, Icon } from '../../components'
import { Box, Link } from '../../platform/host'
import { hrefOf, open, type Params } from '../../platform/navigation'
import { dial } from '../../platform/phone'
import { Mine } from './mine'
import type { useHome } from './use-home'

interface Tile {
  title: string
  note: string
  to: string
  params?: Params
}

/** Home in elder mode: four things to press, the two matters that come first, the phone. */
export function ElderHome({ home }: { home: ReturnType<typeof useHome> }) {
  const hotline = home.catalogue.data?.city.hotline ?? '12345'
  return <>
    <Box className='tiles'>{tilesOf(home).map((tile, at) => <BigTile key={tile.title} tile={tile} first={at === 0} />)}</Box>
    <Mine home={home} most={2} />
    <Cell icon='people' title='请家人帮我办' note='不会用手机也能办：让家人在他的手机上替你办' to='/features/delegation/give/index' />
    <Cell title={`打 ${hotline} 找人帮忙`} onPress={() => dial(hotline)} end={<Icon name='phone' ink='water-7' />} />
  </>
}

function tilesOf({ catalogue, mine, audience }: ReturnType<typeof useHome>): Tile[] {
  const stages = (catalogue.data?.stages ?? []).filter((stage) => stage.audience === audience && stage.bundles.length > 0)
  const draft = mine.data?.drafts[0]
  const going = (mine.data?.running.length ?? 0) + (mine.data?.waiting.length ?? 0)
  const unread = mine.data?.unreadMessages ?? 0
  return [
    draft
      ? { title: '接着办', note: draft.bundleName, to: '/features/bundle/form/index', params: { draft: draft.id, for: draft.subjectId } }
      : { title: '要办事', note: stages.map(({ name }) => name).join('、') || '看看能办什么', to: '/pages/services/index' },
    { title: '看进度', note: going > 0 ? `${going} 件在办` : '办到哪一步了', to: '/pages/progress/index' },
    { title: '我的证照', note: '拿出来看', to: '/features/licence/list/index' },
    { title: '看消息', note: unread > 0 ? `${unread} 条没看` : '没有新消息', to: '/features/message/inbox/index' }
  ]
}

function BigTile({ tile: { title, note, to, params }, first }: { tile: Tile; first: boolean }) {
  return <Link className={first ? 'tile tile--first' : 'tile'} href={hrefOf(to, params)} onPress={() => open(to, params)}>
    <Box className='tile-title'>{title}</Box>
    <Box className='tile-note'>{note}</Box>
  </Link>
}
