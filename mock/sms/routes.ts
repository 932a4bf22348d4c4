import path from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { SmsReply, SmsRequest } from '../../contract/gateways/notify'
import type { MockConfig } from '../config'
import { Ledger } from '../ledger'
import { signedByServer } from '../signed-route'
import type { ServerKeys } from '../signed-route'

/** 短信网关的替身：令牌加签名，messageId 重复只发一次；已发的可在 sent.json 看到。返回关账的函数。 */
export async function smsRoutes(app: FastifyInstance, config: MockConfig, keys: ServerKeys): Promise<() => Promise<void>> {
  const ledger = await Ledger.open<SmsRequest>(path.join(config.dataDir, 'sms.jsonl'))
  const known = new Map(ledger.lines.map(line => [line.messageId, Promise.resolve()]))

  app.post<{ Body: Partial<SmsRequest> }>('/mock/sms/send', async (request, reply) => {
    if (request.headers.authorization !== `Bearer ${config.smsToken}`) return reply.code(401).send({ error: 'bad_token' })
    if (!await signedByServer(request, reply, keys.at(config.serverOrigin))) return reply
    const { messageId, phone, template, params } = request.body
    if (!messageId || !phone || !template || !params) return reply.code(400).send({ error: 'bad_request' })
    const written = known.get(messageId) ?? ledger.append({ messageId, phone, template, params })
    known.set(messageId, written)
    await written
    return { messageId, accepted: true } satisfies SmsReply
  })

  app.get('/mock/sms/sent.json', async () => ledger.lines)
  return () => ledger.close()
}
