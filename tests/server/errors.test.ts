import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { Problem, problems } from '../../contract/problems'
import { Refusal } from '../../server/errors'
import { GatewayUnavailable } from '../../server/gateways/ports'
import { createServer, type App } from '../../server/http/server'
import { startWorld, type World } from './world'

const Body = Type.Object(
  {
    name: Type.String({ minLength: 2, maxLength: 4 }),
    age: Type.Optional(Type.Integer({ minimum: 0, maximum: 150 })),
    day: Type.Optional(Type.String({ format: 'date' })),
    tags: Type.Optional(Type.Array(Type.Enum(['甲', '乙']), { maxItems: 2, uniqueItems: true }))
  },
  { additionalProperties: false }
)

describe('出错时的答复（RFC 9457）', () => {
  let world: World
  let app: App
  before(async () => {
    world = await startWorld()
    app = createServer(world.deps)
    app.post('/body', { schema: { body: Body } }, async (request) => request.body)
    app.get(
      '/query',
      { schema: { querystring: Type.Object({ limit: Type.Integer({ maximum: 50 }) }, { additionalProperties: false }) } },
      async ({ query }) => query
    )
    app.get('/params/:id', { schema: { params: Type.Object({ id: Type.String({ format: 'uuid' }) }) } }, async ({ params }) => params)
    app.get('/gateway', async () => {
      throw new GatewayUnavailable('电子证照库', new Error('ECONNREFUSED 10.0.0.1'))
    })
    app.get('/conflict', async () => {
      throw new Refusal('illegal_transition', { detail: '已经办结', allowedActions: ['rate'], current: { seq: 7 } })
    })
    app.get('/bug', async () => {
      throw new TypeError('undefined is not a function')
    })
    app.get('/database', async () => {
      await world.deps.pool.query(
        "create table if not exists person (id_number text unique); insert into person values ('320281199501010026')"
      )
      await world.deps.pool.query("insert into person values ('320281199501010026')")
    })
  })
  after(async () => {
    await app.close()
    await world.close()
  })

  const post = (payload: unknown, type = 'application/json') =>
    app.inject({
      method: 'POST',
      url: '/body',
      payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
      headers: { 'content-type': type }
    })
  const faults = async (payload: unknown) => {
    const reply = await post(payload)
    assert.equal(reply.statusCode, 422)
    return reply.json<{ errors: { pointer: string; code: string; message: string }[] }>().errors
  }

  test('媒体类型、traceId、标题都在，且符合约定的形状', async () => {
    const reply = await app.inject('/conflict')
    const problem = reply.json<Record<string, unknown>>()
    assert.equal(reply.headers['content-type'], 'application/problem+json; charset=utf-8')
    assert.equal(reply.headers['x-trace-id'], problem.traceId)
    assert.ok(Value.Check(Problem, problem))
    assert.deepEqual(
      { ...problem, traceId: '' },
      {
        type: 'urn:zhangshangban:problem:illegal_transition',
        title: problems.illegal_transition.title,
        status: 409,
        detail: '已经办结',
        code: 'illegal_transition',
        traceId: '',
        allowedActions: ['rate'],
        current: { seq: 7 }
      }
    )
  })

  test('正文逐处指出哪里不对、怎么改；不认识的项拒收，不悄悄去掉；类型不迁就', async () => {
    assert.deepEqual(await faults({}), [{ pointer: '/name', code: 'required', message: '缺少「name」，请补上' }])
    const errors = await faults({ name: '长长长长长', age: '30', day: '2026-02-30', tags: ['甲', '丙'], 'a/b~c': 1 })
    assert.deepEqual(errors, [
      { pointer: '/a~1b~0c', code: 'unknown', message: '不认识「a/b~c」这一项，请去掉' },
      { pointer: '/name', code: 'maxLength', message: '「name」最多 4 个字，请删短' },
      { pointer: '/age', code: 'type', message: '「age」应为整数，请改正' },
      { pointer: '/day', code: 'format', message: '「day」应为日期，如 2026-11-21' },
      { pointer: '/tags/1', code: 'enum', message: '「tags」第 2 项应为其中之一：甲、乙' }
    ])
    assert.deepEqual(
      (await faults([])).map(({ pointer }) => pointer),
      ['']
    )
    assert.deepEqual((await post({ name: '𠮷田' })).json(), { name: '𠮷田' })
  })

  test('地址里的参数按约定转换；写法不对逐处指出；标识写法不对就是没有这样东西', async () => {
    assert.deepEqual((await app.inject('/query?limit=7')).json(), { limit: 7 })
    for (const url of ['/query', '/query?limit=7a', '/query?limit=51', '/query?limit=1&x=2']) {
      const reply = await app.inject(url)
      assert.deepEqual([reply.statusCode, reply.json<{ code: string }>().code], [422, 'invalid_fields'], url)
    }
    assert.equal((await app.inject('/params/abc')).statusCode, 404)
  })

  test('不是 JSON、不接受的类型、1 MB 的文字、原型污染，各有明确的答复', async () => {
    const outcomes = [
      [await post('{"name":'), 400, 'bad_request'],
      [await post('<a/>', 'text/xml'), 400, 'bad_request'],
      [await post({ name: '字'.repeat(350_000) }), 413, 'payload_too_large'],
      [await post('{"__proto__":{"x":1},"name":"甲乙"}'), 400, 'bad_request'],
      [await post(''), 422, 'invalid_fields']
    ] as const
    for (const [reply, status, code] of outcomes) assert.deepEqual([reply.statusCode, reply.json<{ code: string }>().code], [status, code])
  })

  test('外部系统连不上：503，说出是哪个系统，不透露内部地址', async () => {
    const reply = await app.inject('/gateway')
    assert.equal(reply.statusCode, 503)
    assert.equal(reply.json<{ detail: string }>().detail, '电子证照库暂时连不上，请稍后再试')
    assert.ok(!reply.body.includes('10.0.0.1'))
  })

  test('程序出错：500 只给 traceId；日志按 traceId 能查到，不含个人信息', async () => {
    const bug = await app.inject('/bug')
    assert.deepEqual([bug.statusCode, bug.json<{ code: string }>().code], [500, 'internal'])
    assert.ok(!bug.body.includes('undefined is not'))
    assert.ok(world.logged.some((line) => line.includes(bug.json<{ traceId: string }>().traceId) && line.includes('TypeError')))
    const database = await app.inject('/database')
    assert.equal(database.statusCode, 500)
    const logged = world.logged.join('\n')
    assert.ok(logged.includes('23505') && logged.includes('person_id_number_key'))
    assert.ok(!logged.includes('320281199501010026'))
  })
})
