import multipart from '@fastify/multipart'
import Fastify from 'fastify'
import type { FastifyInstance } from 'fastify'
import type { MockConfig } from './config'
import { DataShare, dataShareRoutes } from './data-share/routes'
import { Desk } from './departments/desk'
import { departmentRoutes } from './departments/routes'
import { departmentIds } from './departments/steps'
import { html, page, styleSheet } from './html'
import { identityRoutes } from './identity/routes'
import { loadKeys } from './keys'
import { LicenceLibrary } from './licence-library/library'
import { licenceLibraryRoutes } from './licence-library/routes'
import { intakeId, objectionRoutes } from './readers/objections'
import { readerIds, readerRoutes } from './readers/routes'
import { keepRawBody, ServerKeys } from './signed-route'
import { smsRoutes } from './sms/routes'
import { wechatRoutes } from './wechat/routes'

export interface Mock {
  app: FastifyInstance
  /** Stops the clockwork and closes the ledgers. */
  close(): Promise<void>
}

const contentSecurityPolicy = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'self'"

/**
 * Builds every stand-in in one process; listen on `app`, and `close()` when done. Tests start it in-process.
 * @param now epoch ms; what the stand-ins take for the time of day
 */
export async function buildMock(config: MockConfig, now: () => number = Date.now): Promise<Mock> {
  const keys = loadKeys(config.dataDir, departmentIds, [...readerIds, intakeId])
  const app = Fastify({ logger: false, trustProxy: true, bodyLimit: 5_000_000, forceCloseConnections: true })
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, Object.fromEntries(new URLSearchParams(String(body))))
  })
  await app.register(multipart, { attachFieldsToBody: 'keyValues', limits: { fileSize: 10_000_000, files: 1, fields: 10 } })
  app.addHook('onSend', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff').header('referrer-policy', 'same-origin')
    reply.header('content-security-policy', contentSecurityPolicy)
  })
  app.get('/mock', async (_request, reply) => reply.type('text/html; charset=utf-8').send(indexPage()))
  app.get('/mock/style.css', async (_request, reply) => reply.type('text/css; charset=utf-8').send(styleSheet))
  keepRawBody(app)
  const serverKeys = new ServerKeys()
  const library = await LicenceLibrary.open(config.dataDir, now)
  const desk = await Desk.open(config, now, keys.byDepartment, library)
  const share = new DataShare(library.start, now)
  identityRoutes(app, config, keys)
  const closeLibraryRoutes = await licenceLibraryRoutes(app, config, library, keys.licenceLibrary, serverKeys)
  dataShareRoutes(app, config, share, keys.dataShare, serverKeys)
  departmentRoutes(app, { desk, share, byDepartment: keys.byDepartment, keys: serverKeys })
  const closeReaders = await readerRoutes(app, { config, byReader: keys.byReader, now })
  const closeObjections = await objectionRoutes(app, { config, byReader: keys.byReader, keys: serverKeys, now })
  wechatRoutes(app, config, now)
  const closeSms = await smsRoutes(app, config, serverKeys)
  await app.ready()
  desk.resume()
  return {
    app,
    close: async () => {
      await app.close()
      await Promise.all([desk.close(), closeLibraryRoutes()])
      await Promise.all([library.close(), closeSms(), closeObjections(), closeReaders()])
    }
  }
}

function indexPage(): string {
  return page({
    title: '模拟系统一览（演示）',
    body: html`
<p>这里是外部系统的替身，只在演示和测试时使用。它们按真实协议通过 HTTP 往来，数据全是编的，不连任何真实系统。</p>
<ul>
<li><a href="/mock/departments">部门审批系统控制台</a>：逐件选择受理、补正、停表、不予办理、发证、宕机</li>
<li><a href="/mock/readers">核码端</a>：读一个苏服码；<a href="/mock/readers/objections">异议收件箱</a>：对持有人的异议作说明</li>
<li>统一身份认证：<a href="/mock/identity/demo-identities">演示身份一览</a></li>
<li><a href="/mock/licence-library">电子证照库控制台</a>：在源头换发、变更、暂扣、恢复、注销、吊销、撤销、签发，变化推给平台；
<a href="/mock/licence-library/rectifications">信息有误收件箱</a></li>
<li>数据共享平台：只接受签名的查询</li>
<li>微信服务端接口：<a href="/mock/wechat/sent.json">已发的订阅消息</a></li>
<li>短信网关：<a href="/mock/sms/sent.json">已发的短信</a></li>
</ul>`
  })
}
