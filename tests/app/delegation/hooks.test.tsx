import { act, fireEvent, render, renderHook, screen, waitFor } from '@testing-library/react'
import type { Delegation } from '../../../contract/delegations'
import type { Me } from '../../../contract/identity'
import { ApiError } from '../../../src/api/api-error'
import { readCatalogue } from '../../../src/api/catalogue'
import { listScenes } from '../../../src/api/codes'
import * as api from '../../../src/api/delegations'
import { readMe } from '../../../src/api/identity'
import AcceptPage from '../../../src/features/delegation/accept/index'
import { useDelegation } from '../../../src/features/delegation/detail/use-delegation'
import GivePage from '../../../src/features/delegation/give/index'
import { useGive } from '../../../src/features/delegation/give/use-give'
import ListPage from '../../../src/features/delegation/list/index'
import { ActingBar } from '../../../src/session/acting-bar'
import { confirmIdentity } from '../../../src/session/confirm-identity'
import { sessionNow, setMe, signedOut, switchSubject } from '../../../src/session/session'
import Taro, { params } from '../stubs/taro'

jest.mock('../../../src/api/delegations')
jest.mock('../../../src/api/catalogue')
jest.mock('../../../src/api/codes')
jest.mock('../../../src/api/identity')
jest.mock('../../../src/session/confirm-identity')
jest.mock('../../../src/session/live', () => ({ useLive: jest.fn() }))
const server = jest.mocked(api)

const self = { id: 'self', kind: 'natural_person', role: 'self', maskedName: '许*', maskedIdCode: null } as const
const until = '2026-12-19T16:00:00.000Z'
const elder = { ...self, id: 'elder', role: 'proxy', maskedName: '徐*', delegation: { id: 'd1', until } } as const
const company = { ...self, id: 'company', kind: 'legal_person', role: 'legalRepresentative', maskedName: '演示公司' } as const
const person = (...subjects: Me['subjects']): Me => ({
  accountId: 'account', maskedName: '许*', maskedIdNumber: '', maskedPhone: null, noticeVersion: 'v1', realNameLevel: 4, age: 50, subjects,
  consents: [{ kind: 'privacy', version: 'v1', givenAt: '2026-11-19T00:00:00.000Z' }], reauthenticatedUntil: null, unreadMessages: 0,
  wechatBound: false
})
const delegation: Delegation = {
  id: 'd1', number: '4821 0937 5566',
  role: 'proxy', side: 'received', shownSubjectName: '徐*', maskedDelegateName: '许*', scope: { scenes: ['queue'], bundles: [] },
  sceneNames: ['大厅取号'], bundleNames: [], status: 'active', offeredAt: '2026-11-19T01:00:00.000Z', until,
  acceptedAt: '2026-11-19T01:05:00.000Z', endedAt: null, allowedActions: ['resign']
}
const offered: Delegation = {
  ...delegation, side: 'given', status: 'offered', maskedDelegateName: null, acceptedAt: null, allowedActions: []
}

beforeEach(() => {
  jest.useFakeTimers({ now: Date.parse('2026-11-19T02:00:00Z'), doNotFake: ['setTimeout', 'setInterval', 'clearInterval', 'clearTimeout'] })
  for (const name of Object.keys(params)) delete params[name]
  signedOut()
  setMe(person(self))
  jest.mocked(readCatalogue).mockResolvedValue({
    bundles: [{ id: 'retirement', name: '退休一件事', audience: 'person', summary: '' }, { id: 'startup', name: '开办企业', audience: 'company' }]
  } as Awaited<ReturnType<typeof readCatalogue>>)
  jest.mocked(listScenes).mockResolvedValue({
    groups: [{ id: 'hall', name: '去大厅' }], scenes: [{ id: 'queue', name: '大厅取号', group: 'hall', holder: 'both' }]
  } as Awaited<ReturnType<typeof listScenes>>)
  jest.mocked(readMe).mockResolvedValue(person(self, elder))
  server.readDelegation.mockResolvedValue(offered)
})
afterEach(() => jest.useRealTimers())

const press = (name: RegExp | string) => fireEvent.click(screen.getByRole('button', { name }))

describe('请家人帮我办', () => {
  test('一步一问：没选就说，选好看一遍，还没确认本人的先去确认，选的跟着回来', async () => {
    render(<GivePage />)
    await screen.findByRole('group', { name: /让对方帮你办什么事/ })
    expect(screen.queryByText('开办企业')).toBeNull()
    press(/下一步/)
    expect(screen.getByText('错误：请至少选一样让对方帮你办的')).toBeTruthy()
    fireEvent.click(screen.getByRole('checkbox', { name: /退休一件事/ }))
    fireEvent.click(screen.getByRole('checkbox', { name: /去大厅/ }))
    press(/下一步/)
    fireEvent.click(screen.getByRole('radio', { name: /一个月/ }))
    press(/下一步/)
    expect(screen.getByRole('list', { name: '能做的' }).textContent).toBe('办「退休一件事」亮码：大厅取号')
    expect(screen.getByRole('list', { name: '不能做的' }).textContent).toMatch(/不能看你的证照/)
    server.offerDelegation.mockRejectedValueOnce(new ApiError('reauthentication_required', 403))
    press(/确认是我本人/)
    await waitFor(() =>
      expect(confirmIdentity).toHaveBeenCalledWith('/features/delegation/give/index?bundles=retirement&groups=hall&span=month')
    )
    expect(server.offerDelegation).toHaveBeenCalledWith({ bundles: ['retirement'], scenes: ['queue'] }, '2026-12-19')
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  test('确认过：整屏亮出授权码，四位一组、能读出来；对方接受了，当场说是谁', async () => {
    Object.assign(params, { groups: 'hall', span: 'today' })
    setMe({ ...person(self), reauthenticatedUntil: '2026-11-19T02:05:00.000Z' })
    server.offerDelegation.mockResolvedValue({
      delegation: offered, code: 'AB10CD20', href: 'https://zsb.example/features/delegation/accept/index?code=AB10CD20', expiresAt: ''
    })
    render(<GivePage />)
    fireEvent.click(await screen.findByRole('button', { name: '出授权码' }))
    await screen.findByRole('dialog', { name: '请对方扫这个码' })
    expect(screen.getByText('AB10 CD20').getAttribute('aria-label')).toMatch(/A B 1 0 C D 2 0$/)
    expect(screen.getByText(/10 分 00 秒内有效/)).toBeTruthy()
    const { useLive } = jest.requireMock<{ useLive: jest.Mock }>('../../../src/session/live')
    server.readDelegation.mockResolvedValue({ ...delegation, allowedActions: ['revoke'] })
    await act(() => (useLive.mock.lastCall as [unknown, unknown, () => Promise<void>])[2]())
    expect(screen.getByRole('dialog', { name: '授权生效了' })).toBeTruthy()
    expect(screen.getByText('许* 已接受')).toBeTruthy()
    expect(screen.queryByText('AB10 CD20')).toBeNull()
  })

  test('没有网络：说清楚，没有离开这一页', async () => {
    Object.assign(params, { groups: 'hall', span: 'today' })
    server.offerDelegation.mockRejectedValue(new ApiError('offline', 0))
    const { result } = renderHook(() => useGive())
    await waitFor(() => expect(result.current.choices.data).not.toBeNull())
    await act(() => result.current.offer())
    expect([result.current.offering, result.current.fault]).toEqual([null, expect.stringMatching(/^网络断了/)])
    expect(confirmIdentity).not.toHaveBeenCalled()
  })

  test('选到一半登录过期：说明白，登录回来选的都在', async () => {
    Object.assign(params, { groups: 'hall', span: 'today', stamp: 'AA' })
    render(<GivePage />)
    await screen.findByRole('list', { name: '能做的' })
    act(() => signedOut(new ApiError('session_expired', 401)))
    expect(await screen.findByText(/^登录已过期。请重新登录/)).toBeTruthy()
    press('登录')
    const back = encodeURIComponent('/features/delegation/give/index?groups=hall&span=today')
    expect(Taro.navigateTo).toHaveBeenLastCalledWith({ url: `/features/identity/sign-in/index?return=${back}` })
  })

  test('企业由法定代表人授权，选的是企业的事；代办的人不能再转给别人', async () => {
    setMe(person(self, company, elder))
    act(() => switchSubject(company))
    const { unmount } = render(<GivePage />)
    expect(await screen.findByText('开办企业')).toBeTruthy()
    expect(screen.queryByText('退休一件事')).toBeNull()
    unmount()
    act(() => switchSubject(elder))
    render(<GivePage />)
    expect(screen.getByText(/不能把这份权限再转给别人/)).toBeTruthy()
    expect(screen.queryByRole('checkbox')).toBeNull()
    press(/换回自己/)
    expect(await screen.findByRole('checkbox', { name: /退休一件事/ })).toBeTruthy()
  })
})

describe('我帮家人办', () => {
  test('扫码进来：先看清是谁、办什么、不能办什么；按了接受才生效，马上能换成替对方办', async () => {
    params.code = 'ab10cd20'
    server.lookUpOffer.mockResolvedValue(offered)
    server.acceptOffer.mockResolvedValue(delegation)
    render(<AcceptPage />)
    expect(await screen.findByRole('heading', { name: '徐* 请你帮忙办' })).toBeTruthy()
    expect(server.lookUpOffer).toHaveBeenCalledTimes(1)
    expect(server.lookUpOffer).toHaveBeenCalledWith('AB10CD20')
    expect(screen.getByText('到 12 月 19 日（周六）为止')).toBeTruthy()
    expect(screen.getByRole('list', { name: '不能做的' }).textContent).toMatch(/不能看对方的证照、足迹和消息/)
    expect(server.acceptOffer).not.toHaveBeenCalled()
    press('接受')
    await waitFor(() => expect(Taro.redirectTo).toHaveBeenCalledWith({ url: '/features/delegation/detail/index?id=d1' }))
    expect(server.acceptOffer).toHaveBeenCalledWith('AB10CD20')
    expect(sessionNow().me?.subjects.map(({ id }) => id)).toEqual(['self', 'elder'])
  })

  test('输错的当场说，不去问；过期的说清楚，请对方再出一个', async () => {
    render(<AcceptPage />)
    const field = screen.getByLabelText(/对方屏幕上的 8 位/)
    fireEvent.change(field, { target: { value: 'AB10' } })
    press('看看是什么')
    expect(await screen.findByText(/这不像授权码/)).toBeTruthy()
    expect(server.lookUpOffer).not.toHaveBeenCalled()
    server.lookUpOffer.mockRejectedValue(new ApiError('gone', 410))
    fireEvent.change(field, { target: { value: 'AB10 CD20' } })
    press('看看是什么')
    await waitFor(() => expect(screen.getAllByRole('alert').some(({ textContent }) => /已经失效/.test(textContent ?? ''))).toBe(true))
    expect(server.lookUpOffer).toHaveBeenCalledWith('AB10CD20')
  })
})

describe('一份授权', () => {
  test('对方收回了：这边马上不再代表对方', async () => {
    setMe(person(self, elder))
    act(() => switchSubject(elder))
    jest.mocked(readMe).mockResolvedValue(person(self))
    server.readDelegation.mockResolvedValue({ ...delegation, status: 'revoked', allowedActions: [] })
    const { result } = renderHook(() => useDelegation('d1'))
    await waitFor(() => expect(sessionNow().acting?.id).toBe('self'))
    expect([result.current.toAct, result.current.toSelf]).toEqual([null, null])
  })

  test('放弃：说结果，换回自己；已经被收回的说清楚并读新的', async () => {
    setMe(person(self, elder))
    server.readDelegation.mockResolvedValue(delegation)
    const { result } = renderHook(() => useDelegation('d1'))
    await waitFor(() => expect(result.current.delegation.data?.status).toBe('active'))
    expect(result.current.toAct).not.toBeNull()
    server.endDelegation.mockRejectedValueOnce(new ApiError('delegation_closed', 409))
    await act(() => result.current.end('resign'))
    expect(result.current.fault).toMatch(/^这份授权已经结束/)
    expect(server.readDelegation).toHaveBeenCalledTimes(2)
    jest.mocked(readMe).mockResolvedValue(person(self))
    server.endDelegation.mockResolvedValue({ ...delegation, status: 'resigned', allowedActions: [] })
    await act(() => result.current.end('resign'))
    expect(result.current.done).toMatch(/^已放弃/)
    expect(sessionNow().me?.subjects).toHaveLength(1)
  })

  test('正替对方办的时候放弃：换回自己，自己做的事不再另说一遍', async () => {
    setMe(person(self, elder))
    act(() => switchSubject(elder))
    server.readDelegation.mockResolvedValue(delegation)
    const { result } = renderHook(() => useDelegation('d1'))
    await waitFor(() => expect(result.current.toSelf).not.toBeNull())
    jest.mocked(readMe).mockResolvedValue(person(self))
    server.endDelegation.mockResolvedValue({ ...delegation, status: 'resigned', allowedActions: [] })
    await act(() => result.current.end('resign'))
    expect([sessionNow().acting?.id, sessionNow().lost]).toEqual(['self', null])
  })

  test('列表：空的说怎么来；有的一边一段，各有状态', async () => {
    server.listDelegations.mockResolvedValueOnce({ given: [], received: [] })
    const { unmount } = render(<ListPage />)
    expect(await screen.findByText('还没有授权')).toBeTruthy()
    unmount()
    server.listDelegations.mockResolvedValueOnce({ given: [offered], received: [delegation] })
    render(<ListPage />)
    expect(await screen.findByRole('link', { name: /替 徐\* 办.*有效/ })).toBeTruthy()
    expect(screen.getByRole('link', { name: /还没有人接受.*等对方接受/ })).toBeTruthy()
  })

  test('替谁办一直写着，连同到哪天', () => {
    setMe(person(self, elder))
    act(() => switchSubject(elder))
    render(<ActingBar />)
    expect(screen.getByRole('link', { name: /^替亲友 徐\* 办.*授权到 12 月 19 日（周六）为止/ }).getAttribute('href')).toBe(
      '/features/delegation/detail/index?id=d1'
    )
  })
})
