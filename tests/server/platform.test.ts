import assert from 'node:assert/strict'
import { createPublicKey } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { buildApp } from '../../server/app'
import { limits } from '../../server/http/limits'
import { createLogger } from '../../server/http/logger'
import { openBrowser, signIn } from './sign-in'
import { mother, startWorld, stranger, type World } from './world'

describe('平台', () => {
  let world: World
  before(async () => {
    world = await startWorld()
  })
  after(() => world.close())

  test('/healthz 只看进程；/readyz 说出哪一样没好', async () => {
    assert.equal((await world.app.inject('/healthz')).statusCode, 200)
    assert.equal((await world.app.inject('/readyz')).statusCode, 200)
    const failing = async () => {
      throw new Error('boom')
    }
    const ailing = await buildApp(world.deps, { jobs: () => false, printer: failing })
    const reply = await ailing.inject('/readyz')
    assert.equal(reply.statusCode, 503)
    assert.equal(reply.json<{ detail: string }>().detail, '未就绪：jobs、printer')
    assert.equal((await ailing.inject('/healthz')).statusCode, 200)
    await ailing.close()
  })

  test('公钥人人可取：部门请求与回执各一把，不含私钥', async () => {
    const reply = await world.app.inject('/api/v1/.well-known/jwks.json')
    const { keys } = reply.json<{ keys: { kty: string; crv: string; x: string; kid: string }[] }>()
    const { departmentRequests, platformSigning } = world.deps.keys
    assert.deepEqual(
      keys.map(({ kid }) => kid),
      [departmentRequests.keyId, platformSigning.keyId]
    )
    for (const key of keys) {
      assert.equal(createPublicKey({ key, format: 'jwk' }).asymmetricKeyType, 'ed25519')
      assert.ok(!('d' in key))
    }
  })

  test('太频繁：429，说几秒后再试；按账号分开计', async () => {
    const { browser } = await signIn(world, mother)
    const { browser: other } = await signIn(world, stranger)
    const ask = (who: typeof browser) => who.send({ method: 'POST', url: '/api/v1/identity/reauthentication' })
    const allowed = await Promise.all(Array.from({ length: limits.signIn.max }, () => ask(browser)))
    assert.ok(allowed.every(({ statusCode }) => statusCode === 200))
    const reply = await ask(browser)
    const { code, retryAfterSeconds } = reply.json<{ code: string; retryAfterSeconds: number }>()
    assert.deepEqual([reply.statusCode, code], [429, 'rate_limited'])
    assert.ok(retryAfterSeconds >= 1 && retryAfterSeconds <= 60)
    assert.equal(reply.headers['retry-after'], String(retryAfterSeconds))
    assert.equal((await ask(other)).statusCode, 200)
  })

  test('日志里没有个人信息：记路由不记地址，谁写进去也会被隐去', async () => {
    const { browser } = await signIn(world, mother)
    await openBrowser(world).send({ method: 'GET', url: '/api/v1/identity/bind?ticket=secret-ticket' })
    const logged = world.logged.join('\n')
    const secrets = [
      mother.idNumber,
      mother.name,
      mother.phone ?? '',
      'secret-ticket',
      browser.accessToken ?? '',
      ...browser.cookies.values()
    ]
    for (const secret of secrets) assert.ok(!logged.includes(secret))
    assert.match(logged, /"route":"\/api\/v1\/identity\/bind"/)

    const lines: string[] = []
    const log = createLogger({ logLevel: 'info' }, { write: (line: string) => void lines.push(line) })
    log.info({ idNumber: mother.idNumber, person: { phone: mother.phone, level: 4 } }, '一句话')
    assert.ok(!lines.join('').includes(mother.idNumber) && !lines.join('').includes(mother.phone ?? ''))
    assert.match(lines.join(''), /"level":4.*一句话/)
  })
})
