import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { LibraryLicence } from '../../contract/gateways/licence-library'
import type { LicenceCard, LicenceList } from '../../contract/licences'
import type { MessageList } from '../../contract/messages'
import { api } from './journey'
import { hukou, idCard, paper } from './papers'
import { signIn, type Browser } from './sign-in'
import { mother, startWorld, type World } from './world'

describe('证照库正在答，变更先到了：答的是变更以前的样子，不拿它盖掉变更', () => {
  let world: World
  let browser: Browser
  let meanwhile: (() => Promise<void>)[]
  let asked: string[][]
  before(async () => {
    world = await startWorld()
    const { licenceLibrary } = world.deps.gateways
    const { query } = licenceLibrary
    licenceLibrary.query = async (look) => {
      const reply = await query(look)
      asked.push(look.types)
      await meanwhile.shift()?.()
      return reply
    }
  })
  beforeEach(async () => {
    meanwhile = []
    asked = []
    world.outside.licences = [idCard(mother), hukou(mother)]
    world.pass(11 * 60_000)
    browser = (await signIn(world, mother)).browser
    await look()
    await api(browser, 'POST', '/licences/claims', {})
    world.pass(11 * 60_000)
    browser = (await signIn(world, mother)).browser
    asked = []
  })
  after(async () => world.close())

  const look = async (): Promise<LicenceCard[]> => (await api<LicenceList>(browser, 'GET', '/licences')).licences
  const statuses = async (type: string) => (await look()).filter((each) => each.type === type).map(({ status }) => status).sort()
  const titles = async () => (await api<MessageList>(browser, 'GET', '/messages?limit=50')).messages.map(({ title }) => title)
  /** 源头变了，随即推来。 */
  const changed = (licence: LibraryLicence, listed: LibraryLicence[]) => async () => {
    world.outside.licences = listed
    world.pass(1000)
    const payload = { eventId: randomUUID(), at: new Date(world.deps.now()).toISOString(), licence, reason: null }
    const reply = await world.app.inject({ method: 'POST', url: '/api/v1/licences/changes', payload })
    assert.equal(reply.statusCode, 200, reply.body)
  }

  test('吊销先到：还是吊销，没有谁听说它恢复了；只有这一类再问一次', async () => {
    const revoked: LibraryLicence = { ...idCard(mother), status: 'revoked' }
    meanwhile = [changed(revoked, [revoked, hukou(mother)])]
    assert.deepEqual(await statuses('id-card'), ['revoked'])
    const told = await titles()
    assert.deepEqual([told.filter((title) => title === '居民身份证已吊销').length, told.includes('居民身份证已恢复')], [1, false])
    assert.ok((asked[0]?.length ?? 0) > 1)
    assert.deepEqual(asked.slice(1), [['id-card']])
  })

  test('换发先到：新的有效、旧的已换发，没有谁听说哪一本注销了', async () => {
    const diploma = (version: number) => paper('diploma', mother, { 姓名: mother.name }, { version })
    await changed(diploma(1), [idCard(mother), hukou(mother), diploma(1)])()
    meanwhile = [changed(diploma(2), [idCard(mother), hukou(mother), diploma(2)])]
    assert.deepEqual(await statuses('diploma'), ['changed', 'valid'])
    assert.ok(!(await titles()).includes('学历证书已注销'))
    assert.deepEqual(asked.slice(1), [['diploma']])
  })

  test('再问时又有变更先到：以到了的为准，不问个没完', async () => {
    const as = (status: LibraryLicence['status']): LibraryLicence => ({ ...hukou(mother), status })
    meanwhile = [
      changed(as('suspended'), [idCard(mother), as('suspended')]),
      changed(as('cancelled'), [idCard(mother), as('cancelled')])
    ]
    assert.deepEqual(await statuses('hukou'), ['cancelled'])
    assert.equal(asked.length, 2)
  })

  test('没有变更先到：问一次就够；同时有两处在问，也不互相推翻', async () => {
    assert.deepEqual(await statuses('id-card'), ['valid'])
    assert.equal(asked.length, 1)
    world.pass(11 * 60_000)
    browser = (await signIn(world, mother)).browser
    asked = []
    const suspensions = async () => (await titles()).filter((title) => title === '居民户口簿被暂扣').length
    const before = await suspensions()
    world.outside.licences = [idCard(mother), { ...hukou(mother), status: 'suspended' }]
    meanwhile = [async () => void (await look())]
    assert.deepEqual(await statuses('hukou'), ['suspended'])
    assert.equal(await suspensions(), before + 1)
  })
})
