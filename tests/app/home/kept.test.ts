import { act, renderHook, waitFor } from '@testing-library/react'
import { ApiError } from '../../../src/api/api-error'
import { forgetPersonal, keep, readKept } from '../../../src/api/kept'
import { useResource } from '../../../src/api/resource'

const offline = () => new ApiError('offline', 0)

test('没有网络给看留着的，说明是什么时候的；网络回来自己换成新的', async () => {
  keep('list', '旧的', 1_000)
  const load = jest.fn(async () => '新的').mockRejectedValueOnce(offline())
  const { result } = renderHook(() => useResource('list', load))
  await waitFor(() => expect([result.current.data, result.current.keptAt]).toEqual(['旧的', 1_000]))
  expect(result.current.problem).toBeNull()
  act(() => void window.dispatchEvent(new Event('online')))
  await waitFor(() => expect([result.current.data, result.current.keptAt]).toEqual(['新的', null]))
})

test('没有网络也没有留着的：说清楚，不假装', async () => {
  const { result } = renderHook(() => useResource('list', async () => Promise.reject(offline())))
  await waitFor(() => expect(result.current.problem?.what).toMatch(/网络断了/))
  expect([result.current.data, result.current.keptAt]).toEqual([null, null])
})

test('问的时候还登录着，答复来的时候已经退出：个人的内容不再留在手机上，公开的照样留', async () => {
  const answers = new Map<string, (data: string) => void>()
  const slow = (key: string) => () => new Promise<string>((resolve) => void answers.set(key, resolve))
  const personal = renderHook(() => useResource('home/me', slow('personal')))
  const open = renderHook(() => useResource('public/regions', slow('open')))
  forgetPersonal()
  await act(async () => {
    answers.get('personal')?.('苏演示')
    answers.get('open')?.('江阴市')
  })
  await waitFor(() => expect([personal.result.current.loading, open.result.current.data]).toEqual([false, '江阴市']))
  expect([readKept('home/me'), readKept<string>('public/regions')?.data]).toEqual([undefined, '江阴市'])
})
