import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Home } from '../../contract/home'
import { api, complete, deliverAll, signAndSubmit, startDraft } from './journey'
import { father, idCard, marriage, paper } from './papers'
import { openBrowser, signIn, signInOnly } from './sign-in'
import { mother, startWorld, stranger, type World } from './world'

const married = { born: 'here', hukou: 'jy', wed: 'married', ins: 'emp', sub: 'y' }

describe('首页：与我有关', () => {
  let world: World
  before(async () => {
    world = await startWorld()
  })
  after(async () => {
    await world.close()
  })

  const home = (browser: Parameters<typeof api>[0]) => api<Home>(browser, 'GET', '/home')

  test('草稿、快到期的证照、在办的、等我答复的邀请、未读消息，各归各', async () => {
    world.outside.licences = [
      idCard(mother),
      marriage(mother),
      idCard(father),
      paper('social-card', mother, { 姓名: mother.name }, { validTo: '2026-12-01' }),
      paper('driver-licence', mother, { 准驾车型: 'C1' }, { validTo: '2026-11-25' })
    ]
    const { browser } = await signIn(world, mother)
    const { browser: spouse } = await signIn(world, father)
    const draft = await startDraft(browser, 'newborn', married)
    await api(
      browser,
      'POST',
      `/drafts/${draft.id}/invitations`,
      { materialIds: ['idc-sp'], holderName: father.name, holderIdNumber: father.idNumber },
      201
    )
    await deliverAll(world)
    const own = await home(browser)
    assert.deepEqual(
      own.drafts.map(({ id }) => id),
      [draft.id]
    )
    assert.deepEqual(
      own.expiring.map(({ type }) => type),
      ['driver-licence', 'social-card']
    )
    assert.deepEqual([own.waiting, own.running, own.invitations], [[], [], []])
    const asked = await home(spouse)
    assert.deepEqual([asked.drafts, asked.invitations.map(({ status }) => status), asked.unreadMessages], [[], ['pending'], 1])

    const retirement = await complete(browser, await startDraft(browser, 'retirement', { kind: 'res', pre: 'n', one: 'n', fund: 'n' }))
    const { submissionId } = await signAndSubmit(world, browser, mother, retirement.id)
    const after = await home(browser)
    assert.deepEqual(
      after.running.map(({ id }) => id),
      [submissionId]
    )
    assert.deepEqual(
      after.drafts.map(({ id }) => id),
      [draft.id]
    )
    assert.ok(after.unreadMessages > 0)
  })

  test('什么也没有的人，看到的是空的，不是别人的', async () => {
    const { browser } = await signIn(world, stranger)
    assert.deepEqual(await home(browser), { drafts: [], waiting: [], running: [], expiring: [], invitations: [], unreadMessages: 0 })
  })

  test('没登录 401；没同意隐私说明 403；没同意敏感信息的不去查证照', async () => {
    await api(openBrowser(world), 'GET', '/home', undefined, 401)
    const shy = await signInOnly(world, { ...stranger, idNumber: '320281199901010018' })
    await api(shy, 'GET', '/home', undefined, 403)
    const { version } = await api<{ version: string }>(shy, 'GET', '/identity/notice')
    await api(shy, 'POST', '/identity/consents', { version, kinds: ['privacy'] })
    assert.deepEqual((await home(shy)).expiring, [])
  })
})
