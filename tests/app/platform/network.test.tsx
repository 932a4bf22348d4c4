import { act, renderHook } from '@testing-library/react'
import { useOnline } from '../../../src/platform/network'

afterEach(() => jest.restoreAllMocks())

test('页面刚画出来、还没开始听的一瞬间断了网，也知道', () => {
  jest.spyOn(navigator, 'onLine', 'get').mockReturnValueOnce(true).mockReturnValue(false)
  expect(renderHook(useOnline).result.current).toBe(false)
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
