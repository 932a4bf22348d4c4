import { act, renderHook, waitFor } from '@testing-library/react'
import { ApiError } from '../../../src/api/api-error'
import { usePages } from '../../../src/features/message/use-pages'

const pages: Record<string, { rows: string[]; nextCursor: string | null }> = {
  first: { rows: ['a', 'b'], nextCursor: 'second' },
  second: { rows: ['c'], nextCursor: null }
}
const load = jest.fn(async (cursor = 'first') => pages[cursor] ?? { rows: [], nextCursor: null })
const rowsOf = (result: { current: { pages: { rows: string[] }[] } }) => result.current.pages.flatMap(({ rows }) => rows)

test('一页一页往后看，看完了就没有「看更早的」', async () => {
  const { result } = renderHook(() => usePages('list', load))
  await waitFor(() => expect(rowsOf(result)).toEqual(['a', 'b']))
  await act(async () => result.current.more?.())
  expect(rowsOf(result)).toEqual(['a', 'b', 'c'])
  expect(result.current.more).toBeNull()
  await act(async () => result.current.first.reload())
  expect(rowsOf(result)).toEqual(['a', 'b', 'c'])
})

test('下一页没取到：说清楚，前面的还在，可以再点', async () => {
  const { result } = renderHook(() => usePages('list', load))
  await waitFor(() => expect(result.current.more).not.toBeNull())
  load.mockRejectedValueOnce(new ApiError('offline', 0))
  await act(async () => result.current.more?.())
  expect(result.current.problem).toMatch(/网络断了/)
  expect(rowsOf(result)).toEqual(['a', 'b'])
  await act(async () => result.current.more?.())
  expect(rowsOf(result)).toEqual(['a', 'b', 'c'])
})
