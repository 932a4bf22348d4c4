import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { startCodeWorld, type CodeWorld } from './codes'
import { daughter, delegate, elder, end } from './delegating'
import { api } from './journey'
import { actingFor, arrive, type Browser, type Somebody } from './sign-in'

describe('代办人亮老人的码：看的是老人的同意，不是代办人的', () => {
  let codes: CodeWorld
  let giver: Somebody
  let helper: Somebody
  let asElder: Browser
  before(async () => {
    codes = await startCodeWorld()
    giver = await arrive(codes.world, elder)
    helper = await arrive(codes.world, daughter)
    asElder = actingFor(helper.browser, giver.selfId)
    await delegate(codes.world, giver, helper, { scenes: ['queue', 'library'] })
  })
  after(async () => {
    await codes.world.close()
  })

  const consent = async ({ browser }: Somebody, kinds: string[]) => {
    const { version } = await api<{ version: string }>(browser, 'GET', '/identity/notice')
    await api(browser, 'POST', '/identity/consents', { version, kinds })
  }
  const withdraw = ({ browser }: Somebody, kinds: string[]) => api(browser, 'POST', '/identity/consents/withdraw', { kinds })
  const library = async () => ({ code: (await codes.issue(asElder)).text, scene: 'library' })
  const queue = async () => ({ code: (await codes.issue(asElder)).text, scene: 'queue' })

  test('授权了的场景读得到老人的；没授权的不给', async () => {
    assert.equal((await codes.read(await queue())).fields[0]?.text, '徐*')
    await codes.read(await library(), 'library-desk')
    assert.equal(await codes.refusal({ ...(await queue()), scene: 'check-in' }), 'beyond_delegation')
  })

  test('老人没同意用证照信息：代办人自己同意了也不给；不碰证照的照给', async () => {
    await withdraw(giver, ['sensitive'])
    assert.equal(await codes.refusal(await library(), 'library-desk'), 'consent_missing')
    await codes.read(await queue())
    await consent(giver, ['sensitive'])
  })

  test('代办人自己没同意用自己的证照信息：不碍老人的', async () => {
    await withdraw(helper, ['sensitive'])
    await codes.read(await library(), 'library-desk')
    await consent(helper, ['sensitive'])
  })

  test('老人收回了对隐私说明的同意：一样也不给', async () => {
    const shown = await queue()
    await withdraw(giver, ['privacy'])
    assert.equal(await codes.refusal(shown), 'consent_missing')
    await consent(giver, ['privacy'])
    const [given] = (await api<{ given: { id: string; status: string }[] }>(giver.browser, 'GET', '/delegations')).given
    if (given?.status === 'active') await end(giver, given.id, 'revoke')
  })
})
