import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { base64UrlBytes, base64UrlOf } from '../../domain/code/base64url'
import { proofMessage } from '../../domain/code/format'

test('任何字节：与 Node 自己的 base64url 写法相同，读得回来', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), bytes => {
      const text = base64UrlOf(bytes)
      assert.equal(text, Buffer.from(bytes).toString('base64url'))
      assert.deepEqual(base64UrlBytes(text), bytes)
    })
  )
})

test('不是 base64url 的字符不认', () => {
  assert.throws(() => base64UrlBytes('AB+/'), RangeError)
  assert.throws(() => base64UrlBytes('AB=='), RangeError)
})

test('请求证书的证明：字样、发码地、公钥、时刻，一个字节不多', () => {
  const key = new Uint8Array(32).fill(7)
  const message = Buffer.from(proofMessage('320281', key, 0x01020304))
  assert.equal(message.toString('latin1', 0, 19), 'SFM-PROOFSFM320281:')
  assert.deepEqual([...message.subarray(19)], [...key, 1, 2, 3, 4])
  assert.throws(() => proofMessage('320281', key.slice(1), 0), RangeError)
})
