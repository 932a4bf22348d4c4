import assert from 'node:assert/strict'
import { createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import Fastify from 'fastify'
import sharp from 'sharp'
import { renderSVG } from 'uqr'
import { parse } from 'yaml'
import type { CodeIssuer, CodeScene } from '../../contract/codes'
import type { OfflineReport, ShownBy } from '../../contract/gateways/readers'
import type { Scene } from '../../domain/code/scene'
import { certificateMessage, codeMessage, encodeOffline, type Certificate } from '../../domain/code/format'
import { RemoteKeys } from '../../server/gateways/remote-keys'
import { verifyMessage } from '../../server/gateways/signature'
import { startMock, type RunningMock } from './running'

const root = path.resolve(__dirname, '../..')
const vectors = JSON.parse(readFileSync(path.join(root, 'docs/code/vectors.json'), 'utf8')) as {
  issuer: { code: string; key: number; seed: string; publicKey: string }
  device: { seed: string; publicKey: string }
}
const catalogue = <Shape>(file: string) => parse(readFileSync(path.join(root, 'catalogue/jiangyin', file), 'utf8')) as Shape
const keyOf = (seed: string): KeyObject =>
  createPrivateKey({ key: Buffer.from(`302e020100300506032b657004220420${seed}`, 'hex'), format: 'der', type: 'pkcs8' })
const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'))
const base64Url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')

/** What the server of the test answers, and what it was told. */
interface End {
  origin: string
  issuer: CodeIssuer
  reported: OfflineReport[]
  down: boolean
  answered: { status: number; body: object }
  asked: string[]
  close(): Promise<void>
}

async function startEnd(mockOrigin: () => string): Promise<End> {
  const app = Fastify({ forceCloseConnections: true })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  let keys: RemoteKeys | null = null
  const end: End = {
    origin: '',
    issuer: {
      issuer: vectors.issuer.code,
      keys: [{ number: vectors.issuer.key, publicKey: base64Url(hex(vectors.issuer.publicKey)) }],
      revokedCertificates: [],
      at: '2026-11-23T01:00:00.000Z'
    },
    reported: [],
    down: false,
    answered: { status: 200, body: {} },
    asked: [],
    close: () => app.close()
  }
  const { scenes } = catalogue<{ scenes: Scene[] }>('scenes.yml')
  app.addHook('onRequest', async (_request, reply) => (end.down ? reply.code(503).send({}) : undefined))
  app.get('/api/v1/codes/issuer', async () => end.issuer)
  const published: Pick<CodeScene, 'id' | 'offline' | 'holder' | 'retentionDays'>[] = scenes
  app.get('/api/v1/codes/scenes', async () => ({ scenes: published }))
  app.route({
    method: ['GET', 'POST'],
    url: '/api/v1/codes/readings*',
    handler: async ({ method, url, headers, body }, reply) => {
      keys ??= new RemoteKeys({ system: '核码端', address: `${mockOrigin()}/mock/readers/jwks.json`, now: Date.now, log: console })
      const bytes = (body as Buffer | undefined) ?? Buffer.alloc(0)
      if (!(await verifyMessage({ method, url, headers, body: bytes }, keys, Date.now()))) return reply.code(401).send({})
      end.asked.push(`${method} ${url}`)
      if (!url.endsWith('/offline')) return reply.code(end.answered.status).send(end.answered.body)
      const report = JSON.parse(String(bytes)) as OfflineReport
      end.reported.push(report)
      return { results: report.readings.map(() => ({ outcome: 'recorded', reason: null })) }
    }
  })
  end.origin = await app.listen({ port: 0, host: '127.0.0.1' })
  return end
}

describe('核码端替身', () => {
  let mock: RunningMock
  let server: End
  const from = Date.parse('2026-11-23T01:00:00Z')
  let clock = from + 3_600_000
  before(async () => {
    server = await startEnd(() => mock.origin)
    mock = await startMock({ serverOrigin: server.origin }, () => clock)
  })
  after(async () => {
    await mock.remove()
    await server.close()
  })

  const post = async (action: string, body: Record<string, string>, accept = 'application/json') =>
    fetch(`${mock.origin}/mock/readers/${action}`, {
      method: 'POST', headers: { 'content-type': 'application/json', accept }, body: JSON.stringify(body)
    })
  async function offline(code: string, over: Record<string, string> = {}) {
    const response = await post('scan', { reader: 'hall-desk', scene: 'queue', code, network: 'off', ...over })
    const answer = await response.json() as { ok: boolean; reason?: string; name?: string }
    assert.equal(response.status, answer.ok ? 200 : 409)
    const told = answer.ok ? ['at', 'holder', 'idLastFour', 'name', 'ok', 'retentionDays'] : ['at', 'ok', 'reason']
    assert.deepEqual(Object.keys(answer).sort(), told, '多一样也没有')
    return answer.ok ? `ok ${answer.name}` : answer.reason
  }
  const certificate: Certificate = {
    issuerKey: vectors.issuer.key, id: new Uint8Array(16).fill(9), holder: 'person', from: from / 1000, minutes: 1440,
    deviceKey: new Uint8Array(createPublicKey(keyOf(vectors.device.seed)).export({ format: 'der', type: 'spki' }).subarray(-32)),
    name: '林*', idLastFour: '0026'
  }
  const signed = (seed: string, message: Uint8Array) => new Uint8Array(sign(null, message, keyOf(seed)))
  const signers = { issuer: vectors.issuer.code, issuerSeed: vectors.issuer.seed, deviceSeed: vectors.device.seed }
  type Signers = typeof signers
  /** A code made so many seconds from now. */
  function codeAt(seconds: number, over: Partial<Certificate> = {}, by: Partial<Signers> = {}): string {
    const { issuer, issuerSeed, deviceSeed } = { ...signers, ...by }
    const certified = { ...certificate, ...over }
    const certificateSignature = signed(issuerSeed, certificateMessage(issuer, certified))
    const unsigned = { issuer, certificate: certified, certificateSignature, time: clock / 1000 + seconds }
    return encodeOffline({ ...unsigned, signature: signed(deviceSeed, codeMessage(unsigned)) })
  }

  test('没取过公钥，什么也验不了；取过以后，服务端断了也验得过', async () => {
    assert.equal(await offline(codeAt(0)), 'issuer_unknown')
    assert.equal((await post('update', { reader: 'hall-desk' })).status, 200)
    server.down = true
    assert.equal(await offline(codeAt(0)), 'ok 林*')
    assert.equal((await post('update', { reader: 'hall-desk' })).status, 502)
    assert.equal((await post('report', { reader: 'hall-desk' })).status, 502)
    server.down = false
  })

  test('自己记着刚读过的；拨快拨慢自己的钟，差 90 秒以上就不收', async () => {
    clock += 10_000
    const code = codeAt(0)
    assert.deepEqual([await offline(code), await offline(code)], ['ok 林*', 'replayed'])
    assert.equal(await offline(codeAt(1), { shift: '91' }), 'ok 林*')
    assert.equal(await offline(codeAt(2), { shift: '120' }), 'code_expired')
    assert.equal(await offline(codeAt(3), { shift: '-120' }), 'clock_ahead')
  })

  test('伪造的、别处发的、证书过了期或还没生效的：各说各的缘由，别的一样不说', async () => {
    clock += 10_000
    const [thief, day] = ['5a'.repeat(32), 86_400]
    assert.equal(await offline(codeAt(0, {}, { issuerSeed: thief })), 'certificate_forged')
    assert.equal(await offline(codeAt(0, {}, { deviceSeed: thief })), 'code_forged')
    assert.equal(await offline(codeAt(0, {}, { issuer: '320200' })), 'wrong_issuer')
    assert.equal(await offline(codeAt(0, { issuerKey: vectors.issuer.key + 1 })), 'unknown_issuer_key')
    assert.equal(await offline(codeAt(0, { from: clock / 1000 - day })), 'certificate_expired')
    assert.equal(await offline(codeAt(0, { from: clock / 1000 + 1 })), 'certificate_not_yet')
    assert.equal(await offline(codeAt(0, { from: clock / 1000, minutes: 1441 })), 'certificate_too_long')
    assert.equal(await offline(codeAt(0), { fields: 'identity.phone' }), 'ok 林*', '离线码里没有的，要也没有')
  })

  test('两台都断了网，同一个码各自都读得到：谁也不知道另一台；66 秒前的截屏还收，91 秒前的不收', async () => {
    clock += 10_000
    await post('update', { reader: 'hall-kiosk' })
    const code = codeAt(0)
    assert.deepEqual(await Promise.all([offline(code), offline(code, { reader: 'hall-kiosk' })]), ['ok 林*', 'ok 林*'])
    assert.equal(await offline(codeAt(-66)), 'ok 林*')
    assert.equal(await offline(codeAt(-91)), 'code_expired')
  })

  test('不收离线码的场景、企业码、作废了的证书：不收', async () => {
    clock += 10_000
    assert.equal(await offline(codeAt(0), { scene: 'counter' }), 'scene_online_only')
    assert.equal(await offline(codeAt(0), { scene: 'museum' }), 'ok 林*')
    assert.equal(await offline(codeAt(1, { holder: 'company', name: '江阴演示科技有限公司' }), { scene: 'museum' }), 'holder_kind')
    server.issuer.revokedCertificates = [base64Url(certificate.id)]
    await post('update', { reader: 'hall-desk' })
    assert.equal(await offline(codeAt(2)), 'certificate_revoked')
    server.issuer.revokedCertificates = []
    await post('update', { reader: 'hall-desk' })
  })

  test('联网补报：签名，各报一次，读的时刻照自己的钟；报过的不再报', async () => {
    clock += 10_000
    await post('report', { reader: 'hall-desk' })
    server.reported = []
    const [first, second] = [codeAt(0), codeAt(1)]
    await offline(first)
    await offline(second, { shift: '30' })
    const answer = await (await post('report', { reader: 'hall-desk' })).json() as { results: object[] }
    assert.deepEqual(answer.results, [{ outcome: 'recorded', reason: null }, { outcome: 'recorded', reason: null }])
    assert.deepEqual(server.reported.map(({ readings }) => readings), [[
      { code: first, scene: 'queue', at: new Date(clock).toISOString() },
      { code: second, scene: 'queue', at: new Date(clock + 30_000).toISOString() }
    ]])
    await post('report', { reader: 'hall-desk' })
    assert.equal(server.reported.length, 1)
  })

  test('断了电再开：认得的公钥、刚读过的、没补报的都还在，报过的不再报；同时来的同一个码只读一次', async () => {
    clock += 10_000
    await post('report', { reader: 'hall-desk' })
    const [first, second] = [codeAt(0), codeAt(1)]
    assert.deepEqual((await Promise.all([offline(first), offline(first)])).sort(), ['ok 林*', 'replayed'])
    // 不等它好好收摊：落了盘的就是全部。
    const dataDir = mkdtempSync(path.join(tmpdir(), 'reader-'))
    cpSync(mock.dataDir, dataDir, { recursive: true })
    await mock.remove()
    server.down = true
    mock = await startMock({ serverOrigin: server.origin, dataDir }, () => clock)
    assert.deepEqual([await offline(first), await offline(second)], ['replayed', 'ok 林*'])
    server.down = false
    server.reported = []
    const reports = await Promise.all([post('report', { reader: 'hall-desk' }), post('report', { reader: 'hall-desk' })])
    assert.deepEqual(reports.map(({ status }) => status), [200, 200])
    const told = () => server.reported.flatMap(({ readings }) => readings.map(({ code }) => code))
    assert.deepEqual(told(), [first, second])
    await mock.stop()
    mock = await startMock({ serverOrigin: server.origin, dataDir }, () => clock)
    await post('report', { reader: 'hall-desk' })
    assert.deepEqual(told(), [first, second])
    assert.equal(await offline(second), 'replayed')
  })

  test('要点头的：先说在等，问得到结果；网页自己隔一会儿再问', async () => {
    server.answered = { status: 202, body: { readingId: 'reading-1', expiresAt: '2026-11-23T02:01:00.000Z' } }
    const scan = { reader: 'hall-desk', scene: 'counter', code: 'SFM320281:A CODE' }
    const waiting = await post('scan', scan)
    assert.deepEqual([waiting.status, await waiting.json()], [202, server.answered.body])
    const text = await (await post('scan', scan, 'text/html')).text()
    assert.match(text, /等亮码人点头/)
    assert.match(text, /<meta http-equiv="refresh" content="2">/, '自己隔一会儿再问')
    assert.equal(server.asked.at(-1), 'GET /api/v1/codes/readings/reading-1')
    const fields = [{ key: 'identity.name', name: '姓名', text: '<b>林演示', yes: null }]
    const bySelf: ShownBy = { role: 'self', delegationNumber: null, maskedName: null }
    server.answered = { status: 200, body: { scene: 'counter', shownBy: bySelf, fields } }
    const address = `${mock.origin}/mock/readers/readings/reading-1?reader=hall-desk`
    const result = await fetch(address)
    assert.deepEqual([result.status, await result.json()], [200, server.answered.body])
    assert.equal(server.asked.at(-1), 'GET /api/v1/codes/readings/reading-1')
    const shown = await (await fetch(address, { headers: { accept: 'text/html' } })).text()
    assert.match(shown, /读到了/)
    assert.doesNotMatch(shown, /http-equiv="refresh"/)
    assert.doesNotMatch(shown, /<b>林/)
    const shownAs = async (shownBy: ShownBy) => {
      server.answered = { status: 200, body: { scene: 'counter', shownBy, fields } }
      return /<p><strong>([^<]*)</.exec(await (await fetch(address, { headers: { accept: 'text/html' } })).text())?.[1]
    }
    const byDelegate = { delegationNumber: '4821 0937 5566', maskedName: '许*' }
    assert.deepEqual(
      [
        await shownAs(bySelf),
        await shownAs({ ...bySelf, role: 'guardian' }),
        await shownAs({ ...bySelf, role: 'legalRepresentative' }),
        await shownAs({ role: 'proxy', ...byDelegate }),
        await shownAs({ role: 'operator', ...byDelegate })
      ],
      [
        '由本人出示', '由监护人出示', '由法定代表人出示', '由代办人 许* 凭授权代为出示（授权编号 4821 0937 5566）',
        '由经办人 许* 凭授权代为出示（授权编号 4821 0937 5566）'
      ]
    )
  })

  test('网页上先用一句话说怎么了，没有代号：没有读到的缘由，自己验的每一种缘由，取到的，补报的', async () => {
    clock += 10_000
    const said = async (action: string, over: Record<string, string> = {}) => {
      const scan = { reader: 'hall-desk', scene: 'queue', ...over }
      const text = await (await post(action, scan, 'text/html')).text()
      const card = /<section class="card">(.*?)<details>/s.exec(text)?.[1] ?? assert.fail(text)
      assert.doesNotMatch(card.replaceAll(/<[^>]*>/g, ''), /[a-z]/, '没有代号')
      return card
    }
    const alone = async (code: string, over: Record<string, string> = {}) =>
      /<strong>([^<]*)</.exec(await said('scan', { code, network: 'off', ...over }))?.[1]
    server.answered = { status: 409, body: { code: 'code_refused', detail: '这个码已经用过', errors: [{ code: 'code_used' }] } }
    assert.match(await said('scan', { code: 'SFM320281:A' }), /没有读到.*<strong>这个码已经用过</s)
    const fields = [
      { key: 'identity.name', name: '姓名（打码）', text: '林*', yes: null },
      { key: 'age.18', name: '是否年满', text: null, yes: false }
    ]
    const shownBy: ShownBy = { role: 'self', delegationNumber: null, maskedName: null }
    server.answered = { status: 200, body: { scene: 'queue', holder: 'person', shownBy, fields, retentionDays: 0 } }
    assert.match(await said('scan', { code: 'SFM320281:A' }), /个人码，核完即删.*姓名（打码）<\/dt><dd>林\*.*是否年满<\/dt><dd>否</s)
    const told = [
      await alone('x'), await alone('SFM320281:A'),
      await alone(codeAt(0, {}, { issuer: '320200' })), await alone(codeAt(0, { issuerKey: 99 })),
      await alone(codeAt(0, {}, { issuerSeed: '5a'.repeat(32) })), await alone(codeAt(0, {}, { deviceSeed: '5a'.repeat(32) })),
      await alone(codeAt(0, { from: clock / 1000 - 86_400 })), await alone(codeAt(-120)), await alone(codeAt(120)),
      await alone(codeAt(0), { scene: 'counter' }), await alone(codeAt(5)), await alone(codeAt(5))
    ]
    assert.ok(told.every((one) => one && one !== '没有说明缘由'), told.join('\n'))
    assert.equal(new Set(told).size, told.length, told.join('\n'))
    assert.match(await said('update'), /公钥 1 把，作废的证书 0 张/)
    assert.match(await said('report'), /<li>记下了<\/li>/)
    assert.match(await said('report'), /没有要补报的/)
  })

  test('选一张截屏就能读：从图里找码；没有码、不是图、什么也没给，各说各的', async () => {
    clock += 10_000
    async function withPicture(picture: Buffer | null, code = '') {
      const form = new FormData()
      const typed = { reader: 'hall-desk', scene: 'queue', code, network: 'off', shift: '0' }
      for (const [name, value] of Object.entries(typed)) form.set(name, value)
      if (picture) form.set('picture', new Blob([new Uint8Array(picture)]), 'screen.png')
      const response = await fetch(`${mock.origin}/mock/readers/scan`, { method: 'POST', body: form })
      return [response.status, await response.json() as { name?: string; detail?: string }] as const
    }
    const square = (text: string) =>
      sharp(Buffer.from(renderSVG(text, { ecc: 'M', border: 4 })), { density: 300 }).resize(900).png().toBuffer()
    const [status, reading] = await withPicture(await square(codeAt(0)))
    assert.deepEqual([status, reading.name], [200, '林*'])
    const blank = await sharp({ create: { width: 300, height: 300, channels: 3, background: 'white' } }).png().toBuffer()
    const noCode = (detail: string) => [400, { error: 'no_code', detail }]
    assert.deepEqual(await withPicture(blank), noCode('这张图里找不到二维码'))
    assert.deepEqual(await withPicture(Buffer.from('不是图')), noCode('这张图里找不到二维码'))
    assert.deepEqual(await withPicture(null), noCode('选一张图，或贴码里的文字'))
    assert.equal((await withPicture(blank, codeAt(1)))[0], 200, '贴了文字就读文字')
  })

  test('页面写明是模拟；每个核码端只列它登记了的场景，与目录一致', async () => {
    const names = new Map(catalogue<{ scenes: { id: string; name: string }[] }>('scenes.yml').scenes.map(({ id, name }) => [id, name]))
    for (const { id, scenes } of catalogue<{ readers: { id: string; scenes: string[] }[] }>('readers.yml').readers) {
      const text = await (await fetch(`${mock.origin}/mock/readers?reader=${id}`)).text()
      assert.match(text, /模拟核码端（演示）/)
      const options = [...text.matchAll(/<option value="([^"]+)"[^>]*>([^<]+)</g)]
      assert.deepEqual(options.map(([, scene]) => scene), scenes)
      assert.deepEqual(options.map(([, , name]) => name), scenes.map((scene) => names.get(scene)), '说场景的叫法，不说代号')
    }
    assert.equal((await fetch(`${mock.origin}/mock/readers?reader=constructor`)).status, 404)
    assert.equal((await post('scan', { reader: 'constructor', network: 'off' })).status, 404)
    assert.equal((await fetch(`${mock.origin}/mock/readers/readings/x?reader=nobody`)).status, 404)
  })
})
