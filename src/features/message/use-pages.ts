import { useState } from 'react'
import { asApiError } from '../../api/api-error'
import { useResource, type Resource } from '../../api/resource'
import { wordingOf } from '../../api/wording'

interface PageOf {
  nextCursor: string | null
}

/**
 * A list read page by page. The first page is kept on the device; further ones are added at a press.
 *
 * @param key of the first page; null while there is nobody to read for
 */
export function usePages<P extends PageOf>(key: string | null, load: (cursor?: string) => Promise<P>): {
  first: Resource<P>
  pages: P[]
  more: (() => void) | null
  busy: boolean
  problem: string
} {
  const first = useResource(key, () => load())
  const [further, setFurther] = useState<{ after: string; pages: P[] }>({ after: '', pages: [] })
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')

  const after = first.data?.nextCursor ?? ''
  const pages = first.data ? [first.data, ...(further.after === after ? further.pages : [])] : []
  const cursor = pages[pages.length - 1]?.nextCursor ?? null

  async function more(at: string) {
    setBusy(true)
    setProblem('')
    try {
      const next = await load(at)
      setFurther({ after, pages: [...pages.slice(1), next] })
    } catch (thrown) {
      const { what, now } = wordingOf(asApiError(thrown))
      setProblem(`${what}。${now}`)
    }
    setBusy(false)
  }

  return { first, pages, more: cursor === null ? null : () => void more(cursor), busy, problem }
}
