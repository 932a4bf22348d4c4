import { act, fireEvent, render, screen, within } from '@testing-library/react'
import { useState, type FormEvent } from 'react'
import {
  Button, Cell, ElderContext, ErrorState, FlowMap, Notice, OfflineBar, Page, ProgressRing, RiverStages, Skeleton, Steps, Tabs, Timeline,
} from '../../../src/components'
import Taro from '../stubs/taro'

function Switching() {
  const [value, setValue] = useState(0)
  return <Tabs id='who' label='为谁办' value={value} onChange={setValue} tabs={[
    { title: '个人', body: '个人办事' }, { title: '企业', body: '企业办事' }, { title: '家人', body: '替家人办' },
  ]} />
}

describe('标签页', () => {
  test('方向键、Home、End 都能切换，光标跟着走', () => {
    render(<Switching />)
    const tab = (name: string) => screen.getByRole('tab', { name })
    tab('个人').focus()
    fireEvent.keyDown(tab('个人'), { key: 'ArrowRight' })
    expect(document.activeElement).toBe(tab('企业'))
    expect(screen.getByRole('tabpanel', { name: '企业' }).textContent).toBe('企业办事')
    fireEvent.keyDown(tab('企业'), { key: 'End' })
    expect(tab('家人').getAttribute('aria-selected')).toBe('true')
    fireEvent.keyDown(tab('家人'), { key: 'ArrowRight' })
    expect(document.activeElement).toBe(tab('个人'))
    fireEvent.keyDown(tab('个人'), { key: 'ArrowLeft' })
    expect(document.activeElement).toBe(tab('家人'))
    fireEvent.keyDown(tab('家人'), { key: 'Home' })
    expect(tab('个人').tabIndex).toBe(0)
    expect(tab('家人').tabIndex).toBe(-1)
  })
})

describe('页面', () => {
  test('有标题、主要内容和返回，直接打开的页面返回到首页', () => {
    render(<Page title='办理方案'>内容</Page>)
    expect(screen.getByRole('heading', { level: 1, name: '办理方案' })).toBeTruthy()
    expect(screen.getByRole('main').textContent).toContain('内容')
    expect(document.title).toBe('办理方案')
    fireEvent.click(screen.getByRole('button', { name: '返回' }))
    expect(Taro.switchTab).toHaveBeenCalledWith({ url: '/pages/home/index' })
  })

  test('跳到主要内容的链接把光标带进去；标签页没有返回', () => {
    render(<Page title='首页' tab>内容</Page>)
    fireEvent.click(screen.getByText('跳到主要内容'))
    expect(document.activeElement).toBe(screen.getByRole('main'))
    expect(screen.queryByRole('button', { name: '返回' })).toBeNull()
  })

  test('大字版打开时整页放大，关上时恢复', () => {
    const page = (on: boolean) => <ElderContext.Provider value={on}><Page title='首页' tab>内容</Page></ElderContext.Provider>
    const { rerender } = render(page(true))
    expect(document.documentElement.classList.contains('elder')).toBe(true)
    rerender(page(false))
    expect(document.documentElement.classList.contains('elder')).toBe(false)
  })
})

describe('按钮和行', () => {
  test('正在处理时说明，并且按不动，表单也交不出去；光标不离开它', () => {
    const onPress = jest.fn()
    const onSubmit = jest.fn((event: FormEvent) => event.preventDefault())
    const form = (busy: boolean) => <form onSubmit={onSubmit}><Button submit busy={busy} onPress={onPress}>提交</Button></form>
    const { rerender } = render(form(false))
    screen.getByRole('button', { name: '提交' }).focus()
    rerender(form(true))
    const button = screen.getByRole('button', { name: '处理中…' })
    fireEvent.click(button)
    expect([onPress.mock.calls.length, onSubmit.mock.calls.length]).toEqual([0, 0])
    expect([button.getAttribute('aria-busy'), button.getAttribute('aria-disabled')]).toEqual(['true', 'true'])
    expect(button).toHaveProperty('disabled', false)
    expect(document.activeElement).toBe(button)
  })

  test('打开页面的行是真正的链接，按住 Ctrl 交给浏览器开新窗口', () => {
    render(<Cell title='社会保障卡' to='/features/case/detail/index' params={{ id: '甲 1' }} />)
    const link = screen.getByRole('link', { name: '社会保障卡' })
    expect(link.getAttribute('href')).toBe('/features/case/detail/index?id=%E7%94%B2%201')
    fireEvent.click(link)
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url: '/features/case/detail/index?id=%E7%94%B2%201' })
    expect(fireEvent.click(link, { ctrlKey: true })).toBe(true)
    expect(Taro.navigateTo).toHaveBeenCalledTimes(1)
  })
})

describe('会说话的区域', () => {
  beforeEach(() => jest.useFakeTimers())
  afterEach(() => jest.useRealTimers())

  test('提示先空着挂在那里，文字随后进来；错误立即打断', () => {
    const { rerender } = render(<Notice text='' />)
    const region = screen.getByRole('status')
    rerender(<Notice text='已保存' />)
    act(() => { jest.advanceTimersByTime(50) })
    expect(region.textContent).toBe('已保存')
    rerender(<Notice text='没存上' tone='error' />)
    expect(screen.getByRole('alert').getAttribute('aria-live')).toBe('assertive')
  })

  test('骨架在 200 毫秒后才出现', () => {
    render(<Skeleton cards={2} />)
    act(() => { jest.advanceTimersByTime(199) })
    expect(screen.queryByText('正在加载')).toBeNull()
    act(() => { jest.advanceTimersByTime(1) })
    expect(screen.getByText('正在加载')).toBeTruthy()
  })

  test('断网时说明，恢复后收起', () => {
    const online = jest.spyOn(navigator, 'onLine', 'get').mockReturnValue(true)
    render(<OfflineBar />)
    const region = screen.getByRole('status')
    expect(region.textContent).toBe('')
    online.mockReturnValue(false)
    fireEvent(window, new Event('offline'))
    expect(region.textContent).toContain('没有网络')
    online.mockReturnValue(true)
    fireEvent(window, new Event('online'))
    expect(region.textContent).toBe('')
    online.mockRestore()
  })
})

describe('先后图', () => {
  const nodes = [
    { id: 'birth', title: '出生证', sub: '当场', tone: 'green' as const, after: [] },
    { id: 'hukou', title: '落户', sub: '1 个工作日', after: ['birth'] },
  ]

  test('每个框读得出要等谁，按得动', () => {
    const onPick = jest.fn()
    render(<FlowMap label='谁先谁后' nodes={nodes} onPick={onPick} />)
    fireEvent.click(screen.getByRole('button', { name: '落户，1 个工作日，要等出生证办好' }))
    expect(onPick).toHaveBeenCalledWith('hukou')
    expect(screen.getByRole('button', { name: '出生证，当场，马上可以开始' })).toBeTruthy()
  })

  test('可以改看文字，大字版先看文字', () => {
    render(<FlowMap label='谁先谁后' nodes={nodes} />)
    fireEvent.click(screen.getByRole('button', { name: '看文字说明' }))
    expect(within(screen.getByRole('list', { name: '谁先谁后' })).getByText('落户，1 个工作日，要等出生证办好')).toBeTruthy()
  })

  test('大字版先看文字，也能改看图', () => {
    render(<ElderContext.Provider value><FlowMap label='谁先谁后' nodes={nodes} /></ElderContext.Provider>)
    expect(screen.getByText('落户，1 个工作日，要等出生证办好')).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: '看图' }))
    expect(screen.getByRole('img', { name: '落户，1 个工作日，要等出生证办好' })).toBeTruthy()
  })
})

describe('走到哪里', () => {
  test('步骤和时间线用文字说明状态', () => {
    render(<><Steps label='办理步骤' steps={['填写', '签名', '提交']} current={1} />
      <Timeline label='走到哪了' entries={[
        { id: 'a', title: '已提交', state: 'done', time: '11-23 16:00' }, { id: 'b', title: '审查中', state: 'now' },
      ]} /></>)
    expect(screen.getByLabelText('第 2 步，签名，正在这一步').getAttribute('aria-current')).toBe('step')
    expect(screen.getByLabelText('第 1 步，填写，已完成')).toBeTruthy()
    expect(screen.getByText('现在在这里')).toBeTruthy()
  })

  test('圆环报出剩下多少，超出范围时不越界', () => {
    render(<ProgressRing value={1.4} text='2 日' label='还剩 2 个工作日' />)
    const ring = screen.getByRole('progressbar', { name: '还剩 2 个工作日' })
    expect(ring.getAttribute('aria-valuenow')).toBe('100')
  })

  test('河流上的阶段按顺序排列，没有内容的也按得动并说明', () => {
    const onPress = jest.fn()
    render(<RiverStages label='一生的事' stages={[
      { id: 'birth', name: '出生', icon: 'child', state: 'here', to: '/features/bundle/intro/index' },
      { id: 'school', name: '入学', icon: 'school', state: 'later', note: '看去哪里办', onPress },
    ]} />)
    const stages = within(screen.getByRole('list', { name: '一生的事' })).getAllByRole('listitem')
    expect(stages.map((one) => one.textContent)).toEqual(['出生', '入学'])
    expect(screen.getByRole('link', { name: '出生，你现在的阶段' }).getAttribute('href')).toBe('/features/bundle/intro/index')
    fireEvent.click(screen.getByRole('button', { name: '入学，看去哪里办' }))
    expect(onPress).toHaveBeenCalledTimes(1)
  })

  test('出错时说明并可再试', () => {
    const onRetry = jest.fn()
    render(<ErrorState title='没连上' note='填的内容还在。' onRetry={onRetry} traceId='abc123' />)
    expect(screen.getByRole('alert').textContent).toContain('填的内容还在。')
    fireEvent.click(screen.getByRole('button', { name: '再试一次' }))
    expect(onRetry).toHaveBeenCalledTimes(1)
  })
})
