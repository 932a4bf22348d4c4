import { ChangeReceived, LibraryChange } from '../../../contract/gateways/licence-library'
import { ClaimedLicences, ClaimLicences, Licence, LicenceGrantList, LicenceList, LicenceQuery } from '../../../contract/licences'
import { IdParams } from '../../../contract/wire'
import { acting } from '../../access'
import type { Deps } from '../../deps'
import type { App } from '../../http/server'
import { requireSigned } from '../../http/signed-requests'
import { claimLicences } from './claim'
import { listGrants } from './grants'
import { receiveChange } from './receive-change'
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
}

/** What the licence library calls: something changed at the source. Signed by RFC 9421; one that does not verify is told nothing else. */
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
  })
}
