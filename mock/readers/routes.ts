import type { FastifyInstance } from 'fastify'
import type { CodeReading, ReadCode } from '../../contract/gateways/readers'
import type { Problem } from '../../contract/problems'
import type { MockConfig } from '../config'
import { html, page } from '../html'
import type { MockKeys } from '../keys'
import { publicJwks } from '../keys'
import { readPopulation } from '../population/read'
import { signRequest } from '../signature'

const names = readPopulation<Record<string, string>>('readers.yml')

/** 核码端接入平台里有的核码端，每个一把钥匙。 */
export const readerIds = Object.keys(names)

interface ScanForm {
  reader?: string
  scene?: string
  code?: string
  /** 逗号隔开；不填是这个场景的全部。 */
  fields?: string
}

/** 核码端的替身：公布公钥；在页面上选一个核码端和场景，贴一个码，签名去读，读到什么照原样显示。 */
export function readerRoutes(app: FastifyInstance, config: MockConfig, byReader: MockKeys['byReader']): void {
  app.get('/mock/readers/jwks.json', async () => ({
    keys: Object.entries(byReader).flatMap(([reader, key]) => publicJwks(key).keys.map(open => ({ ...open, reader })))
  }))

  app.get('/mock/readers', async (_request, reply) => reply.type('text/html; charset=utf-8').send(scanPage({})))

  app.post<{ Body: ScanForm }>('/mock/readers/scan', async (request, reply) => {
    const { reader = '', scene = '', code = '', fields = '' } = request.body
    const key = byReader[reader]
    if (!key) return reply.code(404).send({ error: 'unknown_reader' })
    const wanted = fields.split(',').map(field => field.trim()).filter(Boolean)
    // 码里有空格（Base45 的字符），不能去。
    const reading: CodeReading = { code, scene, ...(wanted.length > 0 && { fields: wanted }) }
    const { url, ...message } = await signRequest(key, 'POST', `${config.serverOrigin}/api/v1/codes/readings`, reading)
    const response = await fetch(url, message)
    const answer = await response.json() as ReadCode | Problem
    if (request.headers.accept?.includes('text/html')) {
      return reply.type('text/html; charset=utf-8').send(scanPage({ form: request.body, answer }))
    }
    return reply.code(response.status).send(answer)
  })
}

function scanPage({ form = {}, answer }: { form?: ScanForm; answer?: ReadCode | Problem }): string {
  return page({
    title: '模拟核码端（演示）',
    body: html`
<p>这里代替窗口、自助机和闸机上的扫码器：贴上苏服码里的文字，签名送到掌上办去读。每个码只能读一次。</p>
<form method="post" action="/mock/readers/scan">
<p><label>核码端 <select name="reader">${Object.entries(names).map(([id, name]) =>
    html`<option value="${id}"${form.reader === id ? html` selected` : null}>${name}（${id}）</option>`)}</select></label></p>
<p><label>场景 <input name="scene" required value="${form.scene ?? 'queue'}"></label></p>
<p><label>码 <input name="code" required autocomplete="off"></label></p>
<p><label>只要其中几格（逗号隔开，可不填） <input name="fields" value="${form.fields ?? ''}"></label></p>
<p><button>读码</button></p>
</form>
${answer ? html`<h2>答复</h2><pre>${JSON.stringify(answer, null, 2)}</pre>` : null}`
  })
}
