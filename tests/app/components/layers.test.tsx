import { act, fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { Dialog, ElderContext, Sheet } from '../../../src/components'
import { hidePage } from '../stubs/taro'

function Asking({ onOk }: { onOk: () => void }) {
  const [open, setOpen] = useState(false)
  return <div>
    <button onClick={() => setOpen(true)}>提交</button>
    <Dialog id='ask' open={open} title='确定提交？' onOk={onOk} onCancel={() => setOpen(false)}>提交后 3 个部门同时收到。</Dialog>
  </div>
}

function openDialog(onOk = jest.fn()) {
  render(<Asking onOk={onOk} />)
  const opener = screen.getByText('提交')
  opener.focus()
  fireEvent.click(opener)
  return opener
}

describe('确认框', () => {
  test('打开时光标进去，Tab 出不去，其余内容读屏看不见', () => {
    const opener = openDialog()
    const dialog = screen.getByRole('dialog', { name: '确定提交？' })
    const [cancel, ok] = [screen.getByText('取消'), screen.getByText('确定')]
    expect(dialog.getAttribute('aria-modal')).toBe('true')
    expect(document.activeElement).toBe(cancel)
    expect(opener.closest('[inert]')).not.toBeNull()

    ok.focus()
    fireEvent.keyDown(ok, { key: 'Tab' })
    expect(document.activeElement).toBe(cancel)
    fireEvent.keyDown(cancel, { key: 'Tab', shiftKey: true })
    expect(document.activeElement).toBe(ok)
  })

  test('Esc 等于取消，光标回到原处，其余内容恢复', () => {
    const opener = openDialog()
    fireEvent.keyDown(document.body, { key: 'Escape' })
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(document.activeElement).toBe(opener)
    expect(document.querySelectorAll('[inert],[aria-hidden]')).toHaveLength(0)
  })

  test('离开页面时自己关上', () => {
    openDialog()
    act(hidePage)
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  test('确定只报告一次，由页面决定何时关', () => {
    const onOk = jest.fn()
    openDialog(onOk)
    fireEvent.click(screen.getByText('确定'))
    expect(onOk).toHaveBeenCalledTimes(1)
    expect(screen.getByRole('dialog')).toBeTruthy()
  })

  test('大字版画在页面之外也生效', () => {
    render(<ElderContext.Provider value>
      <Dialog id='a' open title='问' onOk={jest.fn()} onCancel={jest.fn()}>答</Dialog>
    </ElderContext.Provider>)
    expect(screen.getByRole('dialog').closest('.elder')).not.toBeNull()
  })
})

describe('底部弹层', () => {
  test('有名字，能用关闭键关上', () => {
    const onClose = jest.fn()
    render(<Sheet id='why' open title='为什么不适用' onClose={onClose}>你在江阴没有户口。</Sheet>)
    expect(screen.getByRole('dialog', { name: '为什么不适用' })).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: '关闭' }))
    expect(onClose).toHaveBeenCalledTimes(1)
  })
})
