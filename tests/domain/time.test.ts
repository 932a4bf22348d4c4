import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import {
  addDays, beforeText, dayOf, dayText, daysBetween, deadlineText, instantOf, isDay, timeOf, timeText, weekdayText
} from '../../domain/time'

const day = fc.integer({ min: -20000, max: 40000 }).map(offset => addDays('1990-01-01', offset))

describe('时刻与日', () => {
  test('北京时间零点是前一日 16:00 UTC', () => {
    assert.equal(dayOf(Date.parse('2026-11-22T15:59:59.999Z')), '2026-11-22')
    assert.equal(dayOf(Date.parse('2026-11-22T16:00:00Z')), '2026-11-23')
    assert.equal(instantOf('2026-11-23', '16:00'), Date.parse('2026-11-23T08:00:00Z'))
    assert.equal(timeOf(Date.parse('2026-11-23T08:05:00Z')), '16:05')
  })

  test('日与时刻互换不走样，与设备时区无关', () => {
    fc.assert(fc.property(day, fc.integer({ min: 0, max: 86_399_999 }), (iso, within) => dayOf(instantOf(iso) + within) === iso))
  })

  test('加减自然日可逆，跨闰日与年末', () => {
    assert.equal(addDays('2028-02-28', 1), '2028-02-29')
    assert.equal(addDays('2026-12-31', 1), '2027-01-01')
    fc.assert(fc.property(day, fc.integer({ min: -4000, max: 4000 }), (from, count) => {
      const to = addDays(from, count)
      return daysBetween(from, to) === count && addDays(to, -count) === from
    }))
  })

  test('只认真实存在、写法规范的日', () => {
    for (const good of ['2026-11-23', '2028-02-29', '2000-02-29']) assert.equal(isDay(good), true, good)
    for (const bad of ['2026-02-29', '1900-02-29', '2026-13-01', '2026-1-1', '2026/01/01', '', '2026-11-31', '20261123']) {
      assert.equal(isDay(bad), false, bad)
    }
  })

  test('给人看的写法：同年省年份，跨年带年份', () => {
    const now = instantOf('2026-11-23', '09:00')
    assert.equal(weekdayText('2026-11-23'), '周一')
    assert.equal(dayText('2026-11-26', '2026-11-23'), '11 月 26 日（周四）')
    assert.equal(dayText('2027-01-05', '2026-11-23'), '2027 年 1 月 5 日（周二）')
    assert.equal(deadlineText(instantOf('2026-11-26', '17:00'), now), '11 月 26 日（周四）17:00')
    assert.equal(timeText(instantOf('2026-11-23', '07:30'), now), '07:30')
    assert.equal(timeText(instantOf('2026-11-20', '07:30'), now), '11 月 20 日 07:30')
    assert.equal(timeText(instantOf('2025-11-20', '07:30'), now), '2025 年 11 月 20 日 07:30')
  })

  test('期限到一日之末的写「结束前」，零点不会被当成当天', () => {
    const now = instantOf('2026-11-23', '09:00')
    assert.equal(beforeText(instantOf('2026-11-26', '17:00'), now), '11 月 26 日（周四）17:00 前')
    assert.equal(beforeText(instantOf('2026-11-28'), now), '11 月 27 日（周五）结束前')
    assert.equal(beforeText(instantOf('2026-11-27', '23:59'), now), '11 月 27 日（周五）结束前')
  })
})
