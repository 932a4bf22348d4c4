import path from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { objectionIntake, ReaderObjection } from '../../contract/gateways/readers'
import type { Problem } from '../../contract/problems'
import type { AnswerObjection } from '../../contract/traces'
import type { Static } from 'typebox'
import type { MockConfig } from '../config'
import { html, page } from '../html'
import type { MockKeys } from '../keys'
import { Ledger } from '../ledger'
import { signRequest } from '../signature'
import { signedByServer } from '../signed-route'
import type { ServerKeys } from '../signed-route'

/** 个人信息保护投诉受理（演示）：有钥匙，不是核码端。 */
export const intakeId: typeof objectionIntake = 'complaints'

/** 一条收到的异议，或对它的一次答复。 */
type Line = { objection: ReaderObjection } | { answered: string; text: string; at: string }

interface Received extends ReaderObjection {
  answer: { text: string; at: string } | null
}

interface AnswerForm {
  objectionId?: string
  text?: string
}

interface Parts {
  config: MockConfig
  byReader: MockKeys['byReader']
  keys: ServerKeys
  now: () => number
}

/** 核码单位与投诉受理的收件箱：收签名的异议，objectionId 重复只记一条；在网页上写说明，签名送回去。返回关账的函数。 */
export async function objectionRoutes(app: FastifyInstance, { config, byReader, keys, now }: Parts): Promise<() => Promise<void>> {
  const ledger = await Ledger.open<Line>(path.join(config.dataDir, 'objections.jsonl'))
  const inbox = new Map<string, Received>()
  for (const line of ledger.lines) note(inbox, line)
  const written = new Map<string, Promise<void>>()

  app.post<{ Body: Partial<ReaderObjection> }>('/mock/readers/objections', async (request, reply) => {
    if (!await signedByServer(request, reply, keys.at(config.serverOrigin))) return reply
    const { objectionId, readerId } = request.body
    if (!objectionId || !readerId || !byReader[readerId]) return reply.code(400).send({ error: 'bad_request' })
    if (!inbox.has(objectionId)) written.set(objectionId, keep(request.body as ReaderObjection))
    await written.get(objectionId)
    return reply.code(202).send({ objectionId })
  })

  function keep(objection: ReaderObjection): Promise<void> {
    note(inbox, { objection })
    return ledger.append({ objection })
  }

  app.get('/mock/readers/objections.json', async () => [...inbox.values()])
  app.get<{ Querystring: { said?: string } }>('/mock/readers/objections', async (request, reply) =>
    reply.type('text/html; charset=utf-8').send(inboxPage([...inbox.values()], request.query.said)))

  app.post<{ Body: AnswerForm }>('/mock/readers/objections/answer', async (request, reply) => {
    const { objectionId = '', text = '' } = request.body
    const received = inbox.get(objectionId)
    const key = received && byReader[received.readerId]
    if (!key) return reply.code(404).send({ error: 'unknown_objection' })
    const message: Static<typeof AnswerObjection> = { text }
    const address = `${config.serverOrigin}/api/v1/traces/objections/${objectionId}/answer`
    const { url, ...signed } = await signRequest(key, 'POST', address, message)
    const response = await fetch(url, signed)
    if (response.ok && !received.answer) {
      const line = { answered: objectionId, text, at: new Date(now()).toISOString() }
      note(inbox, line)
      await ledger.append(line)
    }
    if (request.headers.accept?.includes('text/html')) {
      const said = response.ok ? '已送达' : `没有收下：${(await response.json() as Problem).title}`
      return reply.redirect(`/mock/readers/objections?said=${encodeURIComponent(said)}#${objectionId}`, 303)
    }
    return response.ok ? reply.code(204).send() : reply.code(response.status).send(await response.json())
  })

  return () => ledger.close()
}

function note(inbox: Map<string, Received>, line: Line): void {
  if ('objection' in line) {
    const { objection } = line
    if (!inbox.has(objection.objectionId)) inbox.set(objection.objectionId, { ...objection, answer: null })
    return
  }
  const received = inbox.get(line.answered)
  if (received) received.answer = { text: line.text, at: line.at }
}

function inboxPage(received: Received[], said: string | undefined): string {
  return page({
    title: '模拟·异议收件箱（演示）',
    body: html`
<p>这里代替核码单位和个人信息保护投诉受理：持有人在「谁看过我的信息」里提了异议，请在这里说明。不告诉你是谁提的。</p>
<p><a href="/mock/readers">模拟核码端</a></p>
${said ? html`<p role="status"><strong>${said}</strong></p>` : null}
${received.length === 0 ? html`<p class="quiet">还没有异议。</p>` : null}
${[...received].reverse().map(one => objectionCard(one))}`
  })
}

function objectionCard({ objectionId, readerId, concerns, at, purpose, refused, fields, text, answer }: Received) {
  return html`
<article id="${objectionId}">
<h2>${concerns.name}</h2>
<dl>
<dt>交给</dt><dd>${readerId === intakeId ? '个人信息保护投诉受理（演示）' : readerId}</dd>
<dt>那一次</dt><dd>${new Date(at).toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai' })}</dd>
<dt>用途</dt><dd>${purpose}</dd>
<dt>${refused ? '想看，没让看' : '看了'}</dt><dd>${fields.join('、') || '没有写哪几格'}</dd>
<dt>持有人写的</dt><dd>${text ?? '没有写'}</dd>
${answer ? html`<dt>已说明</dt><dd>${answer.text}</dd>` : null}
</dl>
${answer
    ? null
    : html`<form method="post" action="/mock/readers/objections/answer">
<input type="hidden" name="objectionId" value="${objectionId}">
<p><label>说明 <textarea name="text" required maxlength="500" rows="3"></textarea></label></p>
<p><button class="main">送出说明</button></p>
</form>`}
</article>`
}
