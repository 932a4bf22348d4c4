import { Type } from 'typebox'
import { CallbackReceived, DepartmentCallback } from '../../../contract/gateways/departments'
import { Id } from '../../../contract/wire'
import type { Deps } from '../../deps'
import { Refusal } from '../../errors'
import type { App } from '../../http/server'
import { requireSigned, signerOf } from '../../http/signed-requests'
import { receiveCallback } from '../case/receive'
import { sentFile } from '../case/sent-files'
import { fileBytes, storedFiles } from '../file/service'
import { recordTrace } from '../trace/service'

/**
 * What the department systems call: their events about a case, and the files that were sent to them. Signed by RFC 9421 with the
 * department's own key: it speaks for that department and for no other. A request that does not verify is told nothing else.
 */
export function registerDepartments(app: App, deps: Deps): void {
  void app.register(async (scope: App) => {
    requireSigned(scope, deps, async (request) => (await deps.gateways.departments.verify(request))?.departmentId ?? null)

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
        if (signerOf(request) !== request.body.departmentId) throw new Refusal('forbidden', { detail: '只能用本部门的签名回告' })
        await receiveCallback(deps, request.body)
        return { eventId: request.body.eventId }
      }
    )

    scope.get(
      '/departments/cases/:caseNo/files/:id',
      {
        config: { access: 'signed', problems: ['forbidden'] },
        schema: {
          summary: '部门取随它的办件送达的文件（签名）；每取一次，文件的主人都看得到',
          tags: ['部门'],
          params: Type.Object({ caseNo: Type.String({ maxLength: 64 }), id: Id }, { additionalProperties: false }),
          response: { 200: Type.Unsafe<Buffer>(Type.String({ format: 'binary' })) }
        }
      },
      async (request, reply) => {
        const { caseNo, id } = request.params
        const { departmentName, matterName } = await sentFile(deps, signerOf(request), caseNo, id)
        const [file] = await storedFiles(deps, deps.pool, [id])
        if (!file) throw new Refusal('not_found')
        await recordTrace(deps.pool, deps, {
          subjectId: file.subjectId,
          actor: departmentName,
          actorKind: 'department',
          action: 'fetch',
          purpose: `办理${matterName}（${caseNo}），取随办件送达的文件`,
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
}
