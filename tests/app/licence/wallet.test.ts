import type { LicenceCard } from '../../../contract/licences'
import { inOrder, matching, withheldTexts } from '../../../src/features/licence/list/order'
import { holderText, trustText, validityText } from '../../../src/features/licence/words'

const now = Date.parse('2026-11-24T02:00:00Z')
const card = (id: string, change: Partial<LicenceCard> = {}): LicenceCard => ({
  id,
  type: 'hukou',
  name: '户口簿',
  issuer: '公安局',
  subjectId: 'me',
  maskedHolderName: '林*',
  status: 'valid',
  statusText: '有效',
  issuedOn: '2020-01-01',
  validTo: null,
  isNew: false,
  inRectification: false,
  look: { tint: 'green', layout: 'card', seal: '演示' },
  claimedAt: '2026-11-01T00:00:00.000Z',
  ...change
})

test('新办好的在最上，快到期和过期的其次，换发掉的归旧证；别人的不混进来', () => {
  const { current, former } = inOrder(
    [
      card('plain'),
      card('old', { status: 'changed' }),
      card('ending', { status: 'expiring' }),
      card('fresh', { isNew: true }),
      card('child', { subjectId: 'child' })
    ],
    'me'
  )
  expect(current.map(({ id }) => id)).toEqual(['fresh', 'ending', 'plain'])
  expect(former.map(({ id }) => id)).toEqual(['old'])
})

test('是谁的：自己的只写姓名，孩子的、企业的写明是我的谁', () => {
  const subjects = [{ id: 'me', role: 'self' }, { id: 'child', role: 'guardian' }, { id: 'co', role: 'legalRepresentative' }] as const
  const whose = (subjectId: string, maskedHolderName: string) => holderText({ subjectId, maskedHolderName }, [...subjects])
  expect([whose('me', '林*'), whose('child', '林*'), whose('co', '演示公司')]).toEqual(['林*', '孩子 林*', '企业 演示公司'])
})

test('没有收下的证照，说明是哪一种、为什么；只说这个人的；旧版应用存下的清单里没有这一项，也不出错', () => {
  const withheld = [
    { subjectId: 'me', type: 'hukou', name: '居民户口簿', reason: '电子证照标识的校验位对不上' },
    { subjectId: 'child', type: 'vaccination-cert', name: '预防接种证', reason: '电子证照标识是空的' }
  ]
  expect(withheldTexts({ withheld }, 'me', '0510-12345')).toEqual([
    '证照库给的居民户口簿没有收下：电子证照标识的校验位对不上。请向发证机关核对，或打 0510-12345。'
  ])
  expect(withheldTexts({}, 'me', '0510-12345')).toEqual([])
})

test('有效期说到日子，快到期说还有几天、要做什么', () => {
  expect(validityText(card('a'), now)).toBe('长期有效')
  expect(validityText(card('a', { validTo: '2027-02-01' }), now)).toBe('有效期到 2027 年 2 月 1 日（周一）')
  expect(validityText(card('a', { status: 'expiring', validTo: '2026-12-01' }), now)).toBe(
    '还有 7 天，12 月 1 日（周二）到期，请提前换发'
  )
  expect(validityText(card('a', { status: 'expiring', validTo: '2026-11-24' }), now)).toBe('今天到期，请尽快换发')
  expect(validityText(card('a', { status: 'expired', validTo: '2026-11-01' }), now)).toBe('11 月 1 日（周日）到期，已不能用，请去换发')
})

test('没领的单列；没领就过期的归历史；能领的不当作已有', () => {
  const sorted = inOrder(
    [
      card('mine'),
      card('waiting', { claimedAt: null }),
      card('late', { claimedAt: null, status: 'expired' }),
      card('over', { status: 'expired' })
    ],
    'me'
  )
  expect(sorted.claimable.map(({ id }) => id)).toEqual(['waiting'])
  expect(sorted.current.map(({ id }) => id)).toEqual(['over', 'mine'])
  expect(sorted.former.map(({ id }) => id)).toEqual(['late'])
})

test('按名字、发证机关、状态找，几个词都要对上', () => {
  const cards = [card('a'), card('b', { name: '结婚证', issuer: '江阴市民政局' })]
  expect(matching(cards, '民政 结婚').map(({ id }) => id)).toEqual(['b'])
  expect(matching(cards, ' ').map(({ id }) => id)).toEqual(['a', 'b'])
  expect(matching(cards, '驾驶')).toEqual([])
})

test('不再有效的，说明为什么、用哪本', () => {
  expect(validityText(card('a', { status: 'changed' }), now)).toBe('已换发新证，请用新的那本')
  expect(validityText(card('a', { status: 'revoked', validTo: '2030-01-01' }), now)).toBe('发证机关已吊销，不能再用')
  expect(validityText(card('a', { status: 'annulled' }), now)).toBe('发证机关已撤销，不能再用')
})

test('留在手机上的，说哪一刻查到、可信到何时；过了时间、或没写时间，就不能当真', () => {
  const seen = Date.parse('2026-11-24T01:30:00Z')
  const until = (trustedUntil: string) => trustText({ trustedUntil }, seen, now)
  expect(trustText({ trustedUntil: '2026-11-25T02:00:00Z' }, null, now)).toBeNull()
  expect(until('2026-11-25T01:30:00Z')).toEqual({ text: '这是 09:30 查到的，可信到 11 月 25 日 09:30。', trusted: true })
  expect(until('2026-11-24T01:59:59Z')).toEqual({ text: '这是 09:30 查到的，已经过了可信的时间，不能再当真。连上网会重新查。', trusted: false })
  expect(trustText({}, seen, now)?.trusted).toBe(false)
})
