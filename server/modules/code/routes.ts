import { CodeStatus, IssuedCode } from '../../../contract/codes'
import { CodeReading, ReadCode } from '../../../contract/gateways/readers'
import { IdParams } from '../../../contract/wire'
import { acting } from '../../access'
import type { Deps } from '../../deps'
import { limits } from '../../http/limits'
import type { App } from '../../http/server'
import { requireSigned, signerOf } from '../../http/signed-requests'
import { codeStatus, issueCode } from './issue'
import { readCode } from './reading'

const tags = ['苏服码']

/** The holder's code, and what registered readers ask of it. */
export function registerCodes(app: App, deps: Deps): void {
  app.post(
    '/codes',
    {
      config: { access: 'session', delegable: 'code', rateLimit: limits.code },
      schema: { summary: '给此刻代表的主体发一个 60 秒的苏服码；刷新就是再发一个', tags, response: { 201: IssuedCode } }
    },
    async (request, reply) => {
      reply.header('Cache-Control', 'no-store')
      return reply.code(201).send(await issueCode(deps, acting(request)))
    }
  )

  app.get(
    '/codes/:id',
    {
      config: { access: 'session', delegable: 'code' },
      schema: { summary: '这个码用过没有，谁在哪里为什么读的', tags, params: IdParams, response: { 200: CodeStatus } }
    },
    async (request) => codeStatus(deps, acting(request), request.params.id)
  )

  void app.register(async (scope: App) => {
    requireSigned(scope, deps, (request) => deps.gateways.readers.verify(request))
    scope.post(
      '/codes/readings',
      {
        config: { access: 'signed', problems: ['code_refused'] },
        schema: {
          summary: '核码端读一个码（签名）：用一次就失效，只给这个场景的字段；读没读成，亮码人都看得到',
          tags,
          body: CodeReading,
          response: { 200: ReadCode }
        }
      },
      async (request) => readCode(deps, signerOf(request), request.body)
    )
  })
}
