import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { checkCreditCode } from '../../domain/identifier/credit-code'
import { checkIdNumber } from '../../domain/identifier/id-number'
import { maskAddress, maskIdNumber, maskName, maskPhone } from '../../domain/identifier/mask'
import { checkPersonName } from '../../domain/identifier/person-name'
import { checkPhone } from '../../domain/identifier/phone'
import { addDays } from '../../domain/time'

const today = '2026-11-23'
const codeOf = (result: { ok: boolean; code?: string }) => (result.ok ? 'ok' : result.code)

/** 另一条路求 GB 11643 校验位（ISO 7064 MOD 11-2 递推），不借用被测代码的加权表。 */
function mod112(first17: string): string {
  let product = 0
  for (const digit of first17) product = ((product + Number(digit)) * 2) % 11
  const check = (12 - product) % 11
  return check === 10 ? 'X' : String(check)
}

/** 另一条路求 GB 32100 校验位：校验位使「加权和 + 校验」整除 31，逐个试出来。 */
function mod31(first17: string): string {
  const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
  let sum = 0
  let weight = 1
  for (const character of first17) {
    sum += alphabet.indexOf(character) * weight
    weight = (weight * 3) % 31
  }
  return [...alphabet].find((_, value) => (sum + value) % 31 === 0) ?? ''
}

const idNumber = fc.tuple(
  fc.constantFrom('110101', '320281', '650102', '830000'),
  fc.integer({ min: 0, max: 27_700 }).map(offset => addDays('1950-01-01', offset)),
  fc.integer({ min: 0, max: 999 })
).map(([division, birth, order]) => {
  const first17 = division + birth.split('-').join('') + String(order).padStart(3, '0')
  return { value: first17 + mod112(first17), birth, sex: order % 2 === 1 ? 'male' : 'female' }
})

describe('公民身份号码', () => {
  test('性质：独立算法生成的号码都通过，并读出出生日期与性别', () => {
    fc.assert(fc.property(idNumber, ({ value, birth, sex }) => {
      assert.deepEqual(checkIdNumber(value, today), { ok: true, value, birthDate: birth, sex })
    }))
  })

  test('性质：改动任意一位都会被发现', () => {
    const change = fc.tuple(idNumber, fc.integer({ min: 0, max: 16 }), fc.integer({ min: 1, max: 9 }))
    fc.assert(fc.property(change, ([{ value }, position, shift]) => {
      const digit = (Number(value.charAt(position)) + shift) % 10
      return !checkIdNumber(value.slice(0, position) + digit + value.slice(position + 1), today).ok
    }))
  })

  const rows: [string, string][] = [
    ['', 'id_number_empty'],
    ['320281800101001', 'id_number_15'],
    ['32028119900101001', 'id_number_length'],
    ['3202811990010100AA', 'id_number_characters'],
    ['𠮷20281199001010012', 'id_number_length'],
    ['990281199001010012', 'id_number_division'],
    ['320281199002300012', 'id_number_birth'],
    ['320281202711240012', 'id_number_future'],
    ['320281199001010000', 'id_number_checksum']
  ]
  for (const [text, code] of rows) test(`${text || '空'} → ${code}`, () => assert.equal(codeOf(checkIdNumber(text, today)), code))

  test('今天出生可以，明天不行；夹空格与小写 x 可以', () => {
    const born = (day: string) => {
      const first17 = `320281${day.split('-').join('')}001`
      return checkIdNumber(first17 + mod112(first17), today).ok
    }
    assert.equal(born(today), true)
    assert.equal(born(addDays(today, 1)), false)
    const orders = Array.from({ length: 1000 }, (_, order) => String(order).padStart(3, '0'))
    const withX = '11010119900101' + orders.find(order => mod112(`11010119900101${order}`) === 'X')
    assert.equal(checkIdNumber(`${withX.slice(0, 6)} ${withX.slice(6)}x`, today).ok, true)
  })
})

describe('统一社会信用代码', () => {
  const first17 = fc.tuple(fc.constantFrom('91', '92', '11', '52', '93'), fc.constantFrom('320281', '110000'),
    fc.string({ unit: fc.constantFrom(...'0123456789ABCDEFGHJKLMNPQRTUWXY'), minLength: 9, maxLength: 9 })).map(parts => parts.join(''))

  test('性质：独立算法生成的代码都通过，改动任意一位都会被发现', () => {
    const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
    fc.assert(fc.property(first17, fc.integer({ min: 8, max: 16 }), fc.integer({ min: 1, max: 30 }), (head, position, shift) => {
      const code = head + mod31(head)
      assert.deepEqual(checkCreditCode(code.toLowerCase()), { ok: true, value: code })
      const changed = alphabet.charAt((alphabet.indexOf(code.charAt(position)) + shift) % 31)
      assert.equal(checkCreditCode(code.slice(0, position) + changed + code.slice(position + 1)).ok, false)
    }))
  })

  test('公开的真实代码通过：住房和城乡建设部', () => assert.equal(checkCreditCode('11100000000013338W').ok, true))

  const rows: [string, string][] = [
    ['', 'credit_code_empty'],
    ['320281000012345', 'credit_code_15'],
    ['91320281MA1234567', 'credit_code_length'],
    ['91320281MAI2345678', 'credit_code_characters'],
    ['913202AAMA12345678', 'credit_code_department'],
    ['11100000000013338A', 'credit_code_checksum']
  ]
  for (const [text, code] of rows) test(`${text || '空'} → ${code}`, () => assert.equal(codeOf(checkCreditCode(text)), code))
})

describe('手机号', () => {
  const rows: [string, string][] = [
    ['13800000000', 'ok'], ['+86 138-0000-0000', 'ok'], ['008613800000000', 'ok'], ['19912345678', 'ok'],
    ['', 'phone_empty'], ['0510-86000000', 'phone_landline'], ['1380000000', 'phone_length'], ['12800000000', 'phone_prefix'],
    ['138o0000000', 'phone_characters']
  ]
  for (const [text, code] of rows) test(`${text || '空'} → ${code}`, () => assert.equal(codeOf(checkPhone(text)), code))
})

describe('姓名', () => {
  const rows: [string, string][] = [
    ['张三', 'ok'], ['𠮷田', 'ok'], ['王𠮷', 'ok'], ['㐂喜', 'ok'], ['阿卜杜拉·买买提', 'ok'], ['SMITH, JOHN', 'ok'], ['欧阳〇', 'ok'],
    [' 李四 ', 'ok'],
    ['', 'name_empty'], ['𠮷', 'name_short'], ['张三😀', 'name_characters'], ['👨‍👩‍👧张三', 'name_characters'], ['张3', 'name_digit'],
    ['zhangsan', 'name_lowercase'], ['张San', 'name_lowercase'], ['张 三', 'name_characters'], ['张A', 'name_characters'], ['·张三', 'name_dot'],
    ['张··三', 'name_dot'], ['张\ue001', 'name_private_use'], ['张三\u{e0100}', 'name_characters'], ['张'.repeat(51), 'name_long'],
    ['𠮷'.repeat(50), 'ok'],
    ['张\ud842', 'name_characters'], ['<b>张三</b>', 'name_lowercase']
  ]
  for (const [text, code] of rows) {
    test(`${JSON.stringify(text.slice(0, 12))} → ${code}`, () => assert.equal(codeOf(checkPersonName(text)), code))
  }

  test('各种间隔号统一成「·」', () => {
    const result = checkPersonName('阿里木•玉素甫')
    assert.deepEqual(result, { ok: true, value: '阿里木·玉素甫' })
  })

  test('每一条拒绝都写明怎么改', () => {
    for (const [text, code] of rows) {
      const result = checkPersonName(text)
      if (!result.ok) assert.match(result.message, /请|至少|最多|只能/, code)
    }
  })
})

describe('打码', () => {
  test('姓名留姓，生僻字不被劈成两半', () => {
    assert.equal(maskName('张三丰'), '张*')
    assert.equal(maskName('𠮷田'), '𠮷*')
    assert.equal(maskName(''), '')
  })

  test('证件号前 3 后 4，手机号去中间 4 位，长度不够的全打', () => {
    assert.equal(maskIdNumber('320281199001010012'), '320***********0012')
    assert.equal(maskIdNumber('1234567'), '*******')
    assert.equal(maskPhone('13812345678'), '138****5678')
    assert.equal(maskPhone('12345'), '*****')
  })

  test('地址留到镇街，不被地名里的镇、乡迷惑', () => {
    assert.equal(maskAddress('江苏省无锡市江阴市澄江街道人民中路1号101室'), '江苏省无锡市江阴市澄江街道***')
    assert.equal(maskAddress('江阴市周庄镇花园小区3幢'), '江阴市周庄镇***')
    assert.equal(maskAddress('江苏省镇江市丹徒区高桥镇1号'), '江苏省镇江市丹徒区高桥镇***')
    assert.equal(maskAddress('浙江省宁波市镇海区招宝山街道2号'), '浙江省宁波市镇海区招宝山街道***')
    assert.equal(maskAddress('江阴市花园小区3幢'), '江阴市***')
    assert.equal(maskAddress('花园小区3幢'), '***')
  })
})
