import { act, renderHook } from '@testing-library/react'
import { useLayoutEffect } from 'react'
import { useOnline } from '../../../src/platform/network'
import { native } from '../stubs/taro-native'

afterEach(() => jest.restoreAllMocks())

test('页面刚画出来、还没开始听的一瞬间断了网，也知道', () => {
  const onLine = jest.spyOn(navigator, 'onLine', 'get').mockReturnValue(true)
  const { result } = renderHook(() => {
    useLayoutEffect(() => void onLine.mockReturnValue(false), [])
    return useOnline()
  })
  expect(result.current).toBe(false)
})

test('断了又连上，跟着变', () => {
  const onLine = jest.spyOn(navigator, 'onLine', 'get').mockReturnValue(true)
  const { result } = renderHook(useOnline)
  const turn = (on: boolean) => act(() => {
    onLine.mockReturnValue(on)
    window.dispatchEvent(new Event(on ? 'online' : 'offline'))
  })
  turn(false)
  expect(result.current).toBe(false)
  turn(true)
  expect(result.current).toBe(true)
})

test('小程序没有网络地打开：微信答得比页面慢，答了就知道', async () => {
  let answer: (type: { networkType: string }) => void = () => undefined
  native.getNetworkType.mockReturnValueOnce(new Promise((resolve) => { answer = resolve }))
  const wechat = await import('../../../src/platform/network.weapp')
  const { result } = renderHook(wechat.useOnline)
  expect(result.current).toBe(true)
  await act(async () => answer({ networkType: 'none' }))
  expect(result.current).toBe(false)
})
