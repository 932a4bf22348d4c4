import axios from 'axios'
import { afterPaint } from '../../../src/platform/paint.weapp'
import { newKey } from '../../../src/platform/random.weapp'
import { requestAdapter } from '../../../src/platform/request.weapp'
import { openSocket } from '../../../src/platform/socket.weapp'
import { readStored, storedKeys, writeStored } from '../../../src/platform/storage.weapp'
import { askSubscription } from '../../../src/platform/subscribe.weapp'
import { native } from '../stubs/taro-native'

interface Request {
  url: string
  method: string
  header: Record<string, string>
  data: string
  success: (result: { data: string; statusCode: number; header: Record<string, string> }) => void
  fail: (error: { errMsg: string }) => void
}

const client = axios.create({ baseURL: 'https://city.example/api/v1', adapter: requestAdapter })
const reply = (statusCode: number, data: unknown) => native.request.mockImplementationOnce((request: Request) => {
  request.success({ data: JSON.stringify(data), statusCode, header: { ETag: '"1"' } })
})

describe('小程序的请求', () => {
  test('地址、参数、方法、头和正文照 axios 的意思送出', async () => {
    reply(200, { ok: true })
    const { data, headers } = await client.post('/cases', { name: '𠮷' }, {
      params: { q: '一 二', none: undefined }, headers: { 'Idempotency-Key': 'k1' },
    })
    const sent = native.request.mock.calls[0]?.[0] as Request
    expect(sent.url).toBe('https://city.example/api/v1/cases?q=%E4%B8%80%20%E4%BA%8C')
    expect(sent.method).toBe('POST')
    expect(sent.header['Idempotency-Key']).toBe('k1')
    expect(JSON.parse(sent.data)).toEqual({ name: '𠮷' })
    expect(data).toEqual({ ok: true })
    expect(headers.etag ?? headers.ETag).toBe('"1"')
  })

  test('拒绝时带着状态和正文', async () => {
    reply(409, { code: 'case_changed' })
    await expect(client.get('/cases/1')).rejects.toMatchObject({
      isAxiosError: true, response: { status: 409, data: { code: 'case_changed' } },
    })
  })

  test('超时、断网各有各的说法', async () => {
    native.request.mockImplementationOnce(({ fail }: Request) => fail({ errMsg: 'request:fail timeout' }))
    await expect(client.get('/a')).rejects.toMatchObject({ code: 'ECONNABORTED' })
    native.request.mockImplementationOnce(({ fail }: Request) => fail({ errMsg: 'request:fail net::ERR_INTERNET_DISCONNECTED' }))
    await expect(client.get('/a')).rejects.toMatchObject({ code: 'ERR_NETWORK' })
  })

  test('可以中途取消', async () => {
    const abort = jest.fn()
    const stop = new AbortController()
    native.request.mockImplementationOnce(() => {
      queueMicrotask(() => stop.abort())
      // 与 Taro 一样：任务同时是个 Promise
      return Object.assign(new Promise(() => undefined), { abort })
    })
    const going = client.get('/a', { signal: stop.signal })
    await expect(going).rejects.toMatchObject({ code: 'ERR_CANCELED' })
    expect(abort).toHaveBeenCalledTimes(1)
  })
})

describe('小程序的其他能力', () => {
  test('存储只认自己的前缀，写不进时说没存上', () => {
    native.getStorageSync.mockReturnValueOnce('{"a":1}').mockReturnValueOnce('')
    expect(readStored('x')).toEqual({ a: 1 })
    expect(readStored('y')).toBeUndefined()
    native.getStorageInfoSync.mockReturnValueOnce({ keys: ['zsb.draft.1', 'zsb.elder', 'else'] })
    expect(storedKeys('draft.')).toEqual(['draft.1'])
    native.setStorageSync.mockImplementationOnce(() => { throw new Error('full') })
    expect(writeStored('x', 1)).toBe(false)
  })

  test('订阅消息：有一个同意就算同意，拒绝和不支持分得开', async () => {
    native.requestSubscribeMessage.mockResolvedValueOnce({ a: 'reject', b: 'accept' })
      .mockResolvedValueOnce({ a: 'reject' }).mockRejectedValueOnce(new Error('20004'))
    expect(await askSubscription(['a', 'b'])).toBe('accepted')
    expect(await askSubscription(['a'])).toBe('declined')
    expect(await askSubscription(['a'])).toBe('unavailable')
    expect(await askSubscription([])).toBe('unavailable')
  })

  test('连接出错又关闭时只报告一次', async () => {
    const events: Record<string, () => void> = {}
    native.connectSocket.mockResolvedValueOnce({
      onOpen: jest.fn(), onMessage: jest.fn(), close: jest.fn(),
      onClose: (run: () => void) => { events.close = run }, onError: (run: () => void) => { events.error = run },
    })
    const onClose = jest.fn()
    openSocket('/api/v1/live', { onMessage: jest.fn(), onClose })
    await Promise.resolve()
    events.error?.()
    events.close?.()
    expect(onClose).toHaveBeenCalledTimes(1)
  })

  test('编号的形状与网页端相同', () => {
    expect(newKey()).toMatch(/^[0-9a-f]{32}$/)
  })
})

test('画出来以后才接着做：等视图层收下这一页的数据；页面先关了，等三秒也接着做，只做一次', () => {
  jest.useFakeTimers()
  const [painted, closed] = [jest.fn(), jest.fn()]
  afterPaint(painted)
  afterPaint(closed)
  jest.advanceTimersByTime(2000)
  const taken = native.nextTick.mock.calls[0]?.[0] as () => void
  taken()
  expect(painted).not.toHaveBeenCalled()
  jest.advanceTimersByTime(1000)
  expect([painted.mock.calls.length, closed.mock.calls.length]).toEqual([1, 1])
  jest.advanceTimersByTime(9000)
  expect(painted).toHaveBeenCalledTimes(1)
  jest.useRealTimers()
})
