import { AnswerObjection, ObjectToTrace, Trace, TraceList, TraceQuery } from '../../../contract/traces'
import { IdParams, Nothing } from '../../../contract/wire'
import { acting } from '../../access'
import type { Deps } from '../../deps'
import { pageOf, readCursor } from '../../http/cursor'
import { limits } from '../../http/limits'
import type { App } from '../../http/server'
import { requireSigned, signerOf } from '../../http/signed-requests'
import { readSubject } from '../identity/subjects'
import { ownName } from './actor'
import { answerObjection, objectTo, readTrace } from './objections'
import { tracesOf } from './repository'
import { traceView } from './view'

const tags = ['足迹']

/** Who has read which data of the subject acted for, when and why; objecting to it, and the explanation. */
export function registerTraces(app: App, deps: Deps): void {
  app.get(
    '/traces',
    {
      config: { access: 'session' },
      schema: { tags, summary: '数据足迹：谁看过、用过我的资料', querystring: TraceQuery, response: { 200: TraceList } }
    },
    async (request) => {
      const { subjectId, selfId } = acting(request)
      const { limit = 20, cursor, of } = request.query
      const found = await tracesOf(deps.pool, subjectId, { of, after: readCursor(cursor), count: limit + 1 })
      const subject = await readSubject(deps.pool, deps, subjectId)
      const own = await ownName(deps.pool, deps, selfId, subjectId)
      const { page, nextCursor } = pageOf(found, limit)
      const { objectionDays } = deps.catalogue.current().catalogue.deadlines
      return { traces: page.map((trace) => traceView(deps, trace, subject, own)), nextCursor, objectionDays }
    }
  )

  app.get(
    '/traces/:id',
    { config: { access: 'session' }, schema: { tags, summary: '一条足迹', params: IdParams, response: { 200: Trace } } },
    async (request) => readTrace(deps, acting(request), request.params.id)
  )

  app.post(
    '/traces/:id/objection',
    {
      config: { access: 'session', rateLimit: limits.objection },
      schema: {
        tags,
        summary: '对一条足迹提异议，请对方说明；同一条再提，答复一样',
        params: IdParams,
        body: ObjectToTrace,
        response: { 200: Trace }
      }
    },
    async (request) => objectTo(deps, acting(request), request.params.id, request.body.text)
  )

  void app.register(async (scope: App) => {
    requireSigned(scope, deps, (request) => deps.gateways.readers.verify(request))
    scope.post(
      '/traces/objections/:id/answer',
      {
        config: { access: 'signed' },
        schema: {
          tags,
          summary: '被反对的单位作出说明（签名）：只收与它有关的，只收一次',
          params: IdParams,
          body: AnswerObjection,
          response: { 204: Nothing }
        }
      },
      async (request, reply) => {
        await answerObjection(deps, signerOf(request), request.params.id, request.body.text)
        return reply.code(204).send(null)
      }
    )
  })
}
