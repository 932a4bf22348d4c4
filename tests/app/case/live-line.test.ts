import { LiveLine } from '../../../src/session/live-line'
import { oneAtATime } from '../../../src/session/one-at-a-time'

interface Call {
  path: string
  open: () => void
  say: (event: object) => void
  lose: () => void
  closed: boolean
}

function exchange() {
  const calls: Call[] = []
  let out = false
  const path = jest.fn(async () => {
    if (out) throw new Error('no network')
    return `/live?ticket=${calls.length + 1}`
  })
  const line = new LiveLine({
    path,
    openSocket: (address, { onOpen, onMessage, onClose }) => {
      const call: Call = { path: address, open: onOpen, say: (event) => onMessage(JSON.stringify(event)), lose: onClose, closed: false }
      calls.push(call)
      return { close: () => void (call.closed = true) }
    }
  })
  return { line, calls, path, cut: () => void (out = true), mend: () => void (out = false) }
}

const pass = (milliseconds: number) => jest.advanceTimersByTimeAsync(milliseconds)

describe('实时连线', () => {
  beforeEach(() => jest.useFakeTimers())
  afterEach(() => jest.useRealTimers())

  test('接通就先看一遍，之后只传「什么变了」，接通时不轮询', async () => {
    const { line, calls } = exchange()
    const heard = jest.fn()
    line.listen(heard)
    await pass(0)
    calls[0]?.open()
    calls[0]?.say({ kind: 'case', id: '甲' })
    expect(heard.mock.calls).toEqual([[null], [{ kind: 'case', id: '甲' }]])
    await pass(60_000)
    expect(heard).toHaveBeenCalledTimes(2)
  })

  test('断了就用新票据重拨，越拨越疏，最疏三十秒；接通后从一秒起', async () => {
    const { line, calls, path, cut, mend } = exchange()
    line.listen(() => undefined)
    await pass(0)
    calls[0]?.open()
    cut()
    calls[0]?.lose()
    for (const wait of [1, 2, 4, 8, 16, 30, 30]) {
      const before = path.mock.calls.length
      await pass(wait * 1000 - 1)
      expect(path).toHaveBeenCalledTimes(before)
      await pass(1)
      expect(path).toHaveBeenCalledTimes(before + 1)
    }
    mend()
    await pass(30_000)
    expect(calls[1]?.path).toBe('/live?ticket=2')
    calls[1]?.open()
    calls[1]?.lose()
    await pass(1000)
    expect(calls).toHaveLength(3)
  })

  test('连不上的时候每十五秒让页面自己去看', async () => {
    const { line, cut } = exchange()
    cut()
    const heard = jest.fn()
    line.listen(heard)
    await pass(45_000)
    expect(heard.mock.calls).toEqual([[null], [null], [null]])
  })

  test('从一页到另一页不挂断；没人听了，三秒后挂断，也不再轮询', async () => {
    const { line, calls } = exchange()
    const leave = line.listen(() => undefined)
    await pass(0)
    calls[0]?.open()
    leave()
    await pass(2000)
    const heard = jest.fn()
    const leaveAgain = line.listen(heard)
    await pass(10_000)
    expect(calls[0]?.closed).toBe(false)
    leaveAgain()
    await pass(3000)
    expect(calls[0]?.closed).toBe(true)
    calls[0]?.lose()
    await pass(60_000)
    expect(calls).toHaveLength(1)
    expect(heard).not.toHaveBeenCalled()
  })
})

test('一串变化只多看一遍：正在看的时候来的，看完再看一次', async () => {
  const ends: (() => void)[] = []
  const run = jest.fn(() => new Promise<void>((resolve) => void ends.push(resolve)))
  const start = oneAtATime(run)
  start()
  start()
  start()
  expect(run).toHaveBeenCalledTimes(1)
  ends[0]?.()
  await Promise.resolve()
  await Promise.resolve()
  expect(run).toHaveBeenCalledTimes(2)
  ends[1]?.()
  await Promise.resolve()
  await Promise.resolve()
  expect(run).toHaveBeenCalledTimes(2)
})
