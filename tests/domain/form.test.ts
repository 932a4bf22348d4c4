import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { askedForm } from '../../domain/form/asked'
import { formFor, formProgress, formValues } from '../../domain/form/view'
import type { FormInput } from '../../domain/form/view'
import type { PrefillData } from '../../domain/form/prefill'
import type { FieldValue, FormField } from '../../domain/form/types'
import { valueText } from '../../domain/form/value-text'
import { draftErrors, validateField, validateForm } from '../../domain/form/validate'
import { question, sketchBundle } from './bundles'

const today = '2026-11-23'
const field = (id: string, rest: Partial<FormField> = {}): FormField =>
  ({ id, label: `字段${id}`, type: 'text', for: ['a'], required: true, sensitivity: 0, ...rest })
const nothing: PrefillData = { identity: {}, account: {}, licences: [], shares: {}, regions: [] }
const bundleWith = (...fields: FormField[]) => sketchBundle(
  [{ key: 'a' }, { key: 'b' }, { key: 'c' }],
  { form: [{ id: 'one', title: '第一组', fields }], questions: [question('sex', ['male', 'female'])] })
const show = (fields: FormField[], input: Partial<FormInput> = {}) =>
  formFor(bundleWith(...fields), { answers: {}, keys: ['a', 'b'], values: {}, data: nothing, objections: [], today, ...input })
const only = (item: FormField, input: Partial<FormInput> = {}) => {
  const [found] = show([item], input).groups[0]?.fields ?? []
  assert.ok(found)
  return found
}
const codes = (item: FormField, value: FieldValue) =>
  validateField(only(item), value, today).map(({ pointer, code }) => `${pointer} ${code}`)

describe('合并表单', () => {
  test('每项只问一次，写明哪些事项要用；没有事项要用的不出现', () => {
    const view = show([field('x', { for: ['a', 'b', 'c'] }), field('y', { for: ['c'] })])
    assert.deepEqual(view.groups.map(group => group.fields.map(({ id }) => id)), [['x']])
    assert.deepEqual(view.groups[0]?.fields[0]?.neededBy, ['事项a', '事项b'])
    assert.deepEqual(show([field('y', { for: ['c'] })]).groups, [])
  })

  test('按答案出现；题没答时先不出现', () => {
    const conditional = field('x', { when: { eq: ['sex', 'male'] } })
    assert.equal(show([conditional]).groups.length, 0)
    assert.equal(show([conditional], { answers: { sex: 'male' } }).groups.length, 1)
    assert.equal(show([conditional], { answers: { sex: 'female' } }).groups.length, 0)
  })

  test('由同组另一项决定要不要问的：没选、选了别的都不问，不核对，不进最终的值', () => {
    const way = field('way', { type: 'choice', options: [{ value: 'electronic', label: '电子' }, { value: 'courier', label: '寄递' }] })
    const place = field('place', { askedIf: { field: 'way', in: ['courier'] } })
    const told = (values: FormInput['values']) => {
      const view = show([way, place], { values })
      return {
        asked: askedForm(view).groups.map(group => group.fields.map(({ id }) => id)),
        faults: validateForm(view, today).map(({ pointer }) => pointer),
        values: formValues(view),
        progress: formProgress(view)
      }
    }
    assert.deepEqual(told({ place: '某路' }).asked, [['way']])
    assert.deepEqual(told({ way: 'electronic', place: '某路' }),
      { asked: [['way']], faults: [], values: { way: 'electronic' }, progress: { filled: 1, total: 1 } })
    assert.deepEqual(told({ way: 'courier' }),
      { asked: [['way', 'place']], faults: ['/place'], values: { way: 'courier', place: null }, progress: { filled: 1, total: 2 } })
    assert.deepEqual(askedForm(show([{ ...place, for: ['a'] }])).groups, [], '一项也不问的组不出现')
  })

  test('最终的值与进度', () => {
    const view = show([field('x'), field('y', { required: false }), field('z')], { values: { x: '甲', gone: '乙' } })
    assert.deepEqual(formValues(view), { x: '甲', y: null, z: null })
    assert.deepEqual(formProgress(view), { filled: 1, total: 2 })
  })
})

describe('预填', () => {
  const data: PrefillData = {
    identity: { name: '张三', idNumber: '11010119900307001X' },
    account: { phone: '13800000000' },
    licences: [
      { type: 'card', name: '某证', holder: 'applicant', face: { 住址: '江阴市', 性别: '选项female', 面积: '88.5', 双方姓名: '张三、李四' } },
      { type: 'card', name: '某证', holder: 'spouse', face: { 住址: '无锡市' } }
    ],
    shares: { 社保库: { 月数: 13 } },
    regions: []
  }
  const filled = (rest: Partial<FormField>, input: Partial<FormInput> = {}) => {
    const { value, origin, locked, objected } = only(field('x', rest), { data, ...input })
    return { value, origin, locked, objected }
  }
  const from = (kind: 'identity' | 'licence' | 'share' | 'answer' | 'account', source: string, rest = {}) =>
    ({ prefill: [{ kind, from: source, locked: false, ...rest }] })

  test('五种来源各写明来自哪里', () => {
    assert.deepEqual(filled(from('licence', 'card', { face: '住址' })), { value: '江阴市', origin: '来自 某证', locked: false, objected: false })
    assert.equal(filled(from('licence', 'card', { face: '住址', holder: 'spouse' })).value, '无锡市')
    assert.equal(filled({ type: 'personName', ...from('identity', 'name') }).origin, '来自 实名身份信息')
    assert.equal(filled({ type: 'phone', ...from('account', 'phone') }).origin, '来自 账户信息')
    assert.deepEqual(filled({ type: 'number', ...from('share', '社保库', { face: '月数' }) }).value, 13)
    assert.equal(filled(from('answer', 'sex'), { answers: { sex: 'male' } }).value, 'male')
  })

  test('照面文字转成数字、对上选项；并列双方取另一位', () => {
    const options = [{ value: 'male', label: '选项male' }, { value: 'female', label: '选项female' }]
    assert.equal(filled({ type: 'choice', options, ...from('licence', 'card', { face: '性别' }) }).value, 'female')
    assert.equal(filled({ type: 'number', ...from('licence', 'card', { face: '面积' }) }).value, 88.5)
    assert.equal(filled({ type: 'personName', ...from('licence', 'card', { face: '双方姓名', part: 'other' }) }).value, '李四')
  })

  test('来源里的错值不预填，换下一个来源', () => {
    const sources = [
      { kind: 'identity' as const, from: 'idNumber', locked: true },
      { kind: 'account' as const, from: 'phone', locked: true }
    ]
    assert.deepEqual(filled({ type: 'idNumber', prefill: sources }), { value: null, origin: null, locked: false, objected: false })
    assert.equal(filled({ type: 'phone', prefill: sources }).value, '13800000000')
  })

  test('锁定的改不动，可以指出有误；没锁的以本人填的为准，清空也算', () => {
    const locked = { type: 'personName' as const, ...from('identity', 'name', { locked: true }) }
    assert.deepEqual(filled(locked, { values: { x: '李四' } }), { value: '张三', origin: '来自 实名身份信息', locked: true, objected: false })
    assert.equal(filled(locked, { objections: ['x'] }).objected, true)
    const open = from('licence', 'card', { face: '住址' })
    assert.deepEqual(filled(open, { values: { x: '别处' } }), { value: '别处', origin: null, locked: false, objected: false })
    assert.equal(filled(open, { values: { x: null } }).value, null)
  })
})

describe('字段核对', () => {
  const options = [{ value: 'p', label: '甲' }, { value: 'q', label: '乙' }]
  const place = { province: '江苏省', city: '无锡市', district: '江阴市', town: '澄江街道', detail: '1 号' }
  const rows: [string, Partial<FormField>, FieldValue, string[]][] = [
    ['空着的必填', {}, null, ['/x required']],
    ['全是空格', {}, '  ', ['/x required']],
    ['空着的选填', { required: false }, '', []],
    ['超长按字数不按编码单元', { maxLength: 2 }, '𠮷𠮷', []],
    ['超长', { maxLength: 2 }, '𠮷𠮷𠮷', ['/x too_long']],
    ['一兆文字', {}, 'x'.repeat(1_000_000), ['/x too_long']],
    ['控制字符', {}, 'a\u0000b', ['/x control_character']],
    ['多行可以换行', { type: 'multiline' }, 'a\nb', []],
    ['类型不对', {}, 5, ['/x wrong_type']],
    ['姓名', { type: 'personName' }, '张三😀', ['/x name_characters']],
    ['身份证号', { type: 'idNumber' }, '320281199001010000', ['/x id_number_checksum']],
    ['手机号', { type: 'phone' }, '123', ['/x phone_length']],
    ['信用代码', { type: 'creditCode' }, '11100000000013338W', []],
    ['日期不真实', { type: 'date' }, '2026-02-30', ['/x date_invalid']],
    ['出生日期晚于今天', { type: 'date', dateRange: 'past' }, '2026-11-24', ['/x date_future']],
    ['今天可以', { type: 'date', dateRange: 'past' }, today, []],
    ['今后的日期早于今天', { type: 'date', dateRange: 'future' }, '2026-11-22', ['/x date_past']],
    ['时间', { type: 'time' }, '24:00', ['/x time_invalid']],
    ['数字太小', { type: 'number', min: 300, unit: '克' }, 200, ['/x too_small']],
    ['不是数', { type: 'number' }, NaN, ['/x number_invalid']],
    ['金额不足一分', { type: 'money' }, 0.5, ['/x money_precision']],
    ['金额为负', { type: 'money' }, -1, ['/x too_small']],
    ['选项外', { type: 'choice', options }, 'z', ['/x choice_unknown']],
    ['多选重复', { type: 'choices', options }, ['p', 'p'], ['/x choice_repeated']],
    ['多选', { type: 'choices', options }, ['p', 'q'], []],
    ['银行账号', { type: 'bankAccount' }, '6222 0000 0000 0000', []],
    ['银行账号太短', { type: 'bankAccount' }, '62', ['/x bank_account_invalid']],
    ['地址', { type: 'address' }, place, []],
    ['地址缺镇街', { type: 'address' }, { ...place, town: '' }, ['/x/town required']],
    ['地址当文字填', { type: 'address' }, '江阴市', ['/x wrong_type']],
    ['重复组太少', { type: 'group', minItems: 1 }, [], ['/x required']],
    ['重复组里的毛病指到那一格', { type: 'group', minItems: 2, fields: [field('n', { type: 'personName' }), field('m', { required: false })] },
      [{ n: '张' }], ['/x too_few', '/x/0/n name_short']],
    ['重复组里不认识的字段', { type: 'group', fields: [field('n')] }, [{ n: '甲', 'a/b~c': 1 }], ['/x/0/a~1b~0c unknown_field']]
  ]
  for (const [title, rest, value, expected] of rows) test(title, () => assert.deepEqual(codes(field('x', rest), value), expected))

  test('说清哪一项、怎么改', () => {
    const messages = (rest: Partial<FormField>, value: FieldValue) =>
      validateField(only(field('x', rest)), value, today).map(error => error.message)
    assert.deepEqual(messages({ label: '宝宝姓名' }, null), ['「宝宝姓名」没有填写，请填写'])
    assert.deepEqual(messages({ label: '出生体重', type: 'number', min: 300, unit: '克' }, 200), ['「出生体重」：不能小于 300 克，请核对'])
    assert.deepEqual(messages({ label: '出资额', type: 'money', max: 10_000_00 }, 10_000_01), ['「出资额」：不能大于 10000 元，请核对'])
    assert.deepEqual(messages({ label: '股东', type: 'group', fields: [field('n', { label: '姓名' })] }, [{ n: '甲' }, {}]),
      ['「股东第 2 项的姓名」没有填写，请填写'])
  })

  test('整张表单逐项列出', () => {
    const view = show([field('x'), field('y', { type: 'phone' })], { values: { y: '1' } })
    assert.deepEqual(validateForm(view, today).map(({ pointer }) => pointer), ['/x', '/y'])
  })
})

describe('给人看的写法', () => {
  const told = (item: Partial<FormField>, value: FieldValue) => valueText(only(field('x', item)), value, [])

  test('日期写年月日，金额写元，选项写文字，空着写未填', () => {
    assert.equal(told({ type: 'date' }, '2026-11-07'), '2026 年 11 月 7 日')
    assert.equal(told({ type: 'date' }, '去年'), '去年')
    assert.equal(told({ type: 'money' }, 123456), '1234.56 元')
    assert.equal(told({ type: 'choice', options: [{ value: 'a', label: '甲' }] }, 'a'), '甲')
    assert.equal(told({}, null), '（未填）')
  })
})

describe('存草稿', () => {
  const groups = [{ id: 'one', title: '组', fields: [
    field('x'), field('n', { type: 'number' }), field('p', { type: 'address' }),
    field('g', { type: 'group', maxItems: 2, fields: [field('s')] })
  ] }]
  const refused = (values: Record<string, FieldValue>) => draftErrors(groups, values).map(({ pointer, code }) => `${pointer} ${code}`)

  test('没填完、填错了都可以先存', () => {
    assert.deepEqual(refused({ x: '', n: null, g: [{ s: '半' }], p: { detail: '1 号' } as never }), [])
  })

  test('未知字段拒收，形状不对拒收，超长拒收', () => {
    assert.deepEqual(refused({ nowhere: '1' }), ['/nowhere unknown_field'])
    assert.deepEqual(refused({ n: '5', x: 5, g: 'x' }), ['/n wrong_type', '/x wrong_type', '/g wrong_type'])
    assert.deepEqual(refused({ g: [{ s: '1', t: '2' }] }), ['/g/0/t unknown_field'])
    assert.deepEqual(refused({ g: [{}, {}, {}] }), ['/g too_many'])
    assert.deepEqual(refused({ x: 'x'.repeat(1_000_000) }), ['/x too_long'])
  })
})
