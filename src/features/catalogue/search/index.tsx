import { Button, Cell, Empty, Loaded, Notice, OfflineBar, Page, SearchBox, Section, Tag } from '../../../components'
import { Box } from '../../../platform/host'
import { dial } from '../../../platform/phone'
import { placeOf, useSearch, type Hit } from './use-search'
import './index.scss'

const kinds: Record<Hit['kind'], string> = { bundle: '一件事', matter: '事项', stage: '阶段' }

/** Searching for what one wants to do, by name, nickname or pinyin. */
export default function Search() {
  const { typed, setTyped, asked, found, hotline, suggestions, ask } = useSearch()
  const hits = found.data?.hits ?? []
  return <Page title='搜一搜'>
    <OfflineBar text='没有网络。搜过的还能看，新的要等连上网。' />
    <SearchBox
      id='search' label='搜要办的事' placeholder='名称、俗称、拼音都行' value={typed} onChange={setTyped} onSearch={() => ask(typed)} focus
    />
    <Box className='search-said'>
      <Notice text={asked && found.data ? `「${asked}」找到 ${hits.length} 条` : ''} />
    </Box>
    {!asked && <Suggestions title='大家可以试试' words={suggestions} onPick={ask} />}
    {asked && <Loaded of={found}>{({ suggestions: others }) => <>
      {hits.map((hit) => <Cell
        key={`${hit.kind}:${hit.id}`} title={hit.name} note={hit.note} {...placeOf(hit)}
        end={<Tag text={kinds[hit.kind]} tone={hit.kind === 'bundle' ? 'water' : 'grey'} />}
      />)}
      {hits.length === 0 && <Empty
        title='没找到这件事' note='换个说法再搜，或直接问人。'
        action={<Button kind='primary' icon='phone' onPress={() => dial(hotline)}>打 {hotline} 问一问</Button>}
      />}
      {hits.length === 0 && <Suggestions title='也许你想办' words={others} onPick={ask} />}
    </>}</Loaded>}
  </Page>
}

function Suggestions({ title, words, onPick }: { title: string; words: string[]; onPick: (word: string) => void }) {
  if (words.length === 0) return null
  return <Section title={title}>
    <Box className='words'>{words.map((word) => <Button key={word} onPress={() => onPick(word)}>{word}</Button>)}</Box>
  </Section>
}
