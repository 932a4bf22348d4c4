import { Type } from 'typebox'
import { CredentialIssuer, CredentialType, CredentialTypeParams, StatusListParams } from '../../../contract/credentials'
import type { Deps } from '../../deps'
import { limits } from '../../http/limits'
import type { App } from '../../http/server'
import { credentialIssuer, credentialTypeMetadata } from './credential-metadata'
import { keptStatusLists } from './status-list'

const tags = ['可核凭证']
const mediaType = 'application/statuslist+jwt'
/** Public facts: any page may read them, and a cache may keep them for a while. */
const published = { 'Access-Control-Allow-Origin': '*', 'Cache-Control': 'public, max-age=300' }

/** `GET /.well-known/jwt-vc-issuer`: stands at the root of the origin, where verifiers look for it. */
export function registerCredentialIssuer(root: App, deps: Deps): void {
  root.get(
    '/.well-known/jwt-vc-issuer',
    {
      config: { access: 'public', rateLimit: limits.published },
      schema: { summary: '亮证凭证（SD-JWT VC）的签发方与公钥', tags, response: { 200: CredentialIssuer } }
    },
    async (_request, reply) => reply.headers(published).send(credentialIssuer(deps))
  )
}

/** What verifiers of credentials fetch besides: the types' metadata and the status lists. */
export function registerCredentials(app: App, deps: Deps): void {
  const statusList = keptStatusLists(deps)

  app.get(
    '/licences/credential-types/:type',
    {
      config: { access: 'public', rateLimit: limits.published },
      schema: { summary: '一类证照的凭证有哪几项（vct 指向这里）', tags, params: CredentialTypeParams, response: { 200: CredentialType } }
    },
    async (request, reply) => reply.headers(published).send(credentialTypeMetadata(deps, request.params.type))
  )

  app.get(
    '/licences/status-lists/:list',
    {
      config: { access: 'public', rateLimit: limits.published },
      schema: {
        summary: '状态列表（Token Status List）：凭证背后的证照还有没有效',
        tags,
        params: StatusListParams,
        response: { 200: { description: '签名的状态列表', content: { [mediaType]: { schema: Type.String() } } } }
      }
    },
    async (request, reply) =>
      reply
        .headers(published)
        .type(mediaType)
        .send(await statusList(request.params.list))
  )
}
