import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { failureLifeMs, isElsewhere, isFailure, lockedUntil } from '../../domain/code/locking'

const minute = 60_000
const at = (...minutes: number[]) => minutes.map(each => each * minute)

describe('苏服码的锁（processes.md §6：10 分钟里 5 次，锁 15 分钟）', () => {
  const table: { what: string; failed: number[]; now: number; until: number | null }[] = [
    { what: '没有失败', failed: [], now: 0, until: null },
    { what: '四次不锁', failed: [0, 1, 2, 3], now: 3, until: null },
    { what: '第五次就锁，从第五次算起', failed: [0, 1, 2, 3, 4], now: 4, until: 19 },
    { what: '五次恰好跨 10 分钟', failed: [0, 1, 2, 3, 10], now: 10, until: 25 },
    { what: '五次跨得再久就不锁', failed: [0, 1, 2, 3, 10.001], now: 11, until: null },
    { what: '锁的最后一刻', failed: [0, 1, 2, 3, 4], now: 18.999, until: 19 },
    { what: '到时就开', failed: [0, 1, 2, 3, 4], now: 19, until: null },
    { what: '六次里后五次更晚，照后五次算', failed: [0, 1, 2, 3, 4, 5], now: 6, until: 20 },
    { what: '前一把锁开了，四次旧的加一次新的，太久了不锁', failed: [0, 1, 2, 3, 4, 19], now: 19, until: null },
    { what: '开了以后又失败五次，再锁', failed: [0, 1, 2, 3, 4, 20, 21, 22, 23, 24], now: 24, until: 39 }
  ]
  for (const { what, failed, now, until } of table) {
    test(what, () => {
      const [wanted, moment] = [until === null ? null : until * minute, now * minute]
      assert.equal(lockedUntil(at(...failed), moment), wanted)
      assert.equal(lockedUntil(at(...failed).reverse(), moment), wanted, '顺序不限')
    })
  }

  test('性质：比 failureLifeMs 更早的失败，忘掉也不改变什么', () => {
    const times = fc.array(fc.integer({ min: 0, max: 60 * minute }), { maxLength: 20 })
    fc.assert(
      fc.property(times, failed => {
        const now = 60 * minute
        const kept = failed.filter(each => each > now - failureLifeMs)
        assert.equal(lockedUntil(failed, now), lockedUntil(kept, now))
      })
    )
  })

  test('码不好才算失败；核码端的错、亮码人自己的决定、证书之外的不算', () => {
    const counts = ['code_used', 'code_expired', 'device_revoked', 'clock_ahead', 'certificate_revoked', 'replayed']
    const rest = [
      'reader_unknown', 'scene_not_registered', 'beyond_scene', 'holder_kind', 'code_unreadable', 'code_unknown', 'wrong_issuer',
      'consent_missing', 'beyond_delegation', 'declined', 'confirmation_lapsed', 'holder_unavailable', 'scene_online_only'
    ]
    assert.deepEqual([...counts, ...rest].filter(isFailure), counts)
  })
})

describe('同一个码在两处', () => {
  const place = (organisation: string, seconds: number) => ({ organisation, at: seconds * 1000 })
  const table: [string, number, string, number, boolean][] = [
    ['图书馆', 0, '公园', 0, true],
    ['图书馆', 0, '公园', 180, true],
    ['公园', 180, '图书馆', 0, true],
    ['图书馆', 0, '公园', 180.001, false],
    ['图书馆', 0, '图书馆', 1, false]
  ]
  for (const [one, first, other, second, elsewhere] of table) {
    test(`${one}与${other}相隔 ${Math.abs(second - first)} 秒：${elsewhere ? '是' : '不是'}`, () => {
      assert.equal(isElsewhere(place(one, first), place(other, second)), elsewhere)
    })
  }
})
