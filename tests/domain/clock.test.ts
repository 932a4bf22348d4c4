import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { clock } from '../../domain/clock/clock'
import type { ClockInput, ClockStop } from '../../domain/clock/clock'
import { defaultClockParameters } from '../../domain/clock/parameters'
import { addDays, instantOf } from '../../domain/time'
import { calendar } from './calendars'

const at = instantOf
const promised = (days: number, rest: Partial<ClockInput> = {}): ClockInput => ({
  acceptedAt: at('2026-11-23', '16:00'), handlingType: 'promised', promisedDays: days, stops: [], ...rest
})
const read = (input: ClockInput, now: number) => clock(input, now, calendar, defaultClockParameters)
const inspection = (from: number, to?: number): ClockStop => ({ from, to, reason: 'special_procedure' })

describe('承诺时限的钟', () => {
  test('算例一：周一 16:00 受理的 3 日件，周四 17:00 到期', () => {
    const reading = read(promised(3), at('2026-11-23', '16:00'))
    assert.deepEqual(reading, {
      used: 0, remaining: 3, dueAt: at('2026-11-26', '17:00'), state: 'running', light: 'green', estimated: false
    })
  })

  test('算例二：24 日停表、26 日恢复，26、27、30 日为三日', () => {
    const input = promised(3, { stops: [inspection(at('2026-11-24', '10:00'), at('2026-11-26', '10:00'))] })
    const reading = read(input, at('2026-11-27', '18:00'))
    assert.equal(reading.dueAt, at('2026-11-30', '17:00'))
    assert.equal(reading.used, 2)
    assert.equal(reading.remaining, 1)
    assert.equal(reading.state, 'running')
  })

  test('算例三：周五 17:30 提交视为 30 日收件，12 月 1 日为第 1 日', () => {
    const input = promised(1, { acceptedAt: at('2026-11-27', '17:30') })
    assert.equal(read(input, at('2026-11-27', '17:30')).dueAt, at('2026-12-01', '17:00'))
  })

  test('一日过了下班才算用掉；到点未办结即超期', () => {
    const input = promised(3)
    const steps: [string, string, number, number, string, string][] = [
      ['2026-11-24', '09:00', 0, 3, 'running', 'green'],
      ['2026-11-24', '17:01', 1, 2, 'running', 'green'],
      ['2026-11-26', '09:00', 2, 1, 'running', 'yellow'],
      ['2026-11-26', '17:00', 2, 1, 'running', 'yellow'],
      ['2026-11-26', '17:01', 3, 0, 'overdue', 'red'],
      ['2026-11-27', '17:01', 4, -1, 'overdue', 'red']
    ]
    for (const [day, time, used, remaining, state, light] of steps) {
      const reading = read(input, at(day, time))
      assert.deepEqual([reading.used, reading.remaining, reading.state, reading.light], [used, remaining, state, light], `${day} ${time}`)
    }
  })

  test('1 日件受理即黄，20 日件剩 7 日起黄', () => {
    assert.equal(read(promised(1), at('2026-11-23', '16:00')).light, 'yellow')
    assert.equal(read(promised(20), at('2026-12-09', '09:00')).remaining, 9)
    assert.equal(read(promised(20), at('2026-12-10', '09:00')).light, 'green')
    assert.equal(read(promised(20), at('2026-12-11', '09:00')).light, 'yellow')
  })

  test('停表中显示暂停、灯不变，到期按最早恢复日推算', () => {
    const reading = read(promised(3, { stops: [inspection(at('2026-11-24', '10:00'))] }), at('2026-11-30', '09:00'))
    assert.equal(reading.state, 'paused')
    assert.equal(reading.light, 'green')
    assert.equal(reading.used, 0)
    assert.equal(reading.dueAt, at('2026-12-02', '17:00'))
    const expected = { ...inspection(at('2026-11-24', '10:00')), expectedResume: '2026-12-03' }
    assert.equal(read(promised(3, { stops: [expected] }), at('2026-11-30', '09:00')).dueAt, at('2026-12-07', '17:00'))
  })

  test('黄灯的件停表多久都不会变红', () => {
    const input = promised(1, { stops: [inspection(at('2026-11-24', '10:00'))] })
    for (const time of ['09:00', '17:30', '23:59']) {
      const reading = read(input, at('2026-12-08', time))
      assert.deepEqual([reading.state, reading.light], ['paused', 'yellow'], time)
    }
  })

  test('已经超期的件下班后停表，不会因此变回未超期', () => {
    const input = promised(3, { stops: [inspection(at('2026-11-26', '17:30'))] })
    const reading = read(input, at('2026-11-27', '09:00'))
    assert.deepEqual([reading.state, reading.light, reading.dueAt], ['paused', 'red', at('2026-11-26', '17:00')])
  })

  test('系统故障停表至多两个工作日，之后自动恢复计时', () => {
    const fault: ClockStop = { from: at('2026-11-24', '10:00'), reason: 'external_fault' }
    const input = promised(3, { stops: [fault] })
    assert.equal(read(input, at('2026-11-25', '10:00')).state, 'paused')
    const later = read(input, at('2026-11-27', '09:00'))
    assert.deepEqual([later.state, later.used, later.dueAt], ['running', 1, at('2026-11-30', '17:00')])
  })

  test('延期把到期往后推，不抹去已用的日子', () => {
    const reading = read(promised(3, { extensionDays: 10 }), at('2026-11-26', '18:00'))
    assert.deepEqual([reading.used, reading.remaining, reading.state], [3, 10, 'running'])
  })

  test('作出决定后钟停在那一刻', () => {
    const input = promised(3, { endedAt: at('2026-11-25', '10:00') })
    const reading = read(input, at('2027-05-01', '10:00'))
    assert.deepEqual([reading.state, reading.used, reading.light], ['stopped', 1, 'green'])
  })

  test('即办件：当日 17:00；15:30 后受理顺延到次日 12:00；下班后按次日收件', () => {
    const instant = (time: string, rest: Partial<ClockInput> = {}) =>
      read({ acceptedAt: at('2026-11-27', time), handlingType: 'instant', promisedDays: 0, stops: [], ...rest }, at('2026-11-27', time))
    assert.equal(instant('10:00').dueAt, at('2026-11-27', '17:00'))
    assert.equal(instant('15:30').dueAt, at('2026-11-27', '17:00'))
    assert.equal(instant('15:31').dueAt, at('2026-11-30', '12:00'))
    assert.equal(instant('17:30').dueAt, at('2026-11-30', '17:00'))
    assert.equal(instant('10:00').light, 'yellow')
    const stops = [inspection(at('2026-11-27', '10:30'), at('2026-12-01', '09:00'))]
    assert.equal(read({ acceptedAt: at('2026-11-27', '10:00'), handlingType: 'instant', promisedDays: 0, stops },
      at('2026-12-01', '10:00')).dueAt, at('2026-12-01', '17:00'))
  })

  test('途经没有公布安排的年份就是估算', () => {
    assert.equal(read(promised(20), at('2026-11-23', '16:00')).estimated, false)
    assert.equal(read(promised(40), at('2026-11-23', '16:00')).estimated, true)
  })

  test('性质：停表只会推迟到期；剩余 + 已用恒等于承诺日数；过了到期时刻当且仅当超期', () => {
    const scene = fc.record({
      start: fc.integer({ min: 0, max: 200 }), minutes: fc.integer({ min: 0, max: 1439 }), days: fc.integer({ min: 1, max: 30 }),
      stopAfter: fc.integer({ min: 0, max: 40 }), stopFor: fc.integer({ min: 0, max: 20 }), later: fc.integer({ min: 0, max: 90 })
    })
    fc.assert(fc.property(scene, ({ start, minutes, days, stopAfter, stopFor, later }) => {
      const acceptedAt = at(addDays('2026-01-05', start)) + minutes * 60_000
      const from = acceptedAt + stopAfter * 86_400_000
      const to = from + stopFor * 86_400_000
      const now = to + later * 86_400_000
      const plain = read(promised(days, { acceptedAt }), now)
      const stopped = read(promised(days, { acceptedAt, stops: [inspection(from, to)] }), now)
      assert.ok(stopped.dueAt >= plain.dueAt)
      assert.equal(stopped.used + stopped.remaining, days)
      assert.equal(stopped.state === 'overdue', now > stopped.dueAt)
      assert.equal(stopped.remaining <= 0, stopped.state === 'overdue')
    }))
  })
})
