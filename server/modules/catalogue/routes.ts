import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { resolveBundle } from '../../../catalogue/load'
import { BundleDetail, CatalogueIndex, Regions, SearchQuery, SearchReply } from '../../../contract/catalogue'
import { Slug } from '../../../contract/wire'
import type { Deps } from '../../deps'
import { Refusal } from '../../errors'
import { limits } from '../../http/limits'
import type { App } from '../../http/server'
import { catalogueIndex } from './index-card'
import { catalogueSearch } from './search'

const tags = ['办事目录']
const Unchanged = Type.Null({ description: '与设备上的一致（If-None-Match）' })

/**
 * The catalogue for everybody. Each reply but the search is as old as the revision of the catalogue, which is therefore its ETag;
 * a device that has it gets 304.
 */
export function registerCatalogue(app: App, deps: Deps): void {
  const index = perRevision(deps, ({ catalogue, revision }) => catalogueIndex(catalogue, revision, deps.calendar))
  const search = perRevision(deps, ({ catalogue }) => catalogueSearch(catalogue))

  app.get(
    '/catalogue',
    {
      config: { access: 'public' },
      schema: { summary: '目录首页：城市、人生阶段、一件事', tags, response: { 200: CatalogueIndex, 304: Unchanged } }
    },
    async (request, reply) => {
      if (isUnchanged(request, reply, deps.catalogue.current().revision)) return reply.code(304).send(null)
      return index()
    }
  )

  app.get(
    '/bundles/:bundleId',
    {
      config: { access: 'public' },
      schema: {
        summary: '一件事的全部内容：题目、事项、材料、表单',
        tags,
        params: Type.Object({ bundleId: Slug }, { additionalProperties: false }),
        response: { 200: BundleDetail, 304: Unchanged }
      }
    },
    async (request, reply) => {
      const { revision, catalogue } = deps.catalogue.current()
      const bundle = resolveBundle(catalogue, request.params.bundleId)
      if (!bundle) throw new Refusal('not_found', { detail: '目录里没有这件事，可能已下架' })
      if (isUnchanged(request, reply, revision)) return reply.code(304).send(null)
      return { revision, bundle }
    }
  )

  app.get(
    '/regions',
    {
      config: { access: 'public' },
      schema: { summary: '行政区划树：省、市、区县、镇街、村社区', tags, response: { 200: Regions, 304: Unchanged } }
    },
    async (request, reply) => {
      const { revision, catalogue } = deps.catalogue.current()
      if (isUnchanged(request, reply, revision)) return reply.code(304).send(null)
      return { regions: catalogue.regions }
    }
  )

  app.get(
    '/search',
    {
      config: { access: 'public', rateLimit: limits.search },
      schema: { summary: '搜事项：名称、俗称、拼音、首字母', tags, querystring: SearchQuery, response: { 200: SearchReply } }
    },
    async (request) => search()(request.query.q)
  )
}

/** Makes the thing once for each revision of the catalogue. */
function perRevision<T>(deps: Deps, make: (current: ReturnType<Deps['catalogue']['current']>) => T): () => T {
  let made: { revision: string; value: T } | undefined
  return () => {
    const current = deps.catalogue.current()
    if (made?.revision !== current.revision) made = { revision: current.revision, value: make(current) }
    return made.value
  }
}

/** Sets the caching headers; answers whether the caller has this revision already. */
function isUnchanged(request: FastifyRequest, reply: FastifyReply, revision: string): boolean {
  const tag = `"${revision}"`
  reply.headers({ 'Cache-Control': 'no-cache', ETag: tag })
  const known = request.headers['if-none-match'] ?? ''
  return known.split(',').some((each) => each.trim().replace(/^W\//, '') === tag)
}
