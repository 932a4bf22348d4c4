import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { LibraryLicence } from '../../contract/gateways/licence-library'
import type { LicenceGrantList } from '../../contract/licences'
import type { Verification } from '../../contract/presentations'
import type { TraceList } from '../../contract/traces'
import { api } from './journey'
import { hukou } from './papers'
import { fullIdCard, licenceId, present, tokenOf, verify } from './presenting'
import { openBrowser, signIn, type Browser } from './sign-in'
import { mother, startWorld, stranger, type World } from './world'

describe('核证', () => {
  let world: World
  let browser: Browser
  let id: string
  before(async () => {
    world = await startWorld()
  })
  beforeEach(async () => {
    world.outside.down.clear()
    world.outside.licences = [fullIdCard()]
    await later()
    id = await licenceId(browser, 'id-card')
  })
  after(async () => {
    await world.close()
  })

  /** 证照库的答复已不新鲜；登录凭证也过期了，重新登录。 */
  const later = async () => {
    world.pass(11 * 60_000)
    browser = (await signIn(world, mother)).browser
  }
  const empty = { licence: null, sdJwt: null }
  const bare = ({ result, licence, sdJwt }: Verification) => ({ result, licence, sdJwt })

  test('谁都能核：真伪、状态与持证人选了给看的，别的一点没有', async () => {
    const shown = await present(browser, id, { fields: ['姓名'], predicates: ['adult'], purpose: '租房' })
    const seen = await verify(world, tokenOf(shown))
    assert.equal(seen.result, 'valid')
    assert.deepEqual(seen.licence?.shown, [
      { name: '姓名', text: mother.name, type: 's' },
      { name: '已满 18 周岁', text: '是' }
    ])
    assert.deepEqual(
      [seen.licence?.type, seen.licence?.name, seen.licence?.issuer, seen.licence?.purpose, seen.licence?.presentedAt],
      ['id-card', '居民身份证', null, '租房', shown.issuedAt]
    )
    for (const hidden of [mother.idNumber, '1995-01-01', '澄江街道']) assert.ok(!JSON.stringify(seen).includes(hidden), hidden)
    for (const hidden of ['住址', '1995-01-01', '澄江街道']) assert.ok(!decoded(seen.sdJwt).includes(hidden), hidden)
  })

  test('只证明已满 18 周岁：是哪里的公安局发的也不给；选了签发机关才给；没有这一格的证照给', async () => {
    const shown = await present(browser, id, { fields: [], predicates: ['adult'] })
    const seen = await verify(world, tokenOf(shown))
    assert.deepEqual([shown.issuer, seen.licence?.issuer], [null, null])
    for (const hidden of ['签发机关', '公安局（演示）']) {
      assert.ok(!JSON.stringify(seen).includes(hidden), hidden)
      assert.ok(!decoded(seen.sdJwt).includes(hidden), hidden)
    }
    const chosen = await present(browser, id, { fields: ['签发机关'] })
    const told = await verify(world, tokenOf(chosen))
    assert.deepEqual([chosen.issuer, told.licence?.issuer], ['演示签发机关', '演示签发机关'])
    world.outside.licences = [hukou(mother)]
    await later()
    const other = await present(browser, await licenceId(browser, 'hukou'), { fields: ['户主姓名'] })
    const said = (await verify(world, tokenOf(other))).licence
    assert.deepEqual([other.issuer, said?.issuer], ['演示签发机关', '演示签发机关'])
  })

  test('整个网址、十二位写法、小写带空格的写法，核的是同一个', async () => {
    for (const form of ['href', 'code', 'spoken'] as const) {
      const shown = await present(browser, id)
      const spoken = (shown.code.match(/.{4}/g) ?? []).join(' - ').toLowerCase()
      assert.equal((await verify(world, form === 'spoken' ? spoken : shown[form])).result, 'valid', form)
      assert.equal((await verify(world, tokenOf(shown))).result, 'spent', form)
    }
  })

  test('一次有效：第二次是 spent；两人同时核，只有一个核到', async () => {
    const shown = await present(browser, id)
    const both = await Promise.all([verify(world, tokenOf(shown)), verify(world, shown.code), verify(world, shown.href)])
    assert.deepEqual(both.map(({ result }) => result).sort(), ['spent', 'spent', 'valid'])
    assert.deepEqual(bare(await verify(world, tokenOf(shown))), { result: 'spent', ...empty })
  })

  test('60 秒有效，另容 5 秒；66 秒的截图没用', async () => {
    const [soon, late] = [await present(browser, id), await present(browser, id)]
    world.pass(65_000)
    assert.equal((await verify(world, tokenOf(soon))).result, 'valid')
    world.pass(1_000)
    assert.deepEqual(bare(await verify(world, tokenOf(late))), { result: 'spent', ...empty })
  })

  test('编出来的：not_genuine；字面上是别人的证件号、姓名、标识，也一样', async () => {
    const made = [
      'ABCDEFGHJKLM',
      'A'.repeat(22),
      mother.idNumber,
      id,
      fullIdCard().identifier,
      `${'x'.repeat(8)}' or 1=1 --`,
      '核核核核核核核核',
      '#'.repeat(9)
    ]
    const said = new Set<string>()
    for (const code of made) {
      const seen = await verify(world, code)
      assert.deepEqual(bare(seen), { result: 'not_genuine', ...empty }, code)
      said.add(seen.say)
    }
    assert.equal(said.size, 1, '每次都是同一句话')
  })

  test('亮出以后源头变了：按现在的状态说，给看的内容收回', async () => {
    const changes: [Partial<LibraryLicence>, Verification['result']][] = [
      [{ status: 'suspended' }, 'suspended'],
      [{ status: 'revoked' }, 'revoked'],
      [{ status: 'annulled' }, 'annulled'],
      [{ status: 'cancelled' }, 'cancelled'],
      [{ status: 'changed' }, 'replaced'],
      [{ validTo: '2026-11-18' }, 'expired']
    ]
    for (const [change, expected] of changes) {
      world.outside.licences = [fullIdCard()]
      await later()
      await licenceId(browser, 'id-card')
      // 查过快十分钟了才亮出：核的时候要再问一次。
      world.pass(599_000)
      const shown = await present(browser, id)
      world.outside.licences = [fullIdCard(change)]
      world.pass(30_000)
      const { result, licence, sdJwt } = await verify(world, tokenOf(shown))
      assert.deepEqual([result, licence?.shown, licence?.issuer, sdJwt], [expected, [], null, null])
      assert.equal(licence?.name, '居民身份证')
    }
  })

  test('证照库连不上：照上次知道的说，并说明是何时查到的', async () => {
    world.pass(599_000)
    const shown = await present(browser, id)
    world.pass(30_000)
    world.outside.down.add('library')
    const { result, say } = await verify(world, tokenOf(shown))
    assert.equal(result, 'valid')
    assert.match(say, /暂时连不上，状态是 \d\d:\d\d 查到的/)
  })

  test('亮完就退出登录：码收回', async () => {
    const leaving = (await signIn(world, mother)).browser
    const shown = await present(leaving, id)
    await leaving.send({ method: 'POST', url: '/api/v1/identity/logout' })
    assert.deepEqual(bare(await verify(world, tokenOf(shown))), { result: 'spent', ...empty })
  })

  test('没核到的，持证人也看得到：为什么、想看哪几格；一小时里同样的只一条；编的码不留', async () => {
    const refusals = async () => {
      const { traces } = await api<TraceList>(browser, 'GET', '/traces?of=refused')
      return traces.map(({ actor, actorKind, purpose, fields }) => [actor, actorKind, purpose.split('；')[1], fields])
    }
    const why = (text: string, fields: string[]) => ['扫你亮证码的人', 'reader', `已拒绝：${text}`, fields]
    await verify(world, 'ABCDEFGHJKLM')
    const begun = (await refusals()).length
    const spent = await present(browser, id, { fields: ['姓名', '住址'] })
    for (let time = 0; time < 4; time += 1) await verify(world, tokenOf(spent))
    const onlyUsed = (await refusals()).slice(0, -begun || undefined)
    assert.deepEqual(onlyUsed, [why('已经核验过', ['姓名', '住址'])])

    const back = await present(browser, id)
    const { grants } = await api<LicenceGrantList>(browser, 'GET', `/licences/${id}/grants`)
    await api(browser, 'POST', `/licence-grants/${grants.find(({ status }) => status === 'active')?.id}/revocation`)
    world.pass(1)
    await verify(world, tokenOf(back))
    assert.deepEqual((await refusals())[0], why('已经收回，或证照已作废', ['姓名']))
    const late = await present(browser, id)
    world.pass(66_000)
    await verify(world, tokenOf(late))
    assert.deepEqual((await refusals())[0], why('过了一分钟的有效时间', ['姓名']))
    assert.ok(!JSON.stringify(await refusals()).includes(mother.name))

    world.pass(3_600_000)
    browser = (await signIn(world, mother)).browser
    await verify(world, tokenOf(spent))
    assert.deepEqual((await refusals())[0], why('已经核验过', ['姓名', '住址']), '过了一小时，再有一条')
  })

  test('别人已登录也核得到，什么痕迹也不留在他那里', async () => {
    const shown = await present(browser, id)
    const other = (await signIn(world, stranger)).browser
    assert.equal((await api<Verification>(other, 'POST', '/verifications', { code: tokenOf(shown) })).result, 'valid')
    const { traces } = await api<TraceList>(other, 'GET', '/traces')
    assert.ok(!traces.some(({ purpose }) => purpose.includes('居民身份证')))
  })

  test('太短、太长的不看；一个地址一分钟最多六十次', async () => {
    const send = (code: string, address: string) =>
      openBrowser(world).send({ method: 'POST', url: '/api/v1/verifications', payload: { code }, remoteAddress: address })
    for (const code of ['short', 'x'.repeat(201)]) assert.equal((await send(code, '10.0.0.8')).statusCode, 422)
    const replies = await Promise.all(Array.from({ length: 61 }, () => send('ABCDEFGHJKLM', '10.0.0.9')))
    assert.deepEqual(new Set(replies.map(({ statusCode }) => statusCode)), new Set([200, 429]))
    assert.equal((await send('ABCDEFGHJKLM', '10.0.0.10')).statusCode, 200)
  })

  test('换发了新版：旧的是 replaced', async () => {
    world.pass(599_000)
    const shown = await present(browser, id)
    world.outside.licences = [fullIdCard({ version: 2 })]
    world.pass(30_000)
    assert.equal((await verify(world, tokenOf(shown))).result, 'replaced')
  })
})

/** SD-JWT 各段解开来的文字。 */
const decoded = (sdJwt: string | null): string =>
  (sdJwt ?? '')
    .split(/[~.]/)
    .map((part) => Buffer.from(part, 'base64url').toString())
    .join('\n')
