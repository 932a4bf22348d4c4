import { render } from '@testing-library/react'
import { useEffect } from 'react'
import { firstDone, goFirst } from '../../../src/session/first'

jest.mock('../../../src/session/session', () => ({ restoreSession: jest.fn(), followOtherTabs: () => () => undefined }))

beforeEach(() => jest.useFakeTimers())
afterEach(() => jest.useRealTimers())

test('没有要先上屏的，什么都不等；有，就等到它上了屏', async () => {
  const order: string[] = []
  await firstDone().then(() => order.push('无须等'))
  const [code, other] = [goFirst(), goFirst()]
  void firstDone().then(() => order.push('其余'))
  code()
  await jest.advanceTimersByTimeAsync(50)
  expect(order).toEqual(['无须等'])
  other()
  await jest.advanceTimersByTimeAsync(49)
  expect(order).toEqual(['无须等'])
  await jest.advanceTimersByTimeAsync(1)
  expect(order).toEqual(['无须等', '其余'])
})

test('冷启动：第一页还没出来就等着它；出来的是要先上屏的，接着等', async () => {
  const { default: App } = await import('../../../src/app')
  let shown = () => {}
  const Code = () => {
    useEffect(() => {
      shown = goFirst()
    }, [])
    return null
  }
  const app = render(<App>{[]}</App>)
  const rest = jest.fn()
  void firstDone().then(rest)
  await jest.advanceTimersByTimeAsync(5000)
  app.rerender(<App>{[<Code key="code" />]}</App>)
  await jest.advanceTimersByTimeAsync(5000)
  expect(rest).not.toHaveBeenCalled()
  shown()
  await jest.advanceTimersByTimeAsync(50)
  expect(rest).toHaveBeenCalledTimes(1)
})
