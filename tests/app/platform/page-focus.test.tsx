import { act, render, screen } from '@testing-library/react'
import { PageHost } from '../../../src/platform/page-host'

const page = (title: string) => <PageHost title={title} elder={false} className='page' head={<h1>{title}</h1>}>
  <button>继续</button>
</PageHost>

/** 一次访问的第一页不抢焦点，所以先打开一页。 */
beforeEach(async () => {
  render(page('首页')).unmount()
  await Promise.resolve()
  jest.useFakeTimers()
})
afterEach(() => jest.useRealTimers())

const focused = () => document.activeElement?.textContent

describe('打开一页时的焦点', () => {
  test('落在标题上，读屏从这里读起', () => {
    render(page('你的办理方案'))
    act(() => jest.runAllTimers())
    expect(focused()).toBe('你的办理方案')
  })

  test('手快的人已经走到按钮上，就不抢回来', () => {
    render(page('你的办理方案'))
    screen.getByText('继续').focus()
    act(() => jest.runAllTimers())
    expect(focused()).toBe('继续')
  })
})
