import MiniSearch from 'minisearch'
import { pinyin } from 'pinyin-pro'
import type { Catalogue } from '../../../catalogue/load'
import type { SearchHit, SearchReply } from '../../../contract/catalogue'

interface Entry extends SearchHit {
  key: string
  /** Other things that people call it. */
  alias: string
  /** Full pinyin and initials of name and aliases. */
  latin: string
}

const words = new Intl.Segmenter('zh', { granularity: 'word' })
const maximumHits = 20
const suggestionCount = 6

/** Chinese by words and by single characters, Latin and digits by runs. */
function tokenize(text: string): string[] {
  const tokens = [...words.segment(text.toLowerCase())].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment)
  return tokens.flatMap((token) => (/^[\p{Script=Han}]{2,}$/u.test(token) ? [token, ...token] : [token]))
}

const syllablesOf = (text: string) => pinyin(text, { toneType: 'none', type: 'array', nonZh: 'removed' })

/** 「出生登记」→ "chushengdengji csdj chusheng dengji": the ways in which people type Chinese with Latin letters. */
function latinOf(text: string): string {
  const syllables = syllablesOf(text)
  const whole = [syllables.join(''), syllables.map((syllable) => syllable[0]).join('')]
  return [...whole, ...[...words.segment(text)].map(({ segment }) => syllablesOf(segment).join(''))].join(' ')
}

function entriesOf({ bundles, stages, matters }: Catalogue): Entry[] {
  const entry = (hit: SearchHit, alias: string[]): Entry => ({
    ...hit,
    key: `${hit.kind}:${hit.id}`,
    alias: alias.join(' '),
    latin: [hit.name, ...alias].map(latinOf).join(' ')
  })
  const ofBundles = Object.values(bundles).map(({ id, name, fullName, summary }) =>
    entry({ kind: 'bundle', id, name, note: summary, bundleId: id }, [fullName])
  )
  const ofStages = stages.map(({ id, name, bundles: listed, elsewhere }) =>
    entry({ kind: 'stage', id, name, note: elsewhere ?? `${listed.length} 件可以在这里办`, bundleId: listed[0] ?? null }, [])
  )
  const ofMatters = Object.values(matters).map(({ id, name, plainName, alias }) => {
    const bundle = Object.values(bundles).find((candidate) => candidate.matters.some((node) => node.matter === id))
    const note = bundle ? `在「${bundle.name}」里一起办` : '暂时要到窗口单独办'
    return entry({ kind: 'matter', id, name, note, bundleId: bundle?.id ?? null }, plainName ? [plainName, ...alias] : alias)
  })
  return [...ofBundles, ...ofStages, ...ofMatters]
}

/** Builds the search over one catalogue: names, aliases, pinyin and initials; finds what is half typed, forgives a slip in Latin. */
export function catalogueSearch(catalogue: Catalogue): (query: string) => SearchReply {
  const entries = entriesOf(catalogue)
  const index = new MiniSearch<Entry>({
    idField: 'key',
    fields: ['name', 'alias', 'latin', 'note'],
    tokenize,
    searchOptions: { tokenize, boost: { name: 4, alias: 3, latin: 2 }, prefix: true, combineWith: 'AND' }
  })
  index.addAll(entries)
  const byKey = new Map(entries.map((entry) => [entry.key, entry]))
  const suggestions = Object.values(catalogue.bundles)
    .map(({ name }) => name)
    .slice(0, suggestionCount)

  return (query) => {
    const latin = /^[a-z\s]+$/i.test(query) ? query.replace(/\s/g, '') : query
    const strict = index.search(latin)
    const found = strict.length > 0 ? strict : index.search(latin, { combineWith: 'OR', fuzzy: isLatin(latin) ? 0.2 : false })
    const hits = found.slice(0, maximumHits).flatMap(({ id }) => {
      const entry = byKey.get(String(id))
      return entry ? [toHit(entry)] : []
    })
    return { hits, suggestions: hits.length > 0 ? [] : suggestions }
  }
}

const isLatin = (text: string) => /^[a-z0-9]+$/i.test(text)
const toHit = ({ kind, id, name, note, bundleId }: Entry): SearchHit => ({ kind, id, name, note, bundleId })
