import { Type } from 'typebox'
import { PlanReply, PlanRequest } from '../../../contract/bundles'
import { Slug } from '../../../contract/wire'
import type { Deps } from '../../deps'
import type { App } from '../../http/server'
import { planFor } from './service'

/** Plans a bundle for anybody; for somebody signed in, with what the one acted for holds. */
export function registerBundles(app: App, deps: Deps): void {
  app.post(
    '/bundles/:bundleId/plan',
    {
      config: { access: 'public-or-session', delegable: 'bundle' },
      schema: {
        summary: '按回答算出方案：办哪些、先后、两个日子、材料；登录后核验证照',
        tags: ['一件事'],
        params: Type.Object({ bundleId: Slug }, { additionalProperties: false }),
        body: PlanRequest,
        response: { 200: PlanReply }
      }
    },
    async (request) => {
      const { answers, picks = [] } = request.body
      return planFor(deps, request.acting, request.params.bundleId, { answers, picks })
    }
  )
}
