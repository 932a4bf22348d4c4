import { centsOf, numberOf, yuanOf } from '../../../src/components/amount'

describe('金额在元与分之间', () => {
  test.each([['', null], ['100', 10000], ['1,000.5', 100050], ['¥0.01', 1], ['12.345', undefined], ['一百', undefined], ['-1', undefined]])(
    '填「%s」', (typed, cents) => expect(centsOf(typed)).toBe(cents)
  )
  test('分写回元，没有零头的不带小数', () => {
    expect([10000, 100050, 1].map(yuanOf)).toEqual(['100', '1000.50', '0.01'])
  })
  test('数字认得出，不是数字的说得出', () => {
    expect(['3200', ' 3,200 ', '33.', '33.5', '', '三千'].map(numberOf)).toEqual([3200, 3200, 33, 33.5, null, undefined])
  })
})
