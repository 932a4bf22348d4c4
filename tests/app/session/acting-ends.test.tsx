import { act, fireEvent, render, screen, waitFor } from '@testing-library/react'
import type { AxiosAdapter } from 'axios'
import type { Me } from '../../../contract/identity'
import { asApiError } from '../../../src/api/api-error'
import { call } from '../../../src/api/client'
import { useResource } from '../../../src/api/resource'
import { ActingEnd } from '../../../src/session/acting-end'
import { sessionNow, setMe, signedOut, switchSubject } from '../../../src/session/session'

jest.mock('../../../src/session/live', () => ({ useLive: jest.fn() }))

const self = { id: 'self', kind: 'natural_person', role: 'self', maskedName: '许*', maskedIdCode: null } as const
const delegation = { id: 'd1', until: '2026-12-19T16:00:00.000Z' }
const elder = { ...self, id: 'elder', role: 'proxy', maskedName: '徐*', delegation } as const
const child = { ...self, id: 'child', role: 'guardian', maskedName: '小*' } as const
const person = (...subjects: Me['subjects']): Me => ({
  accountId: 'account', maskedName: '许*', maskedIdNumber: '', maskedPhone: null, noticeVersion: 'v1', realNameLevel: 4, age: 50, subjects,
  consents: [{ kind: 'privacy', version: 'v1', givenAt: '2026-11-19T00:00:00.000Z' }], reauthenticatedUntil: null, unreadMessages: 0,
  wechatBound: false
})

const sent: string[] = []
/** What the server holds true at this moment. */
let truth = person(self)
const adapter: AxiosAdapter = async (config) => {
  const subject = String(config.headers.get('x-acting-for') ?? 'self')
  sent.push(`${config.method} ${config.url} ${subject}`)
  const related = truth.subjects.some(({ id }) => id === subject)
  if (!related || config.url === '/not-for-anybody') throw { response: { status: 403, data: { code: 'forbidden' } } }
  return { data: config.url === '/identity/me' ? truth : { of: subject }, status: 200, statusText: '', headers: {}, config }
}
jest.mock('../../../src/platform/request', () => ({ requestAdapter: (config: never) => adapter(config) }))

function Shown({ url }: { url: string }) {
  const { data, error } = useResource<{ of: string }>(`thing${url}`, () => call('get', url))
  return <p>{error?.code ?? (data ? `这是 ${data.of} 的` : '在读')}</p>
}
const pages = (...urls: string[]) => render(<><ActingEnd />{urls.map((url) => <Shown key={url} url={url} />)}</>)
const said = () => screen.queryByRole('button', { name: /^替亲友 徐\* 办的授权结束了/ })

beforeEach(() => {
  signedOut()
  truth = person(self, elder, child)
  setMe(truth)
  act(() => switchSubject(elder))
  sent.length = 0
})

test('授权没了：哪一页先被拒，都换回自己，说一次，按自己重读；一起被拒的只核对一次', async () => {
  truth = person(self, child)
  pages('/a', '/b')
  await waitFor(() => expect(screen.getAllByText('这是 self 的')).toHaveLength(2))
  expect(sessionNow().acting?.id).toBe('self')
  expect(sent.filter((line) => line.includes('/identity/me'))).toEqual(['get /identity/me self'])
  expect(said()?.closest('[role=status]')).toBeTruthy()
  fireEvent.click(said() as HTMLElement)
  expect(said()).toBeNull()
  act(() => setMe(truth))
  expect(said()).toBeNull()
})

test('替对方做的事被拒了，不会变成替自己做', async () => {
  truth = person(self, child)
  const refusal = await call('post', '/things', {}).catch(asApiError)
  expect(refusal).toMatchObject({ code: 'forbidden' })
  await waitFor(() => expect(sessionNow().acting?.id).toBe('self'))
  expect(sent.filter((line) => line.startsWith('post'))).toEqual(['post /things elder'])
})

test('关系还在、只是这一项不行：不换人，不说，也不反复去问', async () => {
  pages('/not-for-anybody')
  await waitFor(() => expect(sent).toContain('get /identity/me self'))
  await screen.findByText('forbidden')
  expect([sessionNow().acting?.id, said(), sent.length]).toEqual(['elder', null, 2])
})

test('给自己办的时候被拒，用不着核对', async () => {
  act(() => switchSubject(self))
  await call('get', '/not-for-anybody').catch(asApiError)
  expect(sent).toEqual(['get /not-for-anybody self'])
})

test('孩子不再归我管，也说一声；自己换了人就不用再说', () => {
  act(() => switchSubject(child))
  pages()
  act(() => setMe(person(self, elder)))
  expect(screen.getByRole('button', { name: /^现在不能再替孩子「小\*」办了/ })).toBeTruthy()
  act(() => switchSubject(elder))
  expect(screen.queryByRole('button')).toBeNull()
})
