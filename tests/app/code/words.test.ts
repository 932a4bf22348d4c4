import type { CodeScene } from '../../../contract/codes'
import { ApiError } from '../../../src/api/api-error'
import { answerSeconds, offlinePlaces, troubleText } from '../../../src/pages/code/words'

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

test('还剩几秒可以答：最多说 60，过了时间是 0', () => {
  const expiresAt = '2026-11-24T02:01:00Z'
  const at = (time: string) => answerSeconds({ expiresAt }, Date.parse(time))
  const times = ['2026-11-24T01:59:59.300Z', '2026-11-24T02:00:00Z', '2026-11-24T02:00:59.500Z', '2026-11-24T02:02:00Z']
  expect(times.map(at)).toEqual([60, 60, 1, 0])
})
