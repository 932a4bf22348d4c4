import type { AxiosAdapter } from 'axios'

const sent: { url?: string; actingFor: unknown }[] = []
const adapter: AxiosAdapter = async (config) => {
  sent.push({ url: config.url, actingFor: config.headers.get('x-acting-for') ?? null })
  return { data: {}, status: 200, statusText: '', headers: {}, config }
}
jest.mock('../../../src/platform/request', () => ({ requestAdapter: (config: never) => adapter(config) }))

test('代表的人不归我代表了，也读得到自己是谁、看得到那份授权、退得出去：关于账号自己的请求不带代表谁', async () => {
  const { readMe, logout } = await import('../../../src/api/identity')
  const { readDelegation, endDelegation, listDelegations } = await import('../../../src/api/delegations')
  const { readHome } = await import('../../../src/api/home')
  const { actFor } = await import('../../../src/session/tokens')
  actFor('elder')
  const asks = [readMe, logout, () => readDelegation('d1'), () => endDelegation('d1', 'resign'), listDelegations, readHome]
  for (const ask of asks) await ask()
  expect(sent).toEqual([
    { url: '/identity/me', actingFor: null },
    { url: '/identity/logout', actingFor: null },
    { url: '/delegations/d1', actingFor: null },
    { url: '/delegations/d1/end', actingFor: null },
    { url: '/delegations', actingFor: 'elder' },
    { url: '/home', actingFor: 'elder' }
  ])
})
