import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { App } from './server'

/** Collects every route added after it into an OpenAPI 3.1 document; must be awaited before the first route. */
export async function collectOpenApi(app: App): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: '掌上办 API',
        version: '1',
        description: '时刻为 ISO 8601 UTC，日子为北京时间，金额为整数分。出错时返回 application/problem+json（RFC 9457），按 code 处理。'
      },
      components: {
        securitySchemes: {
          accessToken: {
            type: 'http',
            scheme: 'bearer',
            description: '登录后由 POST /api/v1/identity/refresh 或微信登录取得，15 分钟有效'
          },
          actingFor: { type: 'apiKey', in: 'header', name: 'X-Acting-For', description: '代表哪个主体办理（主体标识）；缺省为本人' }
        }
      }
    },
    refResolver: { buildLocalReference: (json, _base, _fragment, index) => (typeof json.$id === 'string' ? json.$id : `def-${index}`) }
  })
}

/** Serves the document at /api/v1/openapi.json and readable at /api/docs. Neither describes itself. */
export async function serveOpenApi(app: App): Promise<void> {
  await app.register(swaggerUi, { routePrefix: '/api/docs', staticCSP: true, uiConfig: { docExpansion: 'none' } })
  app.get('/api/v1/openapi.json', { schema: { hide: true } }, async () => app.swagger())
}
