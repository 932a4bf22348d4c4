import type { CodeScene } from '../../../contract/codes'
import { offlinePlaces } from '../../../src/pages/code/words'

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
