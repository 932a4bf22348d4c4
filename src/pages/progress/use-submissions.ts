import { useCallback, useState } from 'react'
import type { SubmissionSummary } from '../../../contract/submissions'
import { asApiError } from '../../api/api-error'
import { useResource } from '../../api/resource'
import { listSubmissions } from '../../api/submissions'
import { wordingOf } from '../../api/wording'
import { usePullRefresh } from '../../platform/pull-refresh'
import { useLive } from '../../session/live'
import { useSession } from '../../session/session'

interface Older {
  /** Where the first page ended when these were read: when that moves, they are read anew. */
  after: string
  submissions: SubmissionSummary[]
  nextCursor: string | null
}

/** All submissions of the person, newest first and page by page; the first page keeps itself up to date. */
export function useSubmissions() {
  const { acting, me } = useSession()
  const first = useResource(`submissions/${acting?.id ?? ''}`, () => listSubmissions())
  const [older, setOlder] = useState<Older | null>(null)
  const [fault, setFault] = useState('')
  const { reload } = first
  useLive(['submission', 'case'], null, reload)
  usePullRefresh(reload)

  const start = first.data?.nextCursor ?? null
  const known = older && older.after === start ? older : null
  const cursor = known ? known.nextCursor : start
  const readMore = useCallback(async () => {
    if (cursor === null || start === null) return
    setFault('')
    try {
      const page = await listSubmissions(cursor)
      setOlder({ after: start, submissions: [...(known?.submissions ?? []), ...page.submissions], nextCursor: page.nextCursor })
    } catch (error) {
      const { what, now } = wordingOf(asApiError(error))
      setFault(`${what}，${now}`)
    }
  }, [cursor, start, known])

  const self = me?.subjects.find(({ role }) => role === 'self')
  return { first, older: known?.submissions ?? [], hasMore: cursor !== null, readMore, fault, acting, selfId: self?.id }
}
