import { fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { Choice, DatePicker, Field, RegionPicker, Select, Upload } from '../../../src/components'

describe('填写框', () => {
  test('标签、说明和错误都与输入框相连，出错时读屏能听到', () => {
    const { rerender } = render(<Field id='name' label='姓名' required value='' hint='与身份证一致' onChange={() => undefined} />)
    const input = screen.getByLabelText('姓名')
    const region = document.getElementById('name-error')
    expect(input.getAttribute('aria-describedby')).toBe('name-hint')
    expect(region?.getAttribute('aria-live')).toBe('polite')
    expect(region?.textContent).toBe('')

    rerender(<Field id='name' label='姓名' required value='' hint='与身份证一致' error='请填写姓名' onChange={() => undefined} />)
    expect(input.getAttribute('aria-invalid')).toBe('true')
    expect(input.getAttribute('aria-describedby')).toBe('name-hint name-error')
    expect(document.getElementById('name-error')).toBe(region)
    expect(region?.textContent).toBe('错误：请填写姓名')
  })

  test('选填的项目写明选填，必填的交给浏览器说明', () => {
    render(<><Field id='a' label='曾用名' value='' onChange={() => undefined} />
      <Field id='b' label='电话' required value='' onChange={() => undefined} /></>)
    expect(screen.getByLabelText(/曾用名/)).toHaveProperty('required', false)
    expect(screen.getByText('选填')).toBeTruthy()
    expect(screen.getByLabelText('电话')).toHaveProperty('required', true)
  })

  test('光标在要求时移到输入框，回车触发搜索，输入法选字时的回车不算', () => {
    const onEnter = jest.fn()
    render(<Field id='q' label='搜索' kind='search' value='落户' focus onChange={() => undefined} onEnter={onEnter} />)
    const input = screen.getByLabelText(/搜索/)
    expect(document.activeElement).toBe(input)
    fireEvent.keyDown(input, { key: 'Enter', isComposing: true })
    expect(onEnter).not.toHaveBeenCalled()
    fireEvent.keyDown(input, { key: 'Enter' })
    expect(onEnter).toHaveBeenCalledTimes(1)
  })
})

describe('选择', () => {
  const options = [{ value: 'mail', label: '邮寄' }, { value: 'window', label: '窗口自取' }, { value: 'none', label: '不需要', disabled: true }]

  test('单选只留一个，停用的选项选不了', () => {
    const onChange = jest.fn()
    render(<Choice id='way' label='怎么拿证' required options={options} value={['mail']} onChange={onChange} />)
    expect(screen.getByRole('radiogroup', { name: '怎么拿证' }).getAttribute('aria-required')).toBe('true')
    fireEvent.click(screen.getByRole('radio', { name: '窗口自取' }))
    expect(onChange).toHaveBeenCalledWith(['window'])
    expect(screen.getByRole('radio', { name: '不需要' })).toHaveProperty('disabled', true)
  })

  test('多选逐个加减', () => {
    const onChange = jest.fn()
    render(<Choice id='way' label='怎么拿证' multiple options={options} value={['mail']} onChange={onChange} />)
    fireEvent.click(screen.getByRole('checkbox', { name: '窗口自取' }))
    expect(onChange).toHaveBeenLastCalledWith(['mail', 'window'])
    fireEvent.click(screen.getByRole('checkbox', { name: '邮寄' }))
    expect(onChange).toHaveBeenLastCalledWith([])
  })

  test('下拉和日期都带标签和错误', () => {
    const onPick = jest.fn()
    const onDay = jest.fn()
    render(<><Select id='nation' label='民族' required options={[{ value: '01', label: '汉族' }]} value='' error='请选择民族' onChange={onPick} />
      <DatePicker id='born' label='出生日期' required value='' max='2026-11-21' onChange={onDay} /></>)
    const select = screen.getByLabelText('民族')
    expect(select.getAttribute('aria-describedby')).toBe('nation-error')
    fireEvent.change(select, { target: { value: '01' } })
    expect(onPick).toHaveBeenCalledWith('01')
    const day = screen.getByLabelText('出生日期')
    expect(day.getAttribute('max')).toBe('2026-11-21')
    fireEvent.change(day, { target: { value: '2026-11-05' } })
    expect(onDay).toHaveBeenCalledWith('2026-11-05')
  })
})

describe('地区', () => {
  const regions = [{ code: '32', name: '江苏省', children: [
    { code: '3202', name: '无锡市', children: [{ code: '320281', name: '江阴市' }] },
    { code: '3205', name: '苏州市', children: [{ code: '320581', name: '常熟市' }] },
  ] }]

  function Harness() {
    const [codes, setCodes] = useState(['32', '3202', '320281'])
    return <><RegionPicker id='home' label='户籍地' required regions={regions} value={codes} onChange={setCodes} /><p>{codes.join('/')}</p></>
  }

  test('改动上一级，下面各级清空重选', () => {
    render(<Harness />)
    expect(screen.getAllByRole('combobox')).toHaveLength(3)
    fireEvent.change(screen.getByRole('combobox', { name: '市' }), { target: { value: '3205' } })
    expect(screen.getByText('32/3205')).toBeTruthy()
    expect(screen.getByRole('combobox', { name: '区（县、市）' })).toHaveProperty('value', '')
    fireEvent.change(screen.getByRole('combobox', { name: '市' }), { target: { value: '' } })
    expect(screen.getAllByRole('combobox')).toHaveLength(2)
  })
})

describe('上传', () => {
  const base = { id: 'idcard', label: '身份证人像面', max: 2, onPick: jest.fn(), onRetry: jest.fn(), onRemove: jest.fn() }

  test('显示进度、失败的原因，能重传和删除', () => {
    render(<Upload {...base} items={[
      { id: 'a', name: '正面.jpg', state: 'sending', percent: 40 },
      { id: 'b', name: '反面.jpg', state: 'failed', error: '照片看不清，请重拍' },
    ]} />)
    expect(screen.getByText('正在上传 40%')).toBeTruthy()
    expect(screen.getByText('照片看不清，请重拍')).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: '重传 反面.jpg' }))
    expect(base.onRetry).toHaveBeenCalledWith('b')
    fireEvent.click(screen.getByRole('button', { name: '删除 正面.jpg' }))
    expect(base.onRemove).toHaveBeenCalledWith('a')
    expect(screen.queryByRole('button', { name: /拍照/ })).toBeNull()
  })

  test('没满时可拍照或从相册选，按钮读得出是哪份材料', () => {
    render(<Upload {...base} items={[]} />)
    fireEvent.click(screen.getByRole('button', { name: '拍照上传身份证人像面' }))
    expect(base.onPick).toHaveBeenLastCalledWith('camera')
    fireEvent.click(screen.getByRole('button', { name: '从相册选身份证人像面' }))
    expect(base.onPick).toHaveBeenLastCalledWith('album')
  })
})
