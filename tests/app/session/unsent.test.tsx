import { act, render, renderHook, screen } from '@testing-library/react'
import { ApiError } from '../../../src/api/api-error'
import type { Me } from '../../../contract/identity'
import * as api from '../../../src/api/identity'
import { setMe, signOut } from '../../../src/session/session'
import { SignedIn } from '../../../src/session/signed-in'
import { renewTokens } from '../../../src/session/tokens'
import { useUnsent } from '../../../src/session/unsent'

jest.mock('../../../src/api/identity')

/** 写到一半登录过期：说明白，同一个人登录回来写的还在；别人、自己退出的，什么也不留。 */
const consent = { kind: 'privacy', version: 'v1', givenAt: '2026-11-21T00:00:00.000Z' } as const
const person = (accountId: string): Me => ({
  accountId, maskedName: '林*', maskedIdNumber: '320***********0029', maskedPhone: null, noticeVersion: 'v1', realNameLevel: 4, age: 31,
  subjects: [{ id: accountId, kind: 'natural_person', role: 'self', maskedName: '林*', maskedIdCode: null }], consents: [consent],
  reauthenticatedUntil: null, unreadMessages: 0, wechatBound: false
})
const nothing = { text: '' }
const typing = () => renderHook(() => useUnsent('objection/1', nothing))
async function lose() {
  jest.mocked(api.refresh).mockRejectedValueOnce(new ApiError('session_expired', 401))
  await act(async () => void (await renewTokens()))
}
function type(text: string) {
  const page = typing()
  act(() => page.result.current[1]({ text }))
  return page
}
const found = () => typing().result.current[0]

beforeEach(() => setMe(person('a')))
afterEach(() => sessionStorage.clear())

test('登录过期：同一个人登录回来，写的还在，只还一次', async () => {
  const page = type('我没去过')
  await lose()
  page.unmount()
  setMe(person('a'))
  const back = typing()
  expect(back.result.current[0]).toEqual({ text: '我没去过' })
  back.unmount()
  expect(found()).toBe(nothing)
})

test('换了别人登录、自己退出、没过期就离开这一页：什么也不留', async () => {
  type('我没去过')
  await lose()
  setMe(person('b'))
  expect(found()).toBe(nothing)
  type('又写的').unmount()
  expect(found()).toBe(nothing)
  type('又写的')
  jest.mocked(api.logout).mockResolvedValueOnce(null)
  await act(signOut)
  setMe(person('b'))
  expect([found(), sessionStorage.length]).toEqual([nothing, 0])
})

test('登录过期了，页面上说明白；自己退出的不说', async () => {
  render(<SignedIn title='登录后看足迹' why='谁看过都在这里。' returnTo='/'>足迹</SignedIn>)
  await lose()
  expect(await screen.findByText('登录已过期。请重新登录，登录后会回到这里。')).toBeTruthy()
  act(() => setMe(person('a')))
  expect(screen.getByText('足迹')).toBeTruthy()
  jest.mocked(api.logout).mockResolvedValueOnce(null)
  await act(signOut)
  expect([screen.queryByText(/登录已过期/), screen.queryByText('足迹')]).toEqual([null, null])
})
