import { act, renderHook } from '@testing-library/react'
import type { Trace } from '../../../contract/traces'
import { ApiError } from '../../../src/api/api-error'
import { objectTo } from '../../../src/api/traces'
import { useObjecting } from '../../../src/features/message/traces/use-objecting'
import { keepUnsent } from '../../../src/session/unsent'

jest.mock('../../../src/api/traces', () => ({ objectTo: jest.fn() }))
const server = jest.mocked(objectTo)
const trace = { id: 'a', actor: '演示图书馆借阅台', objection: null } as Trace

test('先问一句；写的话去掉首尾空格送出；答复交给列表，说清接下来怎样', async () => {
  const note = jest.fn()
  const { result } = renderHook(() => useObjecting(note))
  act(() => result.current.ask(trace))
  expect(result.current.about).toBe(trace)
  expect(server).not.toHaveBeenCalled()
  act(() => result.current.setText('  我没去过  '))
  server.mockResolvedValueOnce(trace)
  await act(async () => result.current.send())
  expect(server).toHaveBeenCalledWith('a', '我没去过')
  expect(note).toHaveBeenCalledWith(trace)
  expect(result.current.about).toBeNull()
  expect(result.current.said).toMatch(/异议已提/)
})

test('没送成：说清楚，写的话还在，可以再提；取消就什么也没发生', async () => {
  const note = jest.fn()
  const { result } = renderHook(() => useObjecting(note))
  act(() => result.current.ask(trace))
  act(() => result.current.setText('我没去过'))
  server.mockRejectedValueOnce(new ApiError('offline', 0))
  await act(async () => result.current.send())
  expect(result.current.problem).toMatch(/网络断了/)
  expect(result.current.text).toBe('我没去过')
  expect(result.current.about).toBe(trace)
  act(() => result.current.cancel())
  expect(result.current.about).toBeNull()
  expect(note).not.toHaveBeenCalled()
  act(() => result.current.ask({ ...trace, id: 'b' }))
  expect(result.current.text).toBe('')
})

test('写到一半登录过期：登录回来，对同一次再提，写的还在', async () => {
  const before = renderHook(() => useObjecting(jest.fn()))
  act(() => before.result.current.ask(trace))
  act(() => before.result.current.setText('我没去过'))
  keepUnsent('me')
  before.unmount()
  const { result } = renderHook(() => useObjecting(jest.fn()))
  act(() => result.current.ask(trace))
  expect(result.current.text).toBe('我没去过')
})
