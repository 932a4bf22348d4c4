import { AwaitedReading, CodeReading, OfflineReport, OfflineReported, ReadCode } from '../../../contract/gateways/readers'
import { IdParams } from '../../../contract/wire'
import type { Deps } from '../../deps'
import type { App } from '../../http/server'
import { requireSigned, signerOf } from '../../http/signed-requests'
import { awaitedResult } from './awaited'
import { reportOffline } from './offline'
import { readCode } from './reading'

const isAwaited = (result: AwaitedReading | ReadCode): result is AwaitedReading => 'readingId' in result

/** What registered readers ask, each signed with the reader's own key. */
export function registerReaderRoutes(app: App, deps: Deps, tags: string[]): void {
  void app.register(async (scope: App) => {
    requireSigned(scope, deps, (request) => deps.gateways.readers.verify(request))
    scope.post(
      '/codes/readings',
      {
        config: { access: 'signed', problems: ['code_refused'] },
        schema: {
          summary: '核码端读一个码（签名）：用一次就失效，只给这个场景的字段，要点头的先等；读没读成，亮码人都看得到',
          tags,
          body: CodeReading,
          response: { 200: ReadCode, 202: AwaitedReading }
        }
      },
      async (request, reply) => {
        const result = await readCode(deps, signerOf(request), request.body)
        return isAwaited(result) ? reply.code(202).send(result) : reply.code(200).send(result)
      }
    )

    scope.get(
      '/codes/readings/:id',
      {
        config: { access: 'signed', problems: ['code_refused'] },
        schema: {
          summary: '亮码人点头了没有（签名）：只有来读的那个核码端能问，读到的只给一次',
          tags,
          params: IdParams,
          response: { 200: ReadCode, 202: AwaitedReading }
        }
      },
      async (request, reply) => {
        reply.header('Cache-Control', 'no-store')
        const result = await awaitedResult(deps, signerOf(request), request.params.id)
        return isAwaited(result) ? reply.code(202).send(result) : reply.code(200).send(result)
      }
    )

    scope.post(
      '/codes/readings/offline',
      {
        config: { access: 'signed', problems: ['code_refused'] },
        schema: {
          summary: '补报没有网络时读过的离线码（签名）：逐条再验，同一个码同一个核码端只记一次',
          tags,
          body: OfflineReport,
          response: { 200: OfflineReported }
        }
      },
      async (request) => reportOffline(deps, signerOf(request), request.body)
    )
  })
}
