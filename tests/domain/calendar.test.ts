import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { addWorkdays, isEstimated, isWorkday, receiptDay, workdaysBetween } from '../../domain/calendar/workday'
import { addDays, instantOf } from '../../domain/time'
import { calendar } from './calendars'

describe('工作日历', () => {
  test('调休上班的周末是工作日，放假的周五不是', () => {
    assert.equal(isWorkday('2026-10-10', calendar), true)
    assert.equal(isWorkday('2026-10-02', calendar), false)
    assert.equal(isWorkday('2026-10-03', calendar), false)
    assert.equal(isWorkday('2026-10-08', calendar), true)
    assert.equal(isWorkday('2026-11-22', calendar), false)
  })

  test('没有公布放假安排的年份按周末与固定节日估算', () => {
    assert.equal(isEstimated('2027-03-01', calendar), true)
    assert.equal(isEstimated('2026-03-01', calendar), false)
    for (const holiday of ['2027-01-01', '2025-05-01', '2025-05-02', '2027-10-01', '2025-10-02', '2025-10-03']) {
      assert.equal(isWorkday(holiday, calendar), false, holiday)
    }
    assert.equal(isWorkday('2027-01-04', calendar), true)
    assert.equal(isWorkday('2027-01-02', calendar), false)
  })

  test('跨国庆长假数工作日', () => {
    assert.equal(addWorkdays('2026-09-30', 1, calendar), '2026-10-08')
    assert.equal(addWorkdays('2026-09-30', 3, calendar), '2026-10-10')
    assert.equal(workdaysBetween('2026-09-30', '2026-10-10', calendar), 3)
    assert.equal(addWorkdays('2026-11-22', 0, calendar), '2026-11-22')
  })

  test('数出去的工作日，数回来一样多', () => {
    const start = fc.integer({ min: 0, max: 900 }).map(offset => addDays('2025-06-01', offset))
    fc.assert(fc.property(start, fc.integer({ min: 1, max: 60 }), (from, count) => {
      const to = addWorkdays(from, count, calendar)
      return isWorkday(to, calendar) && workdaysBetween(from, to, calendar) === count
    }))
  })

  test('17:00 之后或非工作日提交，按下一工作日收件', () => {
    const received = (day: string, time: string) => receiptDay(instantOf(day, time), calendar, '17:00')
    assert.equal(received('2026-11-23', '16:00'), '2026-11-23')
    assert.equal(received('2026-11-23', '17:00'), '2026-11-23')
    assert.equal(received('2026-11-23', '17:01'), '2026-11-24')
    assert.equal(received('2026-11-27', '17:30'), '2026-11-30')
    assert.equal(received('2026-11-22', '10:00'), '2026-11-23')
    assert.equal(received('2026-10-10', '10:00'), '2026-10-10')
  })
})
