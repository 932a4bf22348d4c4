import { Present, Presentable, Presentation, PresentationStatus, Verification, VerifyCode } from '../../../contract/presentations'
import { IdParams } from '../../../contract/wire'
import { acting } from '../../access'
import type { Deps } from '../../deps'
import { limits } from '../../http/limits'
import type { App } from '../../http/server'
import { present, presentationStatus, readPresentable } from './present'
import { verifyCode } from './verify'

const tags = ['亮证与核证']

/** Showing a licence, and verifying what is shown. */
export function registerPresentations(app: App, deps: Deps): void {
  app.get(
    '/licences/:id/presentable',
    {
      config: { access: 'session', problems: ['licence_unusable', 'licence_unclaimed'] },
      schema: { summary: '这本证照亮证时能选哪几格、能只答是否的哪几句', tags, params: IdParams, response: { 200: Presentable } }
    },
    async (request) => readPresentable(deps, acting(request), request.params.id)
  )

  app.post(
    '/licences/:id/presentations',
    {
      config: { access: 'session', rateLimit: limits.code, problems: ['licence_unusable', 'licence_unclaimed'] },
      schema: {
        summary: '亮证：选中的几格，一次有效，60 秒换一个',
        tags,
        params: IdParams,
        body: Present,
        response: { 201: Presentation }
      }
    },
    async (request, reply) => reply.code(201).send(await present(deps, acting(request), request.params.id, request.body))
  )

  app.get(
    '/presentations/:id',
    {
      config: { access: 'session' },
      schema: { summary: '这次亮证核过没有', tags, params: IdParams, response: { 200: PresentationStatus } }
    },
    async (request) => presentationStatus(deps, acting(request), request.params.id)
  )

  app.post(
    '/verifications',
    {
      config: { access: 'public', rateLimit: limits.verify },
      schema: { summary: '核证：亮证码、它的十二位写法或 PDF 上的核验码', tags, body: VerifyCode, response: { 200: Verification } }
    },
    async (request) => verifyCode(deps, request.body.code)
  )
}
