import type { ReactNode } from 'react'
import { Box } from '../platform/host'
import { ErrorState } from './error-state'
import { Skeleton } from './skeleton'

interface LoadedProps<T> {
  /** What a page reads: nothing yet, an error in words, or the data, perhaps an old copy shown without network. */
  of: {
    data: T | null
    loading: boolean
    problem: { what: string; kept: string; now: string; traceId: string | null } | null
    keptAt: number | null
    reload: () => Promise<void>
  }
  /** Cards of the skeleton meanwhile. */
  cards?: number
  children: (data: T) => ReactNode
}

/** The three faces of something read from the server: on its way, failed (what happened, what is kept, what to do), there. */
export function Loaded<T>({ of: { data, loading, problem, keptAt, reload }, cards, children }: LoadedProps<T>) {
  return <>
    {data === null && loading && <Skeleton cards={cards} />}
    {problem && <ErrorState
      title={problem.what} note={`${problem.kept}${problem.now}`} traceId={problem.traceId ?? undefined} onRetry={() => void reload()}
    />}
    {keptAt !== null && <Box className='kept-note' role='status'>没有网络，下面是 {clockText(keptAt)} 看到的内容。</Box>}
    {data !== null && children(data)}
  </>
}

function clockText(at: number): string {
  const date = new Date(at)
  const two = (part: number) => `0${part}`.slice(-2)
  return `${date.getMonth() + 1} 月 ${date.getDate()} 日 ${two(date.getHours())}:${two(date.getMinutes())}`
}
