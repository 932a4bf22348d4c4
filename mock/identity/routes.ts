import type { FastifyInstance, FastifyReply } from 'fastify'
import type { InteractionDetails, Provider } from 'oidc-provider'
import type { MockConfig } from '../config'
import { identityByKey, listedIdentities } from '../identities'
import type { MockKeys } from '../keys'
import { expiredPage, interactionPage } from './page'
import { buildProvider, identityPath } from './provider'

/** 统一身份认证替身的全部地址：协议端点交给 oidc-provider，选身份的页面自己画。 */
export function identityRoutes(app: FastifyInstance, config: MockConfig, keys: MockKeys): void {
  const provider = buildProvider(config, keys)
  const handle = provider.callback()

  app.get(`${identityPath}/demo-identities`, async () => listedIdentities())

  app.get(`${identityPath}/interaction/:uid`, async (request, reply) => {
    const details = await detailsOrNull(() => provider.interactionDetails(request.raw, reply.raw))
    if (!details) return sendPage(reply.code(400), expiredPage())
    return sendPage(reply, interactionPage(details))
  })

  app.post<{ Body: { identity?: string } | null }>(`${identityPath}/interaction/:uid`, async (request, reply) => {
    const person = identityByKey(request.body?.identity ?? '')
    if (!person) return reply.code(400).send({ error: 'unknown_identity' })
    const details = await detailsOrNull(() => provider.interactionDetails(request.raw, reply.raw))
    if (!details) return sendPage(reply.code(400), expiredPage())
    const login = { accountId: person.idNumber, amr: ['demo'], remember: true }
    return goOn(reply, async () => {
      const next = await provider.interactionResult(request.raw, reply.raw, { login })
      if (details.session && details.session.accountId !== person.idNumber) await leaveFormerPerson(provider, details.session.uid)
      return next
    })
  })

  app.get(`${identityPath}/interaction/:uid/abort`, async (request, reply) => {
    const refusal = { error: 'access_denied', error_description: 'the person chose not to sign in' }
    return goOn(reply, () => provider.interactionResult(request.raw, reply.raw, refusal))
  })

  // 协议端点自己读请求体：不能让 Fastify 先读掉。
  void app.register(async scope => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null))
    scope.all(`${identityPath}/*`, (request, reply) => {
      reply.hijack()
      Object.assign(request.raw, { originalUrl: request.raw.url, url: request.raw.url?.slice(identityPath.length) })
      handle(request.raw, reply.raw)
    })
  })
}

/** 换人登录：先让浏览器里的旧会话不再属于任何人，否则协议要求另走一遍退出页。 */
async function leaveFormerPerson(provider: Provider, sessionUid: string): Promise<void> {
  const session = await provider.Session.findByUid(sessionUid)
  if (!session) return
  session.accountId = undefined
  session.authorizations = undefined
  await session.persist()
}

async function detailsOrNull(read: () => Promise<InteractionDetails>): Promise<InteractionDetails | null> {
  try {
    return await read()
  } catch {
    return null
  }
}

/** 只取路径：人从哪个源来就回哪个源，不论替身以为自己叫什么。 */
async function goOn(reply: FastifyReply, finish: () => Promise<string>): Promise<FastifyReply> {
  try {
    const { pathname, search } = new URL(await finish())
    return reply.redirect(pathname + search, 303)
  } catch {
    return sendPage(reply.code(400), expiredPage())
  }
}

function sendPage(reply: FastifyReply, text: string): FastifyReply {
  return reply.header('cache-control', 'no-store').type('text/html; charset=utf-8').send(text)
}
