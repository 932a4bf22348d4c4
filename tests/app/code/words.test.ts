import type { CodeScene } from '../../../contract/codes'
import { ApiError } from '../../../src/api/api-error'
import { answerSeconds, momentText, offlinePlaces, troubleText, upToText } from '../../../src/pages/code/words'

const scene = (name: string, offline: boolean, holder: CodeScene['holder'] = 'person'): CodeScene => ({
  id: name,
  name,
  group: 'any',
  purpose: '',
  legalBasis: '',
  holder,
  fields: [],
  confirm: false,
  offline,
  inPerson: false,
  retentionDays: 0,
  pending: true
})

test('离线码在哪里能用：收离线码、也收这种码的前三个场景；只有几个就全说；没有名单只说规则', () => {
  const ofBoth = [scene('取号', true), scene('就医', false), scene('开标', true, 'company'), scene('签到', true, 'both')]
  const scenes = [...ofBoth, scene('入园', true), scene('入馆', true)]
  expect(offlinePlaces(scenes, 'person')).toBe('只证明是谁，在收离线码的地方能用：取号、签到、入园这些；别处要联网。')
  expect(offlinePlaces(scenes, 'company')).toBe('只证明是谁，在收离线码的地方能用：开标、签到；别处要联网。')
  expect(offlinePlaces([], 'person')).toBe('只证明是谁，在收离线码的地方能用；别处要联网。')
})

test('没有新码的原因与办法各说各的，服务端说得细的那一句不说两遍', () => {
  const refused = (code: 'beyond_delegation' | 'code_locked', detail: string) =>
    troubleText({ kind: 'refused', error: new ApiError(code, 409, { type: '', title: '', status: 409, code, detail, traceId: 't' }) }, 0)
  const lacking = '授权里没有这一项。请对方自己办'
  expect(refused('beyond_delegation', lacking)).toEqual({ what: '对方没有授权你办这一项', todo: `${lacking}。` })
  expect(refused('code_locked', '锁到 10:20')).toMatchObject({ what: '锁到 10:20' })
  expect(troubleText({ kind: 'offline', lack: { ok: false, lack: 'delegated' } }, 0).what).toMatch(/替别人亮码要联网/)
})

test('到几时：数字和字之间空一格，括号后面不空', () => {
  const noon = Date.parse('2026-11-24T04:00:00Z')
  const tomorrow = noon + 86_400_000
  expect([momentText(noon, noon), momentText(tomorrow, noon)]).toEqual(['今天 12:00', '11 月 25 日（周三）12:00'])
  expect([upToText(noon, noon), upToText(tomorrow, noon)]).toEqual(['到今天 12:00', '到 11 月 25 日（周三）12:00'])
  const expired = troubleText({ kind: 'offline', lack: { ok: false, lack: 'expired', at: noon } }, noon)
  expect(expired.what).toBe('没有网络，离线码只能用到今天 12:00，已经到期了')
})

test('系统出错：问题编号写在话里，打电话有得报；没有编号就不提', () => {
  const failed = (traceId: string) =>
    new ApiError('internal', 500, { type: '', title: '系统出错了', status: 500, code: 'internal', traceId })
  expect(troubleText({ kind: 'refused', error: failed('t1') }, 0).todo).toBe('请再试一次；还不行请打 12345，并告诉对方问题编号 t1。')
  expect(troubleText({ kind: 'refused', error: new ApiError('internal', 0) }, 0).todo).toBe('请再试一次；还不行请打 12345。')
})

test('还剩几秒可以答：最多说 60，过了时间是 0', () => {
  const expiresAt = '2026-11-24T02:01:00Z'
  const at = (time: string) => answerSeconds({ expiresAt }, Date.parse(time))
  const times = ['2026-11-24T01:59:59.300Z', '2026-11-24T02:00:00Z', '2026-11-24T02:00:59.500Z', '2026-11-24T02:02:00Z']
  expect(times.map(at)).toEqual([60, 60, 1, 0])
})
