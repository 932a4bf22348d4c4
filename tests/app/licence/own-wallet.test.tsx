import { fireEvent, render, screen, waitFor } from '@testing-library/react'
import type { Me } from '../../../contract/identity'
import { listLicences, readLicence } from '../../../src/api/licences'
import DetailPage from '../../../src/features/licence/detail/index'
import ListPage from '../../../src/features/licence/list/index'
import { sessionNow, setMe, signedOut, switchSubject } from '../../../src/session/session'
import Taro, { params } from '../stubs/taro'

jest.mock('../../../src/api/licences')
jest.mock('../../../src/session/live', () => ({ useLive: jest.fn() }))

const self = { id: 'self', kind: 'natural_person', role: 'self', maskedName: '许*', maskedIdCode: null } as const
const until = '2026-12-19T16:00:00.000Z'
const elder = { ...self, id: 'elder', role: 'proxy', maskedName: '徐*', delegation: { id: 'd1', until } } as const
const child = { ...self, id: 'child', role: 'guardian', maskedName: '许小*' } as const
const me: Me = {
  accountId: 'account', maskedName: '许*', maskedIdNumber: '', maskedPhone: null, noticeVersion: 'v1', realNameLevel: 4, age: 50,
  subjects: [self, elder, child], consents: [{ kind: 'privacy', version: 'v1', givenAt: '2026-11-19T00:00:00.000Z' }],
  reauthenticatedUntil: null, unreadMessages: 0, wechatBound: false
}
const noon = '2026-11-20T04:00:00.000Z'

beforeEach(() => {
  for (const name of Object.keys(params)) delete params[name]
  jest.mocked(listLicences).mockResolvedValue({ licences: [], withheld: [], fetchedAt: noon, trustedUntil: noon, libraryReachable: true })
  jest.mocked(readLicence).mockReturnValue(new Promise(() => undefined))
  signedOut()
  setMe(me)
  switchSubject(elder)
})

test('凭授权替别人办：不问服务器就说证照不在授权里，免得对方足迹里多一条被拒；换回自己看得到自己和孩子的', async () => {
  render(<ListPage />)
  expect(screen.getByText('现在替亲友 徐* 办，证照不在授权里')).toBeTruthy()
  expect(listLicences).not.toHaveBeenCalled()
  fireEvent.click(screen.getByRole('button', { name: '换回自己，看我的证照' }))
  await waitFor(() => expect(listLicences).toHaveBeenCalledTimes(1))
  expect(sessionNow().acting?.id).toBe('self')
  expect(screen.getAllByRole('radio')).toHaveLength(2)
  expect(screen.getByRole('radio', { name: /许小\*.*你是监护人/ })).toBeTruthy()
  expect(screen.queryByRole('radio', { name: /徐/ })).toBeNull()
})

test('从别处点进一本证照也一样，换回自己去的是自己的清单', () => {
  params.id = 'licence'
  render(<DetailPage />)
  expect(readLicence).not.toHaveBeenCalled()
  fireEvent.click(screen.getByRole('button', { name: '换回自己，看我的证照' }))
  expect(sessionNow().acting?.id).toBe('self')
  expect(Taro.redirectTo).toHaveBeenCalledWith({ url: '/features/licence/list/index' })
})
