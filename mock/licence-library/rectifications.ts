import path from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { LibraryRectification } from '../../contract/gateways/licence-library'
import type { AnswerRectification } from '../../contract/licences'
import type { Problem } from '../../contract/problems'
import type { MockConfig } from '../config'
import { html, page } from '../html'
import type { PrivateJwk } from '../keys'
import { Ledger } from '../ledger'
import { signRequest } from '../signature'
import { signedByServer } from '../signed-route'
import type { ServerKeys } from '../signed-route'
import type { LibraryControl } from './actions'
import type { LicenceLibrary } from './library'
import { kinds } from './population'

type Outcome = AnswerRectification['outcome']
/** 一条收到的「信息有误」；照它改过了库里的证照；答复送到了。 */
type Line = { asked: LibraryRectification } | { amended: string } | { answered: string; outcome: Outcome; text: string }

interface Received extends LibraryRectification {
  amended: boolean
  answer: AnswerRectification | null
}

interface AnswerForm {
  rectificationId?: string
  outcome?: string
  text?: string
}

interface Parts {
  config: MockConfig
  library: LicenceLibrary
  key: PrivateJwk
  keys: ServerKeys
  /** 在源头改证照，变化推给平台。 */
  amend: (control: LibraryControl) => Promise<{ outcome: string }>
}

const address = '/mock/licence-library/rectifications'

/**
 * 发证机关的「信息有误」收件箱：收签名的，rectificationId 重复只记一条；在网页上答复，说更正的先在库里改成持证人写的，再签名答复。
 * 返回关账的函数。
 */
export async function rectificationRoutes(app: FastifyInstance, parts: Parts): Promise<() => Promise<void>> {
  const { config, library, key, keys, amend } = parts
  const ledger = await Ledger.open<Line>(path.join(config.dataDir, 'rectifications.jsonl'))
  const inbox = new Map<string, Received>()
  for (const line of ledger.lines) note(inbox, line)
  const keep = async (line: Line) => {
    note(inbox, line)
    await ledger.append(line)
  }
  const written = new Map<string, Promise<void>>()

  app.post<{ Body: Partial<LibraryRectification> }>(address, async (request, reply) => {
    if (!await signedByServer(request, reply, keys.at(config.serverOrigin))) return reply
    const { rectificationId, type, identifier, field, claim } = request.body
    if (!rectificationId || !type || !identifier || !field || !claim) return reply.code(400).send({ error: 'bad_request' })
    if (!inbox.has(rectificationId)) written.set(rectificationId, keep({ asked: request.body as LibraryRectification }))
    await written.get(rectificationId)
    return reply.code(202).send({ rectificationId })
  })

  app.get(`${address}.json`, async () => [...inbox.values()])
  app.get<{ Querystring: { said?: string } }>(address, async (request, reply) =>
    reply.header('cache-control', 'no-store').type('text/html; charset=utf-8').send(inboxPage([...inbox.values()], request.query.said)))

  app.post<{ Body: AnswerForm }>(`${address}/answer`, async (request, reply) => {
    const { rectificationId = '', outcome, text = '' } = request.body
    const received = inbox.get(rectificationId)
    if (!received || (outcome !== 'corrected' && outcome !== 'upheld') || !text) {
      return reply.code(404).send({ error: 'unknown_rectification' })
    }
    const said = await answer(received, { outcome, text })
    if (request.headers.accept?.includes('text/html'))
      return reply.redirect(`${address}?said=${encodeURIComponent(said ?? '已送达')}#${rectificationId}`, 303)
    return said === null ? reply.code(204).send() : reply.code(409).send({ error: said })
  })

  /** 没送成的原因；送成了是 null。 */
  async function answer(received: Received, message: AnswerRectification): Promise<string | null> {
    const { rectificationId, type, identifier, field, claim } = received
    if (message.outcome === 'corrected' && !received.amended) {
      const holderIdCode = library.holderOf(identifier)
      const done = holderIdCode && await amend({ action: 'amend', holderIdCode, type, field, value: claim, reason: '信息有误，已更正（演示）' })
      if (!done || done.outcome !== 'done') return '这一本现在不能改，没有答复'
      await keep({ amended: rectificationId })
    }
    const target = `${config.serverOrigin}/api/v1/licences/rectifications/${rectificationId}/answer`
    const { url, ...signed } = await signRequest(key, 'POST', target, message)
    const response = await fetch(url, signed)
    if (!response.ok) return `没有收下：${(await response.json() as Problem).title}`
    if (!received.answer) await keep({ answered: rectificationId, ...message })
    return null
  }

  return () => ledger.close()
}

function note(inbox: Map<string, Received>, line: Line): void {
  if ('asked' in line) {
    const { asked } = line
    if (!inbox.has(asked.rectificationId)) inbox.set(asked.rectificationId, { ...asked, amended: false, answer: null })
    return
  }
  const received = inbox.get('amended' in line ? line.amended : line.answered)
  if (!received) return
  if ('amended' in line) received.amended = true
  else received.answer = { outcome: line.outcome, text: line.text }
}

function inboxPage(received: Received[], said: string | undefined): string {
  return page({
    title: '模拟·信息有误收件箱（演示）',
    body: html`
<p>这里代替发证机关：持证人说证照上有一格不对，请核对后答复。答「更正」会先在证照库里改成持证人写的，推给平台。</p>
<p><a href="/mock/licence-library">电子证照库控制台</a></p>
${said ? html`<p role="status"><strong>${said}</strong></p>` : null}
${received.length === 0 ? html`<p class="quiet">还没有人说有误。</p>` : null}
${[...received].reverse().map(one => card(one))}`
  })
}

function card({ rectificationId, type, identifier, version, field, claim, answer }: Received) {
  return html`
<article id="${rectificationId}">
<h2>${kinds.get(type)?.name ?? type}的「${field}」</h2>
<dl>
<dt>标识</dt><dd>${identifier}（第 ${version} 版）</dd>
<dt>应该是</dt><dd>${claim}</dd>
${answer ? html`<dt>${answer.outcome === 'corrected' ? '已更正' : '查明无误'}</dt><dd>${answer.text}</dd>` : null}
</dl>
${answer
    ? null
    : html`<form method="post" action="${address}/answer">
<input type="hidden" name="rectificationId" value="${rectificationId}">
<p><label>答复 <textarea name="text" required maxlength="500" rows="3"></textarea></label></p>
<p><button class="main" name="outcome" value="corrected">更正</button>
<button name="outcome" value="upheld">查明无误，不改</button></p>
</form>`}
</article>`
}
