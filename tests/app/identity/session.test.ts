import { waitFor } from '@testing-library/react'
import type { Me } from '../../../contract/identity'
import { ApiError } from '../../../src/api/api-error'
import * as api from '../../../src/api/identity'
import { forget, keep, readKept } from '../../../src/api/kept'
import { readStored, storedKeys } from '../../../src/platform/storage'
import { keepNoticeChoice, readNoticeChoice } from '../../../src/session/notice-choice'
import { followOtherTabs, restoreSession, sessionNow, setMe, signIn, signOut, signedOut, switchSubject } from '../../../src/session/session'
import { accessToken, actingFor } from '../../../src/session/tokens'
import Taro from '../stubs/taro'

jest.mock('../../../src/api/identity')
const server = jest.mocked(api)

const self = { id: 'self', kind: 'natural_person', role: 'self', maskedName: '林*', maskedIdCode: '320***********0029' } as const
const child = { id: 'child', kind: 'natural_person', role: 'guardian', maskedName: '小*', maskedIdCode: null } as const
const consent = { kind: 'privacy', version: 'v2', givenAt: '2026-11-21T00:00:00.000Z' }
const person = (consents: Me['consents']): Me => ({
  accountId: 'account', maskedName: '林*', maskedIdNumber: '320***********0029', maskedPhone: null, noticeVersion: 'v2',
  realNameLevel: 4, age: 31, subjects: [self, child], consents, reauthenticatedUntil: null, unreadMessages: 0, wechatBound: false
})
const other: Me = { ...person([consent]), accountId: 'other', maskedName: '陈*', subjects: [{ ...self, id: 'other-self' }] }
const problem = (code: ApiError['code'], status: number) => new ApiError(code, status)
const personalKeys = () => storedKeys('kept.').filter((key) => !key.startsWith('kept.public/'))

beforeEach(() => {
  signedOut()
  server.refresh.mockResolvedValue({ accessToken: 'a', expiresInSeconds: 900 })
  server.logout.mockResolvedValue(null)
})

test('登录前勾好的同意，登录后自动交上，只用这一次', async () => {
  keepNoticeChoice('v2', ['privacy', 'minor'])
  server.readMe.mockResolvedValue(person([]))
  server.giveConsents.mockResolvedValue(person([consent]))
  await restoreSession()
  expect(server.giveConsents).toHaveBeenCalledWith('v2', ['privacy', 'minor'])
  expect(sessionNow().status).toBe('in')
  expect(readNoticeChoice()).toEqual({ version: 'v2', kinds: null })
})

test('没有选过、或读的是旧版本：不替人同意，打开隐私说明，手机上什么都不留', async () => {
  keepNoticeChoice('v1', ['privacy'])
  server.readMe.mockResolvedValue(person([{ ...consent, version: 'v1' }]))
  await restoreSession()
  expect(server.giveConsents).not.toHaveBeenCalled()
  expect(sessionNow().status).toBe('consenting')
  expect(Taro.navigateTo).toHaveBeenCalledWith({ url: '/features/identity/notice/index' })
  expect(readKept('me')).toBeUndefined()
})

test('没有登录过：是「未登录」；服务端正在启动或太忙：不算退出，留着的内容还在', async () => {
  server.refresh.mockRejectedValueOnce(problem('unauthenticated', 401))
  await restoreSession()
  expect(sessionNow().status).toBe('out')
  for (const error of [problem('not_ready', 503), problem('rate_limited', 429), problem('offline', 0)]) {
    keep('me', person([consent]), 1)
    server.refresh.mockRejectedValueOnce(error)
    await restoreSession()
    expect([sessionNow().status, sessionNow().me?.maskedName, personalKeys().includes('kept.me')]).toEqual(['unreachable', '林*', true])
  }
})

test('会话在别处被结束：清掉手机上的个人内容，留下为什么，再登录就不提了', async () => {
  setMe(person([consent]))
  keep('home/self', {}, 1)
  server.refresh.mockRejectedValueOnce(problem('session_reused', 401))
  await restoreSession()
  expect([sessionNow().status, sessionNow().endedBy?.code, personalKeys()]).toEqual(['out', 'session_reused', []])
  setMe(person([consent]))
  expect(sessionNow().endedBy).toBeNull()
})

test('自己退出的、本来就没登录的，不说登录过期', async () => {
  setMe(person([consent]))
  await signOut()
  expect(sessionNow().endedBy).toBeNull()
  server.refresh.mockRejectedValueOnce(problem('unauthenticated', 401))
  await restoreSession()
  expect([sessionNow().status, sessionNow().endedBy]).toEqual(['out', null])
})

test('退出登录：服务端联系不上也照样退，个人内容全清，目录留着', async () => {
  setMe(person([consent]))
  keep('home/self', {}, 1)
  keep('public/catalogue', {}, 1)
  server.logout.mockRejectedValueOnce(problem('offline', 0))
  await signOut()
  expect([sessionNow().status, sessionNow().me, personalKeys()]).toEqual(['out', null, []])
  expect(readKept('public/catalogue')).toBeDefined()
})

test('替孩子办：请求带着孩子，刷新以后还是替孩子；孩子不再归我管就回到自己', async () => {
  setMe(person([consent]))
  switchSubject(child)
  expect(actingFor()).toBe('child')
  server.readMe.mockResolvedValue(person([consent]))
  await restoreSession()
  expect(sessionNow().acting).toEqual(child)
  setMe({ ...person([consent]), subjects: [self] })
  expect([sessionNow().acting, actingFor()]).toEqual([self, null])
})

test('要登录时打开登录页，带着回来的地址；还没同意隐私说明的，先去看', async () => {
  await signIn('/pages/me/index')
  expect(Taro.navigateTo).toHaveBeenLastCalledWith({ url: '/features/identity/sign-in/index?return=%2Fpages%2Fme%2Findex' })
  setMe(person([]))
  await signIn('/pages/me/index')
  expect(Taro.navigateTo).toHaveBeenLastCalledWith({ url: '/features/identity/notice/index?return=%2Fpages%2Fme%2Findex' })
})

test('别的窗口退出了，这个窗口跟着退', async () => {
  setMe(person([consent]))
  const stop = followOtherTabs()
  forget('me')
  window.dispatchEvent(new StorageEvent('storage', { key: 'zsb.kept.me', newValue: null }))
  await waitFor(() => expect(sessionNow().status).toBe('out'))
  stop()
  expect(readStored('stays-out')).toBeUndefined()
})

test('没退出就换了别人登录：前一个人留在手机上的都清掉，替谁办也不留', () => {
  setMe(person([consent]))
  switchSubject(child)
  keep('home', {}, 1)
  const removed = jest.spyOn(Storage.prototype, 'removeItem')
  setMe(other)
  expect(removed).toHaveBeenCalledWith('zsb.kept.home')
  expect(removed).not.toHaveBeenCalledWith('zsb.kept.me') // 别的窗口会当成退出
  removed.mockRestore()
  expect([sessionNow().acting?.id, sessionNow().lost, actingFor()]).toEqual(['other-self', null, null])
  expect(readKept('home')).toBeUndefined()
  expect(readKept<Me>('me')?.data.accountId).toBe('other')
})

test('别的窗口换了人登录：这个窗口也换成那个人，不拿这个人的名字办那个人的事；同一个人的更新不打扰', async () => {
  const changed = () => window.dispatchEvent(new StorageEvent('storage', { key: 'zsb.kept.me', newValue: '{}' }))
  setMe(person([consent]))
  const stop = followOtherTabs()
  server.readMe.mockClear()
  changed()
  expect([sessionNow().me?.accountId, server.readMe.mock.calls.length]).toEqual(['account', 0])
  keep('me', other, 1)
  server.readMe.mockResolvedValue(other)
  changed()
  expect([sessionNow().status, accessToken()]).toEqual(['starting', null])
  await waitFor(() => expect(sessionNow().status).toBe('in'))
  expect([sessionNow().me?.accountId, sessionNow().acting?.id]).toEqual(['other', 'other-self'])
  stop()
})

test('断着网退出：手机上什么都不留；连上网先告诉服务器，再也接不回去', async () => {
  server.readMe.mockResolvedValue(person([consent]))
  await restoreSession()
  server.logout.mockRejectedValueOnce(problem('offline', 0))
  await signOut()
  expect([sessionNow().status, personalKeys()]).toEqual(['out', []])
  server.refresh.mockRejectedValueOnce(problem('offline', 0))
  await restoreSession()
  expect(sessionNow().status).toBe('out')
  server.logout.mockClear()
  server.refresh.mockResolvedValueOnce({ accessToken: 'b', expiresInSeconds: 900 })
  server.refresh.mockRejectedValueOnce(problem('unauthenticated', 401))
  await restoreSession()
  expect(server.logout).toHaveBeenCalledTimes(1)
  expect(sessionNow().status).toBe('out')
  expect(readStored('untold-sign-out')).toBeUndefined()
})
