import { ApiError } from '../../../src/api/api-error'
import type { CodeStatus, IssuedCode } from '../../../src/api/codes'
import { CodeKeeper } from '../../../src/pages/code/code-keeper'
import type { OfflineCode } from '../../../src/pages/code/offline-codes'

const SERVER_AHEAD = 90_000

/** 一个假的服务端和一部假的手机；手机的钟比服务端慢一分半。 */
function desk() {
  let serial = 0
  const desk = {
    online: true,
    /** 请求送出去了，没有回音。 */
    silent: false,
    refusal: null as ApiError | null,
    offline: { ok: true, text: 'OFF', holder: 'person', shownName: '林*', certifiedUntil: Date.now() + 3_600_000 } as OfflineCode,
    statuses: {} as Record<string, CodeStatus>,
    issued: 0,
    asked: jest.fn(),
    after: jest.fn()
  }
  const keeper = new CodeKeeper({
    issue: async (): Promise<IssuedCode> => {
      desk.issued += 1
      if (desk.silent) await new Promise(() => undefined)
      if (desk.refusal) throw desk.refusal
      serial += 1
      const at = Date.now() + SERVER_AHEAD
      const [issuedAt, expiresAt] = [new Date(at).toISOString(), new Date(at + 60_000).toISOString()]
      return { id: `c${serial}`, text: `ON${serial}`, holder: 'person', shownName: '林*', issuedAt, expiresAt }
    },
    status: async (id) => desk.statuses[id] ?? { status: 'live', pending: null, reading: null },
    makeOffline: async () => desk.offline,
    isOnline: () => desk.online,
    now: Date.now,
    onIssued: desk.after,
    onAsked: desk.asked
  })
  return { desk, keeper, shown: () => keeper.state().code?.text }
}

const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms)
const reading = { at: '2026-11-22T02:00:00.000Z', organisation: '演示大厅', place: '一楼', sceneName: '取号', purpose: '取号', fields: ['姓名（打码）'] }

beforeEach(() => jest.useFakeTimers())
afterEach(() => jest.useRealTimers())

test('每 60 秒换一个，按服务端给的时长、手机自己的钟；换上之前不遮', async () => {
  const { desk: { after }, keeper, shown } = desk()
  keeper.start()
  await pass(0)
  expect([shown(), keeper.state().stale]).toEqual(['ON1', false])
  expect(keeper.state().code?.until).toBe(Date.now() + 60_000)
  expect(after).toHaveBeenCalledWith(expect.objectContaining({ id: 'c1' }), SERVER_AHEAD)
  await pass(59_999)
  expect(shown()).toBe('ON1')
  await pass(1)
  expect([shown(), keeper.state().stale]).toEqual(['ON2', false])
})

test('页面盖住：码作废、不再换；回来马上换新', async () => {
  const { desk: state, keeper, shown } = desk()
  keeper.start()
  await pass(0)
  keeper.stop()
  expect(keeper.state().stale).toBe(true)
  await pass(600_000)
  expect(state.issued).toBe(1)
  keeper.start()
  await pass(0)
  expect([shown(), keeper.state().stale]).toEqual(['ON2', false])
})

test('用过：马上换新，说清谁读的；换下来的码晚些才被读，也说，但不打断新码', async () => {
  const { desk: state, keeper, shown } = desk()
  keeper.start()
  await pass(0)
  state.statuses.c1 = { status: 'used', pending: null, reading }
  await keeper.look('c1')
  expect([shown(), keeper.state().reading?.organisation, keeper.state().stale]).toEqual(['ON2', '演示大厅', false])
  await pass(60_000)
  expect(shown()).toBe('ON3')
  state.statuses.c2 = { status: 'used', pending: null, reading: { ...reading, organisation: '图书馆' } }
  await keeper.look()
  expect([shown(), keeper.state().reading?.organisation, state.issued]).toEqual(['ON3', '图书馆', 3])
})

test('等点头：告诉页面去看，码不换；不同意：换新，说对方没看到', async () => {
  const { desk: state, keeper, shown } = desk()
  keeper.start()
  await pass(0)
  state.statuses.c1 = { status: 'asking', pending: null, reading: null }
  await keeper.look()
  expect([state.asked.mock.calls.length, shown()]).toEqual([1, 'ON1'])
  state.statuses.c1 = { status: 'declined', pending: null, reading: null }
  await keeper.look()
  expect([shown(), keeper.state().declined]).toEqual(['ON2', true])
})

test('断网自己换成离线码，连上自己换回来；连着网而服务端不答，也先亮离线码，20 秒再试', async () => {
  const { desk: state, keeper, shown } = desk()
  keeper.start()
  await pass(0)
  state.online = false
  keeper.networkChanged(false)
  await pass(0)
  expect([shown(), keeper.state().code?.id, keeper.state().stale]).toEqual(['OFF', null, false])
  expect(state.issued).toBe(1)
  state.online = true
  keeper.networkChanged(true)
  await pass(0)
  expect(shown()).toBe('ON2')
  state.refusal = new ApiError('offline', 0)
  await pass(60_000)
  expect(shown()).toBe('OFF')
  state.refusal = null
  await pass(20_000)
  expect(shown()).toBe('ON3')
})

test('断网时离线码每分钟换一个，不问服务端；证书到期了就遮住，说为什么', async () => {
  const { desk: state, keeper, shown } = desk()
  state.online = false
  keeper.start()
  await pass(0)
  state.offline = { ...state.offline, text: 'OFF2' } as OfflineCode
  await pass(60_000)
  expect(shown()).toBe('OFF2')
  state.offline = { ok: false, lack: 'expired', at: Date.now() }
  await pass(60_000)
  expect([keeper.state().stale, keeper.state().trouble]).toEqual([true, { kind: 'offline', lack: state.offline }])
  expect(state.issued).toBe(0)
})

test('服务端拒绝：遮住旧码，不自己一再去要；点刷新再要', async () => {
  const { desk: state, keeper, shown } = desk()
  keeper.start()
  await pass(0)
  state.refusal = new ApiError('code_locked', 409)
  await pass(60_000)
  expect([keeper.state().stale, keeper.state().trouble?.kind]).toEqual([true, 'refused'])
  await pass(300_000)
  expect(state.issued).toBe(2)
  state.refusal = null
  await keeper.renew()
  expect([shown(), keeper.state().trouble]).toEqual(['ON2', null])
})

test('答复迟迟不来：过了宽限就遮住旧码', async () => {
  const { desk: state, keeper, shown } = desk()
  state.online = false
  keeper.start()
  await pass(0)
  state.online = true
  state.silent = true
  keeper.networkChanged(true)
  await pass(63_999)
  expect([shown(), keeper.state().stale]).toEqual(['OFF', false])
  await pass(1)
  expect(keeper.state().stale).toBe(true)
})
