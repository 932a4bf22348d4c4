import cookie from '@fastify/cookie'
import websocket from '@fastify/websocket'
import { guardRoutes } from './access'
import type { Deps } from './deps'
import { allowRateLimits } from './http/limits'
import { collectOpenApi, serveOpenApi } from './http/openapi'
import { registerPlatformKeys } from './http/platform-keys'
import { holdRoutesToRules } from './http/routes'
import { setSecurityHeaders } from './http/security-headers'
import { createServer, type App } from './http/server'
import { passStandInsThrough } from './http/stand-ins'
import { serveApp } from './http/static-app'
import { registerBundles } from './modules/bundle/routes'
import { registerCases } from './modules/case/routes'
import { registerCatalogue } from './modules/catalogue/routes'
import { registerCodes } from './modules/code/routes'
import { registerDelegations } from './modules/delegation/routes'
import { registerDepartments } from './modules/department/routes'
import { registerDrafts } from './modules/draft/routes'
import { registerFiles } from './modules/file/routes'
import { registerHealth, type Check } from './modules/health/routes'
import { registerHome } from './modules/home/routes'
import { registerIdentity } from './modules/identity/routes'
import { registerInvitations } from './modules/invitation/routes'
import { registerLicenceChanges, registerLicences } from './modules/licence/routes'
import { registerLive } from './modules/live/routes'
import { registerMessages } from './modules/message/routes'
import { registerCredentialIssuer, registerCredentials } from './modules/presentation/credential-routes'
import { registerLicencePdfs } from './modules/presentation/pdf-routes'
import { registerPresentations } from './modules/presentation/routes'
import { registerRatings } from './modules/rating/routes'
import { registerTraces } from './modules/trace/routes'

/**
 * Wires the whole server, top-down; nothing listens yet. Every part is given `deps` and reaches for nothing else.
 *
 * @param checks what `/readyz` asks besides the database and the catalogue, such as the jobs
 */
export async function buildApp(deps: Deps, checks: Record<string, Check> = {}): Promise<App> {
  const app = createServer(deps)
  setSecurityHeaders(app, deps.config)
  await collectOpenApi(app)
  await allowRateLimits(app)
  await app.register(cookie)
  // Screens only listen.
  await app.register(websocket, { options: { maxPayload: 1024 } })

  await app.register(async (root: App) => {
    holdRoutesToRules(root)
    registerHealth(root, deps, checks)
    registerCredentialIssuer(root, deps)
  })
  await app.register(
    async (api: App) => {
      holdRoutesToRules(api)
      guardRoutes(api, deps)
      registerPlatformKeys(api, deps)
      registerIdentity(api, deps)
      registerTraces(api, deps)
      registerMessages(api, deps)
      registerLive(api, deps)
      registerCatalogue(api, deps)
      registerBundles(api, deps)
      registerDrafts(api, deps)
      await registerFiles(api, deps)
      registerInvitations(api, deps)
      registerLicences(api, deps)
      registerLicenceChanges(api, deps)
      registerHome(api, deps)
      registerCases(api, deps)
      registerRatings(api, deps)
      registerDepartments(api, deps)
      registerCodes(api, deps)
      registerPresentations(api, deps)
      registerCredentials(api, deps)
      await registerLicencePdfs(api, deps)
      registerDelegations(api, deps)
    },
    { prefix: '/api/v1' }
  )

  await serveOpenApi(app)
  if (deps.config.standInOrigin) await passStandInsThrough(app, deps.config.standInOrigin)
  await serveApp(app, deps.config.h5Dir)
  return app
}
