import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { PendingReadingList } from '../../contract/codes'
import type { ReadCode } from '../../contract/gateways/readers'
import { demoIdNumber } from '../../mock/numbers'
import { motherEachTime, refusalOf, type CodeWorld } from './codes'
import { api } from './journey'
import { paper } from './papers'
import { signIn, signInOnly, type Browser } from './sign-in'
import { mother, stranger, type World } from './world'

const desk = 'hospital-desk'
const insured = { 参保状态: '正常参保', 参保类型: '职工医保', 参保地: '江阴' }

describe('苏服码：从证照与共享数据里读的格', () => {
  let codes: CodeWorld
  let world: World
  let browser: Browser
  motherEachTime(30 * 60_000, (begun) => {
    ({ codes, world, browser } = begun)
    world.outside.shared = { 医保信息平台: { [mother.idNumber]: insured } }
  })

  const pending = async (by = browser) => (await api<PendingReadingList>(by, 'GET', '/codes/pending-readings')).pending
  async function asked(scene: string, reader: string, by = browser): Promise<string> {
    return (await codes.await({ code: (await codes.issue(by)).text, scene }, reader)).readingId
  }
  async function answer(id: string, agree: boolean, by = browser): Promise<void> {
    world.pass(1)
    await api(by, 'POST', `/codes/pending-readings/${id}/answer`, { agree }, 204)
  }
  async function agreed(scene: string, reader: string, by = browser): Promise<ReadCode['fields']> {
    const id = await asked(scene, reader, by)
    await answer(id, true, by)
    const reply = await codes.poll(id, reader)
    assert.equal(reply.statusCode, 200, reply.body)
    return reply.json<ReadCode>().fields
  }

  test('就医挂号：先问姓名、参保状态；同意了正好给这两格；足迹写着哪两格，没有值', async () => {
    const id = await asked('clinic', desk)
    const [one] = await pending()
    assert.deepEqual([one?.organisation, one?.place, one?.fields, one?.purpose], ['江阴市人民医院（演示）', '门诊挂号收费处', ['姓名', '参保状态'], '挂号'])
    await answer(id, true)
    const reply = await codes.poll(id, desk)
    assert.deepEqual(reply.json<ReadCode>().fields, [
      { key: 'identity.name', name: '姓名', text: mother.name, yes: null },
      { key: '医保信息平台.参保状态', name: '参保状态', text: '正常参保', yes: null }
    ])
    for (const beyond of ['职工医保', mother.idNumber]) assert.ok(!reply.body.includes(beyond), '多一格也不给')
    const trace = await codes.latest(browser)
    assert.deepEqual([trace?.actor, trace?.action, trace?.fields], ['江阴市人民医院（演示）门诊挂号收费处', 'read', ['姓名', '参保状态']])
    assert.match(trace?.purpose ?? '', /挂号.*医疗保障基金使用监督管理条例.*你点了同意/)
    assert.ok(!JSON.stringify(await codes.traces(browser)).includes('正常参保'))
  })

  test('不同意：什么也不给，共享数据问也没有去问', async () => {
    const someone = { ...stranger, name: '董演示', idNumber: demoIdNumber('1992-02-02', 21) }
    const by = (await signIn(world, someone)).browser
    const id = await asked('clinic', desk, by)
    await answer(id, false, by)
    assert.equal(refusalOf(await codes.poll(id, desk)), 'declined')
    const { action, fields } = (await codes.latest(by)) ?? assert.fail()
    assert.deepEqual([action, fields], ['refused', ['姓名', '参保状态']], '写的是它想看哪几格')
    assert.deepEqual((await codes.traces(by)).filter((trace) => trace.action === 'fetch' && trace.purpose === '挂号'), [])
  })

  test('那里查无此人、那里连不上：这一格空着，别的照给', async () => {
    const elsewhere = { ...stranger, name: '于演示', idNumber: demoIdNumber('1991-01-01', 22) }
    const known = [
      { key: 'identity.name', name: '姓名', text: elsewhere.name, yes: null },
      { key: '医保信息平台.参保状态', name: '参保状态', text: null, yes: null }
    ]
    const by = (await signIn(world, elsewhere)).browser
    assert.deepEqual(await agreed('clinic', desk, by), known)
    world.pass(11 * 60_000)
    world.outside.down.add('share')
    assert.deepEqual(await agreed('clinic', desk, (await signIn(world, elsewhere)).browser), known)
    world.outside.down.delete('share')
  })

  test('没有同意使用敏感信息：挂号、购药都不给', async () => {
    const shy = await signInOnly(world, { ...stranger, name: '万演示', idNumber: demoIdNumber('1998-08-08', 23) })
    const { version } = await api<{ version: string }>(shy, 'GET', '/identity/notice')
    await api(shy, 'POST', '/identity/consents', { version, kinds: ['privacy'] })
    for (const [scene, reader] of [['clinic', desk], ['pharmacy', 'hospital-pharmacy']] as const) {
      assert.equal(await codes.refusal({ code: (await codes.issue(shy)).text, scene }, reader), 'consent_missing')
    }
  })

  test('购药给医保电子凭证的凭证串，从本人的证照里读；凭证停用了就空着', async () => {
    const holder = { ...stranger, name: '季演示', idNumber: demoIdNumber('1994-04-04', 24) }
    const card = paper('medicare-code', holder, { 姓名: holder.name, 参保地: '江阴', 凭证串: 'DEMO-MEDICARE-000024' })
    const others = world.outside.licences
    const given = async () => {
      const by = (await signIn(world, holder)).browser
      return (await agreed('pharmacy', 'hospital-pharmacy', by)).map(({ key, text }) => [key, text])
    }
    world.outside.licences = [...others, card]
    assert.deepEqual(await given(), [['identity.name', '季*'], ['medicare-code.凭证串', 'DEMO-MEDICARE-000024']])
    world.outside.licences = [...others, { ...card, status: 'suspended' }]
    world.pass(11 * 60_000)
    assert.deepEqual((await given())[1], ['medicare-code.凭证串', null])
    world.outside.licences = others
  })

  test('一台核码端只读它登记的：医院药房读不了挂号的，窗口读不了医院的', async () => {
    for (const [scene, reader] of [['clinic', 'hospital-pharmacy'], ['clinic', 'hall-desk'], ['queue', desk]] as const) {
      assert.equal(await codes.refusal({ code: (await codes.issue(browser)).text, scene }, reader), 'scene_not_registered')
    }
  })
})
