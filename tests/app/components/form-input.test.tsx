import { act, fireEvent, render, screen, within } from '@testing-library/react'
import { useState } from 'react'
import type { FieldError, FieldValue, FormField, FormViewField } from '../../../domain/form/types'
import { validateField } from '../../../domain/form/validate'
import { blankField } from '../../../domain/form/view'
import { controlId, FormInput, type Region } from '../../../src/components'

const fieldOf = (some: Partial<FormField> & Pick<FormField, 'type' | 'label'>): FormViewField =>
  blankField({ id: 'item', for: [], required: true, sensitivity: 0, ...some })

const regions: Region[] = [{ code: '32', name: '江苏省', children: [{ code: '3202', name: '无锡市', children: [
  { code: '320281', name: '江阴市', children: [{ code: 'cj', name: '澄江街道', children: [{ code: 'js', name: '君山社区' }] }] },
  { code: '320205', name: '锡山区', children: [] }
] }] }]

const checked = jest.fn()
beforeEach(() => checked.mockReset())

/** One item that keeps its value, as a page does; `latest` is what it holds. */
function show(field: FormViewField, start: FieldValue = null, faults: FieldError[] = []) {
  const held = { latest: start, elsewhere: (_value: FieldValue): void => undefined }
  function Page() {
    const [value, setValue] = useState(start)
    held.elsewhere = setValue
    return <FormInput
      field={field} pointer={`/${field.id}`} value={value} regions={regions} today='2026-11-24' onCheck={checked}
      errorAt={(at) => faults.find(({ pointer }) => pointer === at)?.message}
      onChange={(next) => {
        held.latest = next
        setValue(next)
      }}
    />
  }
  render(<Page />)
  return held
}
const type = (name: string | RegExp, value: string) => fireEvent.change(screen.getByLabelText(name), { target: { value } })

describe('一个填写项', () => {
  test('标签、提示、为什么、来源、谁要用都写着；错误连着输入框', () => {
    const field = fieldOf({ id: 'phone', type: 'phone', label: '手机号', hint: '11 位', why: '办结发到这里' })
    const faults = [{ pointer: '/phone', code: 'phone_invalid', message: '少了几位' }]
    show({ ...field, origin: '来自 账号', neededBy: ['一', '二', '三', '四'] }, '1', faults)
    const input = screen.getByLabelText('手机号')
    const attributes = ['type', 'autocomplete', 'aria-invalid'].map((name) => input.getAttribute(name))
    expect(attributes).toEqual(['tel', 'tel', 'true'])
    const said = (input.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent)
    expect(said).toEqual(['11 位；办结发到这里', '错误：少了几位'])
    expect(screen.getByText('来自 账号')).toBeTruthy()
    expect(screen.getByText('用在：一、二、三等 4 个事项')).toBeTruthy()
  })

  test('离开时才查，空着不查；选的当时就查', () => {
    show(fieldOf({ type: 'text', label: '名称' }))
    fireEvent.blur(screen.getByLabelText('名称'))
    expect(checked).not.toHaveBeenCalled()
    type('名称', '江阴演示')
    fireEvent.blur(screen.getByLabelText('名称'))
    expect(checked).toHaveBeenLastCalledWith('江阴演示')
  })

  test('选项少的摆出来，多的收成一行；只收过去的日期', () => {
    const options = (count: number) => Array.from({ length: count }, (_, at) => ({ value: `v${at}`, label: `选项${at}` }))
    const few = show(fieldOf({ type: 'choice', label: '方式', options: options(3) }))
    fireEvent.click(screen.getByRole('radio', { name: '选项1' }))
    expect(few.latest).toBe('v1')
    const many = show(fieldOf({ id: 'branch', type: 'choice', label: '网点', options: options(9) }))
    fireEvent.change(screen.getByRole('combobox', { name: '网点' }), { target: { value: 'v8' } })
    expect(many.latest).toBe('v8')
    show(fieldOf({ id: 'born', type: 'date', label: '出生日期', dateRange: 'past' }))
    expect(screen.getByLabelText('出生日期').getAttribute('max')).toBe('2026-11-24')
  })
})

describe('数字与金额', () => {
  const capital = fieldOf({ id: 'capital', type: 'money', label: '注册资本' })

  test('元里填，分里存；打到一半的小数不被改掉', () => {
    const held = show(capital)
    type('注册资本（元）', '1,000.5')
    expect(held.latest).toBe(100050)
    expect(screen.getByLabelText('注册资本（元）')).toHaveProperty('value', '1,000.5')
    type('注册资本（元）', '19.99')
    expect(held.latest).toBe(1999)
  })

  test('不是数字的原样留着，由核对说清哪一项怎么改', () => {
    const held = show(capital)
    type('注册资本（元）', '一百万')
    fireEvent.blur(screen.getByLabelText('注册资本（元）'))
    expect(checked).toHaveBeenLastCalledWith('一百万')
    expect(screen.getByLabelText('注册资本（元）')).toHaveProperty('value', '一百万')
    expect(validateField(capital, held.latest, '2026-11-24').map(({ message }) => message)).toEqual(['「注册资本」：请填数字，最多两位小数'])
  })

  test('值在别处变了，显示跟着变', () => {
    const held = show(fieldOf({ type: 'number', label: '人数', unit: '人' }), 3)
    type('人数（人）', '5')
    expect(held.latest).toBe(5)
    act(() => held.elsewhere(8))
    expect(screen.getByLabelText('人数（人）')).toHaveProperty('value', '8')
  })
})

describe('地址', () => {
  const place = (level: RegExp, value: string) => fireEvent.change(screen.getByRole('combobox', { name: level }), { target: { value } })

  test('名单里有的逐级选，再填门牌', () => {
    const held = show(fieldOf({ type: 'address', label: '住所' }))
    place(/^省/, '32')
    place(/^市/, '3202')
    place(/^区/, '320281')
    place(/^街道/, 'cj')
    place(/^村/, 'js')
    type('住所：详细地址', '演示路 1 号')
    fireEvent.blur(screen.getByLabelText('住所：详细地址'))
    expect(held.latest).toEqual({ province: '32', city: '3202', district: '320281', town: 'cj', village: 'js', detail: '演示路 1 号' })
    expect(checked).toHaveBeenLastCalledWith(held.latest)
  })

  test('名单到区县为止的，街道和村用字填；错误指到那一格', () => {
    const field = fieldOf({ id: 'home', type: 'address', label: '住所' })
    const held = show(field, { province: '32', city: '3202', district: '320205', town: '', detail: '' }, [
      { pointer: '/home/town', code: 'required', message: '镇街没有填写' }
    ])
    const town = screen.getByLabelText('住所：街道（镇）')
    expect([town.id, town.getAttribute('aria-invalid')]).toEqual([controlId('/home/town'), 'true'])
    type('住所：街道（镇）', '东亭街道')
    type(/^住所：村（社区）/, '演示社区')
    expect(held.latest).toMatchObject({ district: '320205', town: '东亭街道', village: '演示社区' })
  })

  test('名单里没选的那一级，错误和光标都在那一级', () => {
    const chosen = { province: '32', city: '3202', district: '320281', town: '', detail: '' }
    show(fieldOf({ id: 'home', type: 'address', label: '住所' }), chosen, [
      { pointer: '/home/town', code: 'required', message: '镇街没有填写' }
    ])
    expect(screen.getByText('错误：镇街没有填写')).toBeTruthy()
    expect(document.getElementById(controlId('/home/town'))?.getAttribute('aria-label')).toBe('街道（镇）')
  })
})

describe('重复的几项', () => {
  const field = fieldOf({
    id: 'shareholders', type: 'group', label: '股东', minItems: 1, maxItems: 3,
    fields: [
      { id: 'name', label: '姓名', type: 'text', for: [], required: true, sensitivity: 1 },
      { id: 'amount', label: '出资额', type: 'money', for: [], required: true, sensitivity: 0 }
    ]
  })
  const row = (at: number) => within(screen.getByRole('group', { name: `股东第 ${at} 项` }))
  const amounts = () => screen.getAllByLabelText('出资额（元）').map((input) => (input as HTMLInputElement).value)

  test('先给一项空的；加一项，光标到新的一项；加到上限就不再加', () => {
    const held = show(field)
    fireEvent.change(row(1).getByLabelText('姓名'), { target: { value: '钱演示' } })
    expect(held.latest).toEqual([{ name: '钱演示' }])
    fireEvent.click(screen.getByRole('button', { name: '再加一项股东' }))
    expect(document.activeElement).toBe(row(2).getByLabelText('姓名'))
    fireEvent.click(screen.getByRole('button', { name: '再加一项股东' }))
    expect(screen.queryByRole('button', { name: /再加一项/ })).toBeNull()
  })

  test('填过的一项删除前要问，答不就还在；空的直接删；只剩规定的几项不能删', () => {
    const held = show(field, [{ name: '甲', amount: 100 }, { name: '乙', amount: 250 }, {}])
    fireEvent.click(screen.getByRole('button', { name: '删除股东第 3 项' }))
    expect(held.latest).toHaveLength(2)
    fireEvent.click(screen.getByRole('button', { name: '删除股东第 1 项' }))
    fireEvent.click(within(screen.getByRole('dialog', { name: '删除股东第 1 项？' })).getByRole('button', { name: '取消' }))
    expect(held.latest).toHaveLength(2)
    fireEvent.click(screen.getByRole('button', { name: '删除股东第 1 项' }))
    fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: '删除' }))
    expect(held.latest).toEqual([{ name: '乙', amount: 250 }])
    expect(amounts()).toEqual(['2.50'])
    expect(document.activeElement?.textContent).toBe('再加一项股东')
    expect(screen.queryByRole('button', { name: /^删除/ })).toBeNull()
  })

  test('错误指到第几项的哪一格，整组的错误连着整组', () => {
    show(field, [{ name: '甲' }], [
      { pointer: '/shareholders', code: 'too_few', message: '至少填写 2 项' },
      { pointer: '/shareholders/0/amount', code: 'required', message: '出资额没有填写' }
    ])
    const amount = document.getElementById(controlId('/shareholders/0/amount'))
    expect(amount?.getAttribute('aria-describedby')).toBe('f-shareholders-0-amount-error')
    expect(screen.getByRole('group', { name: '股东' }).getAttribute('aria-describedby')).toBe('f-shareholders-error')
    expect(document.getElementById('f-shareholders-error')?.textContent).toBe('错误：至少填写 2 项')
  })

  test('选填的一组可以全部删去', () => {
    const held = show({ ...field, required: false, minItems: null }, [{ name: '甲' }])
    fireEvent.click(screen.getByRole('button', { name: '删除股东第 1 项' }))
    fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: '删除' }))
    expect(held.latest).toEqual([])
    expect(row(1).getByLabelText('姓名')).toHaveProperty('value', '')
  })
})
