import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { utf8Bytes } from '../../domain/code/bytes'
import { certificateMinutes, fittingName, isProofFresh } from '../../domain/code/certificate'
import { longestName } from '../../domain/code/format'
import { reportRefusal } from '../../domain/code/freshness'

const minute = 60_000

describe('设备证书', () => {
  for (const [drift, fresh] of [[0, true], [300, true], [-300, true], [301, false], [-301, false]] as const) {
    test(`证明的时刻与服务端差 ${drift} 秒：${fresh ? '收' : '不收'}`, () => assert.equal(isProofFresh(1_000_000 + drift, 1_000_000), fresh))
  }

  test('最长 24 小时，不超过登录的期限；不足一分钟不发', () => {
    const table: [left: number, minutes: number][] = [
      [30 * 24 * 60 * minute, 1440], [1440 * minute, 1440], [1440 * minute - 1, 1439], [minute, 1], [minute - 1, 0], [0, 0], [-minute, 0]
    ]
    for (const [left, minutes] of table) assert.equal(certificateMinutes(1_000, 1_000 + left), minutes, `还剩 ${left} 毫秒`)
  })

  test('写得下的照原样，太长的从后面按字截短', () => {
    assert.equal(fittingName('林*'), '林*')
    assert.equal(fittingName('演'.repeat(13) + 'A'), '演'.repeat(13) + 'A', '恰好 40 字节')
    assert.equal(fittingName('演'.repeat(14)), '演'.repeat(13))
    assert.equal(fittingName(`${'演'.repeat(12)}𠮷𠮷`), `${'演'.repeat(12)}𠮷`, '四个字节的字不切开')
  })

  test('性质：截出来的是原名的开头，写得下，再多一个字就写不下', () => {
    const names = fc.array(fc.constantFrom('林', '*', '𠮷', '·', 'A', 'é'), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(names, characters => {
        const name = characters.join('')
        const fitting = fittingName(name)
        const kept = Array.from(fitting).length
        assert.ok(name.startsWith(fitting) && utf8Bytes(fitting).length <= longestName)
        if (fitting !== name) assert.ok(utf8Bytes(characters.slice(0, kept + 1).join('')).length > longestName)
      })
    )
  })
})

test('补报：容核码端的钟快 90 秒，最多补七天', () => {
  const [now, day] = [1_000_000_000, 86_400_000]
  const table: [at: number, reason: string | null][] = [
    [now, null], [now + 90_000, null], [now + 90_001, 'read_in_future'], [now - 7 * day, null], [now - 7 * day - 1, 'read_too_long_ago']
  ]
  for (const [at, reason] of table) assert.equal(reportRefusal(at, now), reason)
})
