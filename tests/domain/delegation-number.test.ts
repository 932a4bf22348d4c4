import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { delegationNumber } from '../../domain/identifier/delegation-number'

/** ISO/IEC 7064 MOD 11,10 的核对，连校验位一起走一遍，末了余 1；不借用被测代码。 */
function checks(number: string): boolean {
  const digits = [...number.replaceAll(' ', '')].map(Number)
  let product = 10
  for (const digit of digits.slice(0, -1)) product = (((product + digit) % 10 || 10) * 2) % 11
  return (product + (digits.at(-1) ?? 0)) % 10 === 1
}

describe('授权编号', () => {
  test('核对的办法对得上标准里的例子 0794→5', () => {
    assert.deepEqual([checks('07945'), checks('07940'), checks('07954')], [true, false, false])
  })

  test('十二位数字，四位一组，校验位对得上；同一份授权总是同一个', () => {
    fc.assert(fc.property(fc.uuid(), (id) => {
      const number = delegationNumber(id)
      assert.match(number, /^\d{4} \d{4} \d{4}$/)
      assert.ok(checks(number), number)
      assert.equal(delegationNumber(id.toUpperCase()), number)
    }))
    assert.equal(delegationNumber('93e6bc51-689e-43c5-a84e-000000000000').slice(0, 13), '0000 0000 000')
  })

  test('念错、听错一位，一定查得出', () => {
    fc.assert(fc.property(fc.uuid(), fc.nat(11), fc.integer({ min: 1, max: 9 }), (id, at, by) => {
      const digits = [...delegationNumber(id).replaceAll(' ', '')]
      digits[at] = String((Number(digits[at]) + by) % 10)
      assert.ok(!checks(digits.join('')))
    }))
  })

  test('两份授权号码不同', () => {
    const ids = Array.from({ length: 2000 }, (_, at) => createHash('sha256').update(String(at)).digest('hex').slice(0, 32))
    assert.equal(new Set(ids.map(delegationNumber)).size, ids.length)
  })
})
