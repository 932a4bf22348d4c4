import { act, renderHook } from '@testing-library/react'
import type { Presentable } from '../../../contract/presentations'
import { firstChoice, otherPurpose, warningOf, wantedOf } from '../../../src/features/licence/present/choice'
import { codeOf, looksLikeCode } from '../../../src/features/licence/verify/code-of'
import { resultWords } from '../../../src/features/licence/verify/words'
import { effectOf, untilText } from '../../../src/features/licence/grants/words'
import { useCountdown } from '../../../src/session/countdown'

const offer: Presentable = {
  fields: [
    { name: '姓名', sensitivity: 1, chosen: true },
    { name: '住址', sensitivity: 2, chosen: false },
    { name: '健康状况', sensitivity: 3, chosen: false }
  ],
  predicates: [{ key: 'over18', label: '已满 18 周岁' }]
}
const first = { ...firstChoice(offer), purpose: '核对身份' }

describe('亮证选什么', () => {
  test('缺省只选一般的，敏感的要自己勾；勾了就提醒，特别敏感的再点名', () => {
    expect(first.fields).toEqual(['姓名'])
    expect(warningOf(offer, first)).toBe('')
    expect(warningOf(offer, { ...first, fields: ['姓名', '住址'] })).toBe(
      '你选了敏感的内容：住址。对方核验后会看到原文，只给确实需要的人看。'
    )
    expect(warningOf(offer, { ...first, fields: ['健康状况'] })).toContain('其中健康状况特别敏感')
    expect(warningOf(offer, { ...first, mode: 'answer', fields: ['住址'] })).toBe('')
  })

  test('只证明一件事时，勾过的格子一格也不送出；反过来也一样', () => {
    const answer = wantedOf({ ...first, mode: 'answer', fields: ['姓名'], predicates: ['over18'] })
    expect(answer).toEqual({ ok: true, wanted: { fields: [], predicates: ['over18'], purpose: '核对身份' } })
    const fields = wantedOf({ ...first, predicates: ['over18'] })
    expect(fields).toEqual({ ok: true, wanted: { fields: ['姓名'], predicates: [], purpose: '核对身份' } })
  })

  test('什么都没选、没说用来做什么，都亮不了，并说缺哪样', () => {
    expect(wantedOf({ ...first, fields: [] })).toMatchObject({ ok: false, missing: 'what' })
    expect(wantedOf({ ...first, mode: 'answer' })).toMatchObject({ ok: false, missing: 'what' })
    expect(wantedOf({ ...first, purpose: '' })).toMatchObject({ ok: false, missing: 'purpose' })
    expect(wantedOf({ ...first, purpose: otherPurpose, ownPurpose: '  ' })).toMatchObject({ ok: false, missing: 'purpose' })
    expect(wantedOf({ ...first, purpose: otherPurpose, ownPurpose: ' 领快递 ' })).toMatchObject({ wanted: { purpose: '领快递' } })
  })
})

test('倒计时从收到那一刻算起，手机的钟不准也不碍事；到零就停', () => {
  jest.useFakeTimers({ now: Date.parse('2020-01-01T00:00:00Z') })
  const received = Date.now()
  const { result } = renderHook(() => useCountdown(received, 60_000))
  expect(result.current).toBe(60)
  act(() => void jest.advanceTimersByTime(1_000))
  expect(result.current).toBe(59)
  act(() => void jest.advanceTimersByTime(58_999))
  expect(result.current).toBe(1)
  act(() => void jest.advanceTimersByTime(1_001))
  expect(result.current).toBe(0)
  expect(jest.getTimerCount()).toBe(0)
  jest.useRealTimers()
})

describe('核证', () => {
  test('扫到的地址取 # 后面的，大小写和连字符都不动；不像码的不去问', () => {
    expect(codeOf('https://zsb.example/features/licence/verify/index#a-B_c0123456789abcdefgh')).toBe('a-B_c0123456789abcdefgh')
    expect(codeOf('  k7m2 p9q4 t6wx ')).toBe('k7m2 p9q4 t6wx')
    expect(looksLikeCode(codeOf('K7M2'))).toBe(false)
    expect(looksLikeCode(codeOf('https://zsb.example/#'))).toBe(false)
    expect(looksLikeCode('K7M2P9Q4T6WX')).toBe(true)
  })

  test('只有现在有效的才是绿的；吊销、注销、不真的是红的', () => {
    const kinds = Object.fromEntries(Object.entries(resultWords).map(([result, { kind }]) => [result, kind]))
    expect(kinds).toEqual({
      valid: 'good', expired: 'ended', suspended: 'ended', replaced: 'ended', spent: 'ended',
      cancelled: 'no', revoked: 'no', annulled: 'no', not_genuine: 'no'
    })
  })
})

test('用证记录：到何时说人话；收回前说清后果，办件的和亮证的不同', () => {
  const now = Date.parse('2026-11-24T02:00:00Z')
  const grant = {
    id: 'g', to: '江阴市卫健委', purpose: '办理出生一件事', fields: ['姓名'], since: '2026-11-23T02:00:00Z', until: null,
    status: 'active' as const, caseId: 'c', allowedActions: ['revoke' as const]
  }
  expect(untilText(grant, now)).toBe('到这一件办完为止')
  expect(untilText({ ...grant, status: 'ended' }, now)).toBe('这一件已经办完')
  expect(untilText({ ...grant, status: 'revoked' }, now)).toBe('已收回，对方不能再看')
  expect(untilText({ ...grant, until: '2026-11-24T02:01:00Z' }, now)).toBe('到 10:01')
  expect(untilText({ ...grant, until: '2026-11-24T02:01:00Z', status: 'ended' }, now)).toBe('到 10:01 为止')
  expect(effectOf(grant).join('')).toContain('可能要你另交材料')
  expect(effectOf({ ...grant, caseId: null }).join('')).toContain('亮证码立刻作废')
})
