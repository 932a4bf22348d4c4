import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { answerPredicate, hasTurned } from '../../domain/licence/predicate'

describe('只答是否：满没满周岁', () => {
  const cases: [birth: string, years: number, today: string, expected: boolean][] = [
    ['2008-11-20', 18, '2026-11-19', false],
    ['2008-11-20', 18, '2026-11-20', true],
    ['2008-11-20', 18, '2026-11-21', true],
    ['2008-01-01', 18, '2025-12-31', false],
    ['2008-01-01', 18, '2026-01-01', true],
    ['2008-12-31', 18, '2026-12-30', false],
    ['2008-12-31', 18, '2026-12-31', true],
    // 二月二十九日生：平年到三月一日，闰年到当天。
    ['2008-02-29', 18, '2026-02-28', false],
    ['2008-02-29', 18, '2026-03-01', true],
    ['2008-02-29', 20, '2028-02-28', false],
    ['2008-02-29', 20, '2028-02-29', true],
    // 生在二月二十八日、三月一日的不受闰年影响。
    ['2008-02-28', 18, '2026-02-28', true],
    ['2008-03-01', 20, '2028-02-29', false],
    ['2008-03-01', 20, '2028-03-01', true],
    // 2100 年不是闰年。
    ['2040-02-29', 60, '2100-02-28', false],
    ['2040-02-29', 60, '2100-03-01', true],
    ['1966-11-19', 60, '2026-11-19', true],
    ['1966-11-20', 60, '2026-11-19', false],
    ['2026-11-19', 18, '2026-11-19', false]
  ]
  for (const [birth, years, today, expected] of cases) {
    test(`${birth} 生，${today}：${expected ? '已满' : '未满'} ${years} 周岁`, () =>
      assert.equal(hasTurned(birth, years, today), expected))
  }

  const adult = { key: 'adult', label: '已满 18 周岁', field: '出生日期', atLeast: 18 }
  test('照面上没有，或写得不是一天：答不出，不猜', () => {
    assert.equal(answerPredicate(adult, { 出生日期: '1995-01-01' }, '2026-11-19'), true)
    const faces: Record<string, string>[] = [
      {},
      { 出生日期: '' },
      { 出生日期: '1995-02-30' },
      { 出生日期: '1995年1月1日' },
      { 出生日期: '1995-1-1' }
    ]
    for (const face of faces) {
      assert.equal(answerPredicate(adult, face, '2026-11-19'), null)
    }
  })
})
