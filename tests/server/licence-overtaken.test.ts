import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import type { LibraryLicence } from '../../contract/gateways/licence-library'
import type { LicenceCard, LicenceList } from '../../contract/licences'
import type { MessageList } from '../../contract/messages'
import type { TraceList } from '../../contract/traces'
import { holdingsOf, shareOf } from '../../server/modules/licence/service'
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
    meanwhile = [async () => void (await api(browser, 'POST', '/licences/claims', {}))]
    assert.deepEqual(await statuses('hukou'), ['suspended'])
    assert.equal(await suspensions(), before + 1)
  })

  const fetches = async (start: string) => {
    const { traces } = await api<TraceList>(browser, 'GET', '/traces?limit=50')
    return traces.filter(({ action, purpose }) => action === 'fetch' && purpose.startsWith(start)).map(({ purpose }) => purpose)
  }
  const subjectOf = async (type: string) => (await look()).find((each) => each.type === type)?.subjectId ?? assert.fail()
  /** Until nobody asks the database anything. */
  const quiet = async () => {
    const { pool } = world.deps
    do await setImmediate()
    while (pool.waitingCount > 0 || pool.idleCount < pool.totalCount)
  }

  test('几处同时为同一件事来看：证照库只问一次，足迹一条；另有用途的另问一次，另有一条', async () => {
    const subjectId = await subjectOf('id-card')
    world.pass(11 * 60_000)
    browser = (await signIn(world, mother)).browser
    asked = []
    const seeing = (purpose: string) => holdingsOf(world.deps, { subjectId, types: ['id-card', 'hukou'], purpose })
    const others: ReturnType<typeof seeing>[] = []
    meanwhile = [
      async () => {
        others.push(seeing('同看：甲'), seeing('同看：甲'))
        await quiet()
        others.push(seeing('同看：乙'))
        await quiet()
      }
    ]
    const seen = [await seeing('同看：甲'), ...(await Promise.all(others))]
    assert.deepEqual(seen.map(({ licences }) => licences.length), [2, 2, 2, 2])
    assert.equal(asked.length, 2)
    assert.deepEqual((await fetches('同看')).sort(), ['同看：乙', '同看：甲'])
  })

  test('几处同时为同一件事取共享数据：只问一次，足迹一条', async () => {
    const subjectId = await subjectOf('id-card')
    const sharing = () => shareOf(world.deps, { subjectId, system: 'social-insurance', purpose: '同取' })
    const { dataShare } = world.deps.gateways
    const { query } = dataShare
    const others: ReturnType<typeof sharing>[] = []
    dataShare.query = async (ask) => {
      dataShare.query = query
      const reply = await query(ask)
      others.push(sharing(), sharing())
      await quiet()
      return reply
    }
    const one = await sharing()
    assert.deepEqual(await Promise.all(others), [one, one])
    assert.deepEqual(await fetches('同取'), ['同取'])
  })

  test('登录时问过名下企业，再同意另外几份不再问', async () => {
    const before = (await fetches('核对名下企业')).length
    const { version } = await api<{ version: string }>(browser, 'GET', '/identity/notice')
    for (const kinds of [['sensitive'], ['minor'], ['privacy', 'sensitive']])
      await api(browser, 'POST', '/identity/consents', { version, kinds })
    assert.equal((await fetches('核对名下企业')).length, before)
  })
})
