import { firstDone, goFirst } from '../../../src/session/first'

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
