import { useEffect, useState } from 'react'
import type { SearchHit } from '../../../../contract/catalogue'
import type { Static } from 'typebox'
import { readCatalogue, search } from '../../../api/catalogue'
import { useResource } from '../../../api/resource'
import type { Params } from '../../../platform/navigation'

export type Hit = Static<typeof SearchHit>

/** A pause in typing after which the search begins. */
const PAUSE_MS = 250

/** Searching while one types; what was found before stays until the new answer is there. */
export function useSearch() {
  const [typed, setTyped] = useState('')
  const [asked, setAsked] = useState('')
  const catalogue = useResource('public/catalogue', readCatalogue)
  const found = useResource(asked ? `search/${asked}` : null, () => search(asked))

  useEffect(() => {
    const timer = setTimeout(() => setAsked(typed.trim()), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [typed])

  return {
    typed, setTyped, asked, found, hotline: catalogue.data?.city.hotline ?? '12345',
    suggestions: (catalogue.data?.bundles ?? []).map(({ name }) => name),
    ask: (words: string) => {
      setTyped(words)
      setAsked(words.trim())
    }
  }
}

/** Where a hit leads; a matter that no bundle joins leads nowhere and says so itself. */
export function placeOf({ kind, id, bundleId }: Hit): { to: string; params: Params } | undefined {
  if (kind === 'stage') return { to: '/features/catalogue/stage/index', params: { id } }
  const bundle = kind === 'bundle' ? id : bundleId
  return bundle ? { to: '/features/bundle/intro/index', params: { id: bundle } } : undefined
}
