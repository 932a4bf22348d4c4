import path from 'node:path'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { CodeSceneList } from '../../contract/codes'
import type { AwaitedReading, CodeReading, ReadCode } from '../../contract/gateways/readers'
import type { Problem } from '../../contract/problems'
import type { MockConfig } from '../config'
import type { MockKeys } from '../keys'
import { publicJwks } from '../keys'
import { readPopulation } from '../population/read'
import { signRequest } from '../signature'
import { OfflineReader } from './offline-reader'
import { readerPage } from './page'
import type { ReaderPost, ScanForm } from './page'
import { codeInPicture } from './picture'

const readers = readPopulation<Record<string, ReaderPost>>('readers.yml')

/** 核码端接入平台里有的核码端，每个一把钥匙。 */
export const readerIds = Object.keys(readers)

type Answer = ReadCode | AwaitedReading | Problem

interface Parts {
  config: MockConfig
  byReader: MockKeys['byReader']
  now: () => number
}

/**
 * 核码端的替身：公布公钥；在页面上选一个核码端和场景，贴一个码，签名去读，要点头的等着问，读到什么照原样显示。
 * 没有网络时自己验，联网了补报。要 JSON 的给 JSON。返回关账的函数。
 */
export async function readerRoutes(app: FastifyInstance, { config, byReader, now }: Parts): Promise<() => Promise<void>> {
  const offline = new Map<string, OfflineReader>()
  for (const id of readerIds) {
    const key = byReader[id]
    const file = path.join(config.dataDir, 'readers', `${id}.jsonl`)
    if (key) offline.set(id, await OfflineReader.open(file, config.serverOrigin, key, now))
  }

  app.get('/mock/readers/jwks.json', async () => ({
    keys: Object.entries(byReader).flatMap(([reader, key]) => publicJwks(key).keys.map(open => ({ ...open, reader })))
  }))

  app.get<{ Querystring: { reader?: string } }>('/mock/readers', async (request, reply) => {
    const { reader = readerIds[0] ?? '' } = request.query
    return offline.has(reader) ? show(reply, reader) : unknown(reply)
  })

  app.post<{ Body: ScanForm }>('/mock/readers/scan', async (request, reply) => {
    const { reader = '', scene = '', picture, network, shift = '0' } = request.body
    const post = offline.get(reader)
    if (!post) return unknown(reply)
    const code = request.body.code || (picture?.length ? await codeInPicture(picture) : null)
    if (!code) {
      const detail = picture?.length ? '这张图里找不到二维码' : '选一张图，或贴码里的文字'
      return answerWith(request, reply, { reader, status: 400, title: '没有码', body: { error: 'no_code', detail } })
    }
    if (network === 'off') {
      const reading = await post.read(code, scene, Number(shift) || 0)
      return answerWith(request, reply, { reader, status: reading.ok ? 200 : 409, title: reading.ok ? '验过了' : '没有验过', body: reading })
    }
    const wanted = request.body.fields?.split(',').map(field => field.trim()).filter(Boolean) ?? []
    // 码里有空格（Base45 的字符），不能去。
    const reading: CodeReading = { code, scene, ...(wanted.length > 0 && { fields: wanted }) }
    return answerWith(request, reply, { reader, ...await ask(reader, 'POST', '/codes/readings', reading) })
  })

  app.get<{ Params: { id: string }; Querystring: { reader?: string } }>('/mock/readers/readings/:id', async (request, reply) => {
    const { reader = '' } = request.query
    if (!offline.has(reader)) return unknown(reply)
    const asked = `/codes/readings/${encodeURIComponent(request.params.id)}`
    return answerWith(request, reply, { reader, ...await ask(reader, 'GET', asked) })
  })

  for (const [action, title] of [['update', '取到了'], ['report', '补报的结果']] as const) {
    app.post<{ Body: ScanForm }>(`/mock/readers/${action}`, async (request, reply) => {
      const { reader = '' } = request.body
      const post = offline.get(reader)
      if (!post) return unknown(reply)
      try {
        const body = action === 'update' ? await post.update() : { results: await post.report() }
        return await answerWith(request, reply, { reader, status: 200, title, body })
      } catch (error) {
        return answerWith(request, reply, { reader, status: 502, title: '联不上', body: { error: (error as Error).message } })
      }
    })
  }

  /** 以这个核码端的名义去问，读到什么是什么。 */
  async function ask(reader: string, method: 'GET' | 'POST', address: string, message?: object) {
    const key = byReader[reader]
    if (!key) throw new Error(`没有 ${reader} 的钥匙`)
    const { url, ...signed } = await signRequest(key, method, `${config.serverOrigin}/api/v1${address}`, message)
    const response = await fetch(url, signed)
    const title = response.status === 202 ? '等亮码人点头' : response.ok ? '读到了' : '没有读到'
    return { status: response.status, title, body: await response.json() as Answer }
  }

  function answerWith(
    request: FastifyRequest,
    reply: FastifyReply,
    { reader, status, title, body }: { reader: string; status: number; title: string; body: object }
  ) {
    if (!request.headers.accept?.includes('text/html')) return reply.code(status).send(body)
    const awaiting = 'readingId' in body
    // 网页隔一会儿再问一次，要有一个能再取的地址。
    if (awaiting && request.method === 'POST') {
      return reply.redirect(`/mock/readers/readings/${String(body.readingId)}?reader=${reader}`, 303)
    }
    return show(reply, reader, { form: request.body as ScanForm | undefined, answer: { title, body }, awaiting })
  }

  async function show(reply: FastifyReply, reader: string, shown: Partial<Parameters<typeof readerPage>[0]> = {}) {
    const { updatedAt = null, unreported = 0 } = offline.get(reader) ?? {}
    const sceneNames = await readSceneNames()
    return reply.type('text/html; charset=utf-8').send(readerPage({ readers, reader, sceneNames, updatedAt, unreported, ...shown }))
  }

  /** 平台公布的场景叫什么；联不上就没有。 */
  async function readSceneNames(): Promise<Record<string, string>> {
    try {
      const { scenes } = await (await fetch(`${config.serverOrigin}/api/v1/codes/scenes`)).json() as CodeSceneList
      return Object.fromEntries(scenes.map(({ id, name }) => [id, name]))
    } catch {
      return {}
    }
  }

  return async () => void (await Promise.all([...offline.values()].map(reader => reader.close())))
}

const unknown = (reply: FastifyReply) => reply.code(404).send({ error: 'unknown_reader' })
