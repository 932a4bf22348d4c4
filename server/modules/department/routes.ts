import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { CallbackReceived, DepartmentCallback } from '../../../contract/gateways/departments'
import { Id } from '../../../contract/wire'
import type { Deps } from '../../deps'
import { Refusal } from '../../errors'
import type { App } from '../../http/server'
import { receiveCallback } from '../case/receive'
import { fileBytes, storedFiles } from '../file/service'
import { recordTrace } from '../trace/service'

declare module 'fastify' {
  interface FastifyRequest {
    /** The bytes that the signature covers; null when there are none. */
    signedBody: Buffer | null
  }
}

/**
 * What the department systems call: their events about a case, and the files that were sent to them. Signed by RFC 9421; a
 * request that does not verify is told nothing else.
 */
export function registerDepartments(app: App, deps: Deps): void {
  void app.register(async (scope: App) => {
    scope.decorateRequest('signedBody', null)
    scope.removeContentTypeParser('application/json')
    scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
      request.signedBody = body
      try {
        done(null, JSON.parse(body.toString('utf8')))
      } catch {
        done(new Refusal('bad_request', { detail: '内容不是合法的 JSON' }))
      }
    })
    scope.addHook('preValidation', async (request) => {
      await requireSignature(request)
    })

    scope.post(
      '/departments/callbacks',
      {
        config: { access: 'signed', problems: ['not_found', 'forbidden', 'illegal_transition'] },
        schema: {
          summary: '部门回告办件进展（签名；eventId 重复即同一条）',
          tags: ['部门'],
          body: DepartmentCallback,
          response: { 200: CallbackReceived }
        }
      },
      async (request) => {
        await receiveCallback(deps, request.body)
        return { eventId: request.body.eventId }
      }
    )

    scope.get(
      '/departments/files/:id',
      {
        config: { access: 'signed' },
        schema: {
          summary: '部门取随办件送达的文件（签名）',
          tags: ['部门'],
          params: Type.Object({ id: Id }, { additionalProperties: false }),
          response: { 200: Type.Unsafe<Buffer>(Type.String({ format: 'binary' })) }
        }
      },
      async (request, reply) => {
        const [file] = await storedFiles(deps, deps.pool, [request.params.id])
        if (!file?.kept) throw new Refusal('not_found')
        await recordTrace(deps.pool, deps, {
          subjectId: file.subjectId,
          actor: '部门审批系统',
          actorKind: 'department',
          action: 'fetch',
          purpose: '取随办件送达的文件',
          fields: ['上传的文件']
        })
        return reply
          .header('Content-Disposition', 'attachment')
          .header('X-Content-Type-Options', 'nosniff')
          .type(file.mime)
          .send(await fileBytes(deps, file))
      }
    )
  })

  async function requireSignature(request: FastifyRequest): Promise<void> {
    const verified = await deps.gateways.departments.verify({
      method: request.method,
      url: `${deps.config.publicOrigin}${request.url}`,
      headers: request.headers,
      body: request.signedBody ?? Buffer.alloc(0)
    })
    if (!verified) throw new Refusal('signature_invalid')
  }
}
