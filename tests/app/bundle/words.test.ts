import { centsOf, numberOf, yuanOf } from '../../../src/features/bundle/form/amount'
import { elementId } from '../../../src/features/bundle/form/element-id'
import { promiseText, yuanText } from '../../../src/features/bundle/plan-words'

describe('金额在元与分之间', () => {
  test.each([['', null], ['100', 10000], ['1,000.5', 100050], ['¥0.01', 1], ['12.345', undefined], ['一百', undefined], ['-1', undefined]])(
    '填「%s」', (typed, cents) => expect(centsOf(typed)).toBe(cents)
  )
  test('分写回元，没有零头的不带小数', () => {
    expect([10000, 100050, 1].map(yuanOf)).toEqual(['100', '1000.50', '0.01'])
    expect([0, 123456700, 1050].map(yuanText)).toEqual(['¥0', '¥1,234,567', '¥10.50'])
  })
  test('数字认得出，不是数字的说得出', () => {
    expect(['3200', ' 3,200 ', '', '三千'].map(numberOf)).toEqual([3200, 3200, null, undefined])
  })
})

test('错误指到哪一格，光标就能到哪一格', () => {
  expect(['/bank', '/shareholders/0/name', '/home/town', '/home/detail', '/home'].map(elementId))
    .toEqual(['f-bank', 'f-shareholders-0-name', 'f-home-3', 'f-home-detail', 'f-home'])
})

test('承诺时限的说法', () => {
  expect(promiseText({ promisedDays: 0, unit: 'workday' })).toBe('当场办结')
  expect(promiseText({ promisedDays: 5, unit: 'workday' })).toBe('5 个工作日')
  expect(promiseText({ promisedDays: 30, unit: 'natural' })).toBe('30 天')
  expect(promiseText({ promisedDays: null, unit: 'workday' })).toBe('没有承诺时限')
})
