import { ChangeReceived, LibraryChange } from '../../../contract/gateways/licence-library'
import {
  AnswerRectification,
  ClaimedLicences,
  ClaimLicences,
  Licence,
  LicenceGrantList,
  LicenceList,
  LicenceQuery,
  RequestRectification
} from '../../../contract/licences'
import { IdParams, Nothing } from '../../../contract/wire'
import { acting } from '../../access'
import type { Deps } from '../../deps'
import { limits } from '../../http/limits'
import type { App } from '../../http/server'
import { requireSigned } from '../../http/signed-requests'
import { claimLicences } from './claim'
import { listGrants } from './grants'
import { receiveChange } from './receive-change'
import { answerRectification, requestRectification } from './rectification'
import { listLicences, readLicence } from './wallet'

const tags = ['证照']

/** The wallet: own licences and the wards', or those of the company acted for. */
export function registerLicences(app: App, deps: Deps): void {
  app.get(
    '/licences',
    {
      config: { access: 'session' },
      schema: { summary: '我的证照（连同被监护人的；代表企业时是企业的）', tags, response: { 200: LicenceList } }
    },
    async (request) => listLicences(deps, acting(request))
  )

  app.post(
    '/licences/claims',
    {
      config: { access: 'session', problems: ['not_found', 'licence_unusable'] },
      schema: {
        summary: '领取证照库里的证照；不写 ids 是把能领的都领了',
        tags,
        body: ClaimLicences,
        response: { 200: ClaimedLicences }
      }
    },
    async (request) => claimLicences(deps, acting(request), request.body.ids)
  )

  app.get(
    '/licences/:id',
    {
      config: { access: 'session', problems: ['licence_unclaimed'] },
      schema: {
        summary: '一本证照；敏感字段打码，reveal=1 看原值并留足迹',
        tags,
        params: IdParams,
        querystring: LicenceQuery,
        response: { 200: Licence }
      }
    },
    async (request) => readLicence(deps, acting(request), request.params.id, request.query.reveal === '1')
  )

  app.get(
    '/licences/:id/grants',
    {
      config: { access: 'session' },
      schema: { summary: '用证记录：这本证照给过谁、用于什么、到何时', tags, params: IdParams, response: { 200: LicenceGrantList } }
    },
    async (request) => listGrants(deps, acting(request), request.params.id)
  )

  app.post(
    '/licences/:id/rectification',
    {
      config: { access: 'session', rateLimit: limits.rectify, problems: ['licence_unclaimed'] },
      schema: {
        summary: '信息有误：请发证机关核对照面上的一格；还没答复时一样的再提，答复一样',
        tags,
        params: IdParams,
        body: RequestRectification,
        response: { 200: Licence }
      }
    },
    async (request) => requestRectification(deps, acting(request), request.params.id, request.body)
  )
}

/**
 * What the licence library calls: something changed at the source, a field was checked. Signed by RFC 9421; one that does not verify is
 * told nothing else.
 */
export function registerLicenceChanges(app: App, deps: Deps): void {
  void app.register(async (scope: App) => {
    requireSigned(scope, deps, async (request) => ((await deps.gateways.licenceLibrary.verify(request)) ? 'licence-library' : null))
    scope.post(
      '/licences/changes',
      {
        config: { access: 'signed' },
        schema: {
          summary: '证照库告知源头的变化（签名；eventId 重复即同一条）',
          tags,
          body: LibraryChange,
          response: { 200: ChangeReceived }
        }
      },
      async (request) => {
        await receiveChange(deps, request.body)
        return { eventId: request.body.eventId }
      }
    )
    scope.post(
      '/licences/rectifications/:id/answer',
      {
        config: { access: 'signed' },
        schema: {
          summary: '发证机关对「信息有误」的答复（签名）：只收一次',
          tags,
          params: IdParams,
          body: AnswerRectification,
          response: { 204: Nothing }
        }
      },
      async (request, reply) => {
        await answerRectification(deps, request.params.id, request.body)
        return reply.code(204).send(null)
      }
    )
  })
}
