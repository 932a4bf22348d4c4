import { controlId } from '../../../src/components'

test('错误指到哪一格，光标就能到哪一格', () => {
  expect(['/bank', '/shareholders/0/name', '/home/town', '/home/detail', '/home', '/a~1b/0/c'].map(controlId))
    .toEqual(['f-bank', 'f-shareholders-0-name', 'f-home-3', 'f-home-detail', 'f-home', 'f-a-1b-0-c'])
})
