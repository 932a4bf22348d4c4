import { ApiError } from '../../../src/api/api-error'
import { withHotline } from '../../../src/session/hotline'
import { forget, keep } from '../../../src/api/kept'
import { wordingOf } from '../../../src/api/wording'

afterEach(() => forget('public/catalogue'))

test('出错时让人打的，是这座城市自己的热线；还没读到目录，先说全国通用的 12345', () => {
  const internal = new ApiError('internal', 500)
  expect(wordingOf(internal).now).toMatch(/还不行请打 12345。/)
  keep('public/catalogue', { city: { hotline: '0510-12345' } }, 0)
  expect(wordingOf(internal).now).toMatch(/还不行请打 0510-12345。/)
  expect(withHotline('没有说到热线')).toBe('没有说到热线')
})
