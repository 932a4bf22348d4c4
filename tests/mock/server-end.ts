import { generateKeyPairSync } from 'node:crypto'
import Fastify from 'fastify'
import type { FastifyRequest } from 'fastify'
import type { DepartmentCallback, DispatchCase } from '../../contract/gateways/departments'
import type { LibraryChange } from '../../contract/gateways/licence-library'
import type { AnswerRectification } from '../../contract/licences'
import { RemoteKeys } from '../../server/gateways/remote-keys'
import { signRequest, verifyMessage } from '../../server/gateways/signature'

const keysAt = (address: string) => new RemoteKeys({ system: '部门审批系统', address, now: Date.now, log: console })

/** 一个小小的「服务端」：公布公钥、用服务端自己的签名代码发消息、收回调并用服务端自己的代码验签。 */
export interface ServerEnd {
  origin: string
  /** 验过签、收下的回调，按先后。 */
  callbacks: DepartmentCallback[]
  /** 验过签、收下的异议说明。 */
  answers: { objectionId: string; text: string }[]
  /** 验过签、收下的「信息有误」答复。 */
  rectified: ({ rectificationId: string } & AnswerRectification)[]
  /** 「信息有误」的答复现在不收。 */
  isBusy: boolean
  /** 验过签、收下的证照库变化，按先后。 */
  changes: LibraryChange[]
  /** 验签不成立的回调数。 */
  refused: number
  /** 接下来几次回调先答 500。 */
  failNext: number
  /** 部门来取的文件。 */
  files: Map<string, Buffer>
  signed(method: 'GET' | 'POST', url: string, body?: string, at?: number): Promise<Record<string, string>>
  post(url: string, message: object): Promise<Response>
  /** 验答复的签名：对方公钥在 jwksUrl。 */
  verifiesReply(response: Response, body: Buffer, jwksUrl: string): Promise<boolean>
  close(): Promise<void>
}

export async function startServerEnd(mockOrigin: () => string): Promise<ServerEnd> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const key = { keyId: 'server-test', privateKey, publicKey }
  const app = Fastify({ forceCloseConnections: true })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  const known = new Map<string, RemoteKeys>()
  const verified = async ({ method, url, headers, body }: FastifyRequest, whose = 'departments') => {
    const keys = known.get(whose) ?? keysAt(`${mockOrigin()}/mock/${whose}/jwks.json`)
    known.set(whose, keys)
    const message = { method, url, headers, body: (body as Buffer | undefined) ?? Buffer.alloc(0) }
    return await verifyMessage(message, keys, Date.now()) !== null
  }
  const end: ServerEnd = {
    origin: '',
    callbacks: [],
    answers: [],
    changes: [],
    rectified: [],
    isBusy: false,
    refused: 0,
    failNext: 0,
    files: new Map(),
    signed: (method, url, body, at = Date.now()) => signRequest(key, method, url, body, at),
    post: async (url, message) => {
      const body = JSON.stringify(message)
      return fetch(url, { method: 'POST', body, headers: await end.signed('POST', url, body) })
    },
    verifiesReply: async (response, body, jwksUrl) => {
      const headers = Object.fromEntries(response.headers)
      return await verifyMessage({ status: response.status, headers, body }, keysAt(jwksUrl), Date.now()) !== null
    },
    close: () => app.close()
  }
  app.get('/api/v1/.well-known/jwks.json', async () =>
    ({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: key.keyId, alg: 'EdDSA', use: 'sig' }] }))
  app.post('/api/v1/departments/callbacks', async (request, reply) => {
    if (end.failNext > 0) {
      end.failNext -= 1
      return reply.code(500).send()
    }
    if (!await verified(request)) {
      end.refused += 1
      return reply.code(401).send()
    }
    const event = JSON.parse(String(request.body)) as DepartmentCallback
    if (!end.callbacks.some(({ eventId }) => eventId === event.eventId)) end.callbacks.push(event)
    return { eventId: event.eventId }
  })
  app.post('/api/v1/licences/changes', async (request, reply) => {
    if (end.failNext > 0) {
      end.failNext -= 1
      return reply.code(500).send()
    }
    if (!await verified(request, 'licence-library')) return reply.code(401).send()
    const change = JSON.parse(String(request.body)) as LibraryChange
    if (change.reason === '请拒收') return reply.code(422).send()
    if (!end.changes.some(({ eventId }) => eventId === change.eventId)) end.changes.push(change)
    return { eventId: change.eventId }
  })
  app.post<{ Params: { id: string } }>('/api/v1/traces/objections/:id/answer', async (request, reply) => {
    if (end.failNext > 0) {
      end.failNext -= 1
      return reply.code(409).send({ title: '现在不能这样做' })
    }
    if (!await verified(request, 'readers')) return reply.code(401).send({})
    end.answers.push({ objectionId: request.params.id, ...JSON.parse(String(request.body)) as { text: string } })
    return reply.code(204).send()
  })
  app.post<{ Params: { id: string } }>('/api/v1/licences/rectifications/:id/answer', async (request, reply) => {
    if (end.isBusy) return reply.code(503).send({ title: '系统繁忙' })
    if (!await verified(request, 'licence-library')) return reply.code(401).send({})
    end.rectified.push({ rectificationId: request.params.id, ...JSON.parse(String(request.body)) as AnswerRectification })
    return reply.code(204).send()
  })
  app.get<{ Params: { id: string } }>('/api/v1/departments/files/:id', async (request, reply) => {
    if (!await verified(request)) return reply.code(401).send()
    const file = end.files.get(request.params.id)
    return file ? reply.type('application/octet-stream').send(file) : reply.code(404).send()
  })
  end.origin = await app.listen({ port: 0, host: '127.0.0.1' })
  return end
}

/** 一张派件；没有写明的照最简单的来。 */
export function dispatchOf(server: ServerEnd, caseNo: string, over: Partial<DispatchCase> = {}): DispatchCase {
  return {
    messageId: `message-${caseNo}`, caseNo, matterId: 'birth-certificate', matterName: '出生医学证明首次签发', departmentId: 'health',
    bundleName: '出生一件事', submittedAt: '2026-11-20T01:00:00.000Z', promisedDays: 0, acceptOnReceipt: false,
    callbackUrl: `${server.origin}/api/v1/departments/callbacks`,
    applicant: { name: '林演示', idCode: '320281199501010027', phone: null },
    values: {}, materials: [], result: { kind: 'document', name: '登记回执' }, specialProcedures: [], ...over
  }
}
