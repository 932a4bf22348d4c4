import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { checkLicenceIdentifier, licenceIdentifierFlaw, mod37CheckCharacter } from '../../domain/identifier/licence-identifier'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** 另一条路：ISO/IEC 7064 的核验式——连校验字符一起走完，最后的和对 36 余 1。逐个试出合式的那个字符。 */
function byTrial(text: string): string {
  const total = (whole: string) => {
    let product = 36
    let sum = 0
    for (const character of whole) {
      sum = (product + alphabet.indexOf(character)) % 36 || 36
      product = (sum * 2) % 37
    }
    return sum % 36
  }
  const fitting = [...alphabet].filter(character => total(text + character) === 1)
  assert.equal(fitting.length, 1)
  return fitting[0] ?? ''
}

const codes = (length: number) => fc.string({ unit: fc.constantFrom(...alphabet), minLength: length, maxLength: length })
const serial = fc.string({ unit: fc.constantFrom(...alphabet), minLength: 1, maxLength: 40 })
const version = fc.integer({ min: 1, max: 999 })
const identifier = fc
  .record({ definer: codes(18), order: fc.integer({ min: 0, max: 999 }), issuerCode: codes(18), serial, version })
  .map(({ definer, order, issuerCode, serial: number, version: edition }) => {
    const typeCode = definer + String(order).padStart(3, '0')
    const parts = [typeCode, issuerCode, number, String(edition).padStart(3, '0')]
    const value = ['1.2.156.3005.2', ...parts, byTrial(parts.join(''))].join('.')
    return { value, typeCode, issuerCode, serial: number, version: edition }
  })

describe('MOD 37,36 校验字符（ISO/IEC 7064）', () => {
  // 采用同一算法的两个公开编号：GRid 标准的例号、ISAN 标准的例号（两段各带一个校验字符）。
  const published: [string, string, string][] = [
    ['GRid A1-2425G-ABC1234002-M', 'A12425GABC1234002', 'M'],
    ['ISAN 0000-0001-8947-0000-8', '0000000189470000', '8'],
    ['ISAN 0000-0001-8947-0000-8-0000-0000-D', '000000018947000000000000', 'D']
  ]
  for (const [name, text, check] of published) test(`公开例号：${name}`, () => assert.equal(mod37CheckCharacter(text), check))

  test('性质：与核验式逐个试出的一致', () => {
    fc.assert(fc.property(serial, text => mod37CheckCharacter(text) === byTrial(text)))
  })

  test('穷举：任一处写错一个字符，校验字符必不同', () => {
    const text = '11100000000013338W009'
    for (let position = 0; position < text.length; position += 1) {
      const outcomes = [...alphabet].map(character => mod37CheckCharacter(text.slice(0, position) + character + text.slice(position + 1)))
      assert.equal(new Set(outcomes).size, alphabet.length, `第 ${position + 1} 位`)
    }
  })

  test('穷举：相邻对调，每种前文下 630 对里恰有 1 对查不出，都是相邻的两个字符', () => {
    const contexts = new Map<string, string>()
    for (const one of alphabet) for (const two of ['', ...alphabet]) contexts.set(mod37CheckCharacter(one + two), one + two)
    assert.equal(contexts.size, 36, '36 种前文状态都走到')
    for (const context of contexts.values()) {
      const missed: string[] = []
      for (const [index, one] of [...alphabet].entries()) {
        for (const two of alphabet.slice(index + 1)) {
          if (mod37CheckCharacter(context + one + two) === mod37CheckCharacter(context + two + one)) missed.push(one + two)
        }
      }
      assert.equal(missed.length, 1, `${context}：${missed.join(' ')}`)
      assert.ok(`${alphabet}0`.includes(missed[0] ?? '') || missed[0] === '0Z', missed[0])
    }
  })
})

describe('电子证照标识', () => {
  test('性质：按结构编的都通过，各段读得出', () => {
    fc.assert(
      fc.property(identifier, ({ value, ...parts }) => {
        const stem = `1.2.156.3005.2.${parts.typeCode}.${parts.issuerCode}.${parts.serial}.`
        assert.deepEqual(checkLicenceIdentifier(value), { ok: true, value, ...parts, stem })
        assert.equal(licenceIdentifierFlaw(value, parts.version), null)
      })
    )
  })

  test('性质：任一位改成别的字符都不通过', () => {
    const change = fc.tuple(identifier, fc.nat(), fc.constantFrom(...alphabet, '.'))
    fc.assert(
      fc.property(change, ([{ value }, seed, character]) => {
        const position = seed % value.length
        fc.pre(value.charAt(position) !== character)
        return !checkLicenceIdentifier(value.slice(0, position) + character + value.slice(position + 1)).ok
      }),
      { numRuns: 2000 }
    )
  })

  const types = '11100000000013338W009'
  const issuer = 'DEMO32028100000000'
  const rest = (...parts: string[]) => ['1.2.156.3005.2', ...parts, byTrial(parts.join(''))].join('.')
  const good = rest(types, issuer, '2025052201', '002')
  const rows: [string, string, string][] = [
    ['空的', ' ', 'licence_identifier_empty'],
    ['别的根', good.replace('3005.2', '3005.3'), 'licence_identifier_root'],
    ['少一段', rest(types, issuer, '2025052201'), 'licence_identifier_parts'],
    ['类型代码末三位不是数字', rest('11100000000013338W00A', issuer, '1', '001'), 'licence_identifier_type'],
    ['颁发机构代码少一位', rest(types, issuer.slice(1), '1', '001'), 'licence_identifier_issuer'],
    ['流水号带横线', `1.2.156.3005.2.${types}.${issuer}.A-1.001.0`, 'licence_identifier_serial'],
    ['版本号 000', rest(types, issuer, '1', '000'), 'licence_identifier_version'],
    ['校验位错', good.slice(0, -1) + (good.endsWith('0') ? '1' : '0'), 'licence_identifier_checksum']
  ]
  for (const [name, text, code] of rows) {
    test(`${name} → ${code}`, () => {
      const checked = checkLicenceIdentifier(text)
      assert.equal(checked.ok ? 'ok' : checked.code, code)
      assert.ok(licenceIdentifierFlaw(text, 1))
    })
  }

  test('夹空格与小写：人手输入可以，系统送来的要指出', () => {
    const typed = ` ${good.toLowerCase().slice(0, 20)} ${good.toLowerCase().slice(20)}`
    const checked = checkLicenceIdentifier(typed)
    assert.equal(checked.ok && checked.value, good)
    assert.match(licenceIdentifierFlaw(typed, 2) ?? '', /空白或小写/)
  })

  test('标识写的版本与证照说的不一样，要指出', () => {
    assert.equal(licenceIdentifierFlaw(good, 2), null)
    assert.match(licenceIdentifierFlaw(good, 1) ?? '', /第 2 版.*第 1 版/)
  })
})
