import { promiseText, yuanText } from '../../../src/features/bundle/plan-words'

test('钱的写法', () => {
  expect([0, 123456700, 1050].map(yuanText)).toEqual(['¥0', '¥1,234,567', '¥10.50'])
})

test('承诺时限的说法', () => {
  expect(promiseText({ promisedDays: 0, unit: 'workday' })).toBe('当场办结')
  expect(promiseText({ promisedDays: 5, unit: 'workday' })).toBe('5 个工作日')
  expect(promiseText({ promisedDays: 30, unit: 'natural' })).toBe('30 天')
  expect(promiseText({ promisedDays: null, unit: 'workday' })).toBe('没有承诺时限')
})
