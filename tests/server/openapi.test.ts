import { Validator } from '@seriousme/openapi-schema-validator'
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { startWorld, type World } from './world'

interface Operation {
  summary?: string
  tags?: string[]
  security?: object[]
  responses: Record<string, { content?: Record<string, { schema?: object }> }>
}

describe('OpenAPI 文档', () => {
  let world: World
  let document: { openapi: string; paths: Record<string, Record<string, Operation>> }
  const routes: string[] = []
  before(async () => {
    world = await startWorld()
    document = (await world.app.inject('/api/v1/openapi.json')).json()
    routes.push(...routesOf(world.app.printRoutes({ commonPrefix: false })))
  })
  after(async () => {
    await world.close()
  })

  test('是合法的 OpenAPI 3.1', async () => {
    assert.equal(document.openapi, '3.1.0')
    const { valid, errors } = await new Validator().validate(structuredClone(document))
    assert.ok(valid, JSON.stringify(errors, null, 1))
  })

  test('服务端的每一条路由都在里面，反之亦然', () => {
    const documented = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`)
    )
    assert.ok(routes.includes('POST /api/v1/identity/refresh') && routes.includes('GET /api/v1/live'), routes.join('\n'))
    assert.deepEqual(documented.sort(), routes.sort())
  })

  test('每一条都有说明、分类、正常答复与出错答复；要登录的都写明凭证', () => {
    for (const [path, operations] of Object.entries(document.paths)) {
      for (const [method, { summary, tags, responses, security }] of Object.entries(operations)) {
        const at = `${method} ${path}`
        assert.ok(summary && /[一-龥]/.test(summary) && tags?.length, at)
        const statuses = Object.keys(responses).map(Number)
        assert.ok(
          statuses.some((status) => status < 400),
          at
        )
        assert.ok(statuses.includes(500), at)
        for (const [status, { content }] of Object.entries(responses)) {
          if (Number(status) < 400 || content?.['text/html']) continue
          assert.deepEqual(content?.['application/problem+json']?.schema, { $ref: '#/components/schemas/Problem' }, `${at} ${status}`)
        }
        assert.equal(statuses.includes(401) && security !== undefined, security !== undefined, at)
      }
    }
  })

  test('能在浏览器里读，页面不用外来脚本', async () => {
    const page = await world.app.inject('/api/docs')
    assert.equal(page.statusCode, 200)
    assert.match(String(page.headers['content-security-policy']), /script-src 'self'/)
  })
})

/** Documents itself, and files that are no routes of the API. */
const undocumented = /^\/(api\/docs|api\/v1\/openapi\.json$|sw\.js$|favicon\.ico$)|\*$/

/** All routes but those, as Fastify's tree lists them; each line holds what its parents' lines do not. */
function routesOf(tree: string): string[] {
  const parents: string[] = []
  return tree.split('\n').flatMap((line) => {
    const [, indent = '', piece = '', , methods = ''] = /^((?:│ {3}| {4})*)[├└]── (\S+)( \(([A-Z, ]+)\))?$/.exec(line) ?? []
    const depth = indent.length / 4
    const path = (depth > 0 ? (parents[depth - 1] ?? '') : '') + piece
    parents[depth] = path
    if (undocumented.test(path)) return []
    return methods
      .split(', ')
      .filter(Boolean)
      .map((method) => `${method} ${path}`)
  })
}
