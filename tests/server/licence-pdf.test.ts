import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, before, beforeEach, describe, test } from 'node:test'
import { plainAddPlaceholder } from '@signpdf/placeholder-plain'
import { P12Signer } from '@signpdf/signer-p12'
import { SignPdf } from '@signpdf/signpdf'
import type { Verification } from '../../contract/presentations'
import type { TraceList } from '../../contract/traces'
import { buildApp } from '../../server/app'
import { signPdf } from '../../server/modules/presentation/pdf-signature'
import { loadOrCreatePdfCertificate, loadPdfCertificate } from '../../server/vault/pdf-certificate'
import { api } from './journey'
import { hukou } from './papers'
import { pdfCode, readPdf, readQr, textOf } from './pdf-reader'
import { signerOf } from './pdf-signer'
import { checkPdf, fullIdCard, licenceId, refusal, uploadPdf, verify } from './presenting'
import { confirmAgain, signIn, type Browser } from './sign-in'
import { mother, startWorld, stranger, type World } from './world'

describe('证照 PDF', () => {
  let world: World
  let browser: Browser
  let id: string
  before(async () => {
    world = await startWorld()
  })
  beforeEach(async () => {
    world.outside.down.clear()
    world.outside.licences = [fullIdCard(), hukou(mother)]
    await later()
    id = await licenceId(browser, 'id-card')
  })
  after(async () => {
    await world.close()
  })

  const later = async () => {
    world.pass(61 * 60_000)
    browser = (await signIn(world, mother)).browser
    await confirmAgain(world, browser, mother)
  }
  const download = async (purpose?: string) => {
    const reply = await browser.send({ method: 'GET', url: `/api/v1/licences/${id}/pdf`, query: purpose ? { purpose } : {} })
    assert.equal(reply.statusCode, 200, reply.body)
    return { bytes: reply.rawPayload, headers: reply.headers }
  }
  const upload = (bytes: Buffer, type?: string) => uploadPdf(world, bytes, type)
  const check = (bytes: Buffer) => checkPdf(world, bytes)

  test('一页 A4：照面的每一格、用途、出具时间、演示水印；文字取得出，二维码认得出；不到 500 KB', async () => {
    const { bytes, headers } = await download('办理签证')
    assert.equal(headers['content-type'], 'application/pdf')
    assert.match(String(headers['content-disposition']), /^attachment; filename\*=UTF-8''%E5%B1%85/)
    assert.ok(bytes.length < 500_000, `${bytes.length}`)
    const { pages, rects, fonts } = readPdf(bytes)
    assert.equal(pages.length, 1)
    const text = textOf(pages[0] ?? [])
    const wanted = [
      mother.name,
      mother.idNumber,
      '江苏省江阴市澄江街道演示路1号',
      '居民身份证',
      '公安局',
      '演示',
      '办理签证',
      '演示签发机关'
    ]
    for (const each of wanted) assert.ok(text.includes(each), `${each}：${text}`)
    assert.match(text, /出具时间 2026-11-\d\d \d\d:\d\d/)
    assert.ok(fonts.length > 5 && fonts.every((name) => /^[A-Z]{6}\+NotoSansSC/.test(name)), fonts.join())
    const address = readQr(rects)
    assert.match(address ?? '', /^http:\/\/localhost:8080\/features\/licence\/verify\/index#[2-9A-HJ-NP-Z]{20}$/)
    assert.ok(text.includes(`核验码 ${pdfCode(bytes).match(/.{5}/g)?.join('-')}`))
    assert.match(bytes.toString('latin1'), /\/MediaBox \[0 0 595\.28 841\.89\]/)
  })

  test('签名覆盖全文件：用证书的公钥独立核过', async () => {
    const { bytes } = await download()
    const certificate = signerOf(bytes)
    assert.deepEqual(certificate.raw, loadPdfCertificate(world.deps.config.pdfSigning).certificate)
  })

  test('openssl 也认这个签名', { skip: spawnSync('openssl', ['version']).status !== 0 && '这台机器没有 openssl' }, async () => {
    const { bytes } = await download()
    const [, , b = 0, c = 0] = (/\/ByteRange \[(\d+) (\d+) (\d+) (\d+)\s*\]/.exec(bytes.toString('latin1')) ?? []).map(Number)
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pdf-'))
    const file = (name: string, content: Buffer | string) => {
      fs.writeFileSync(path.join(folder, name), content)
      return path.join(folder, name)
    }
    const signature = file('signature.der', Buffer.from(bytes.subarray(b + 1, c - 1).toString('latin1'), 'hex'))
    const content = file('content', Buffer.concat([bytes.subarray(0, b), bytes.subarray(c)]))
    const trusted = file('trusted.pem', new X509Certificate(loadPdfCertificate(world.deps.config.pdfSigning).certificate).toString())
    const args = [
      'cms',
      '-verify',
      '-inform',
      'DER',
      '-in',
      signature,
      '-content',
      content,
      '-binary',
      '-CAfile',
      trusted,
      '-purpose',
      'any'
    ]
    // 证书从测试里的时刻起有效，可能在今天之后。
    execFileSync('openssl', [...args, '-no_check_time', '-out', os.devNull], { stdio: 'pipe' })
    fs.writeFileSync(content, `${fs.readFileSync(content, 'latin1')} `, 'latin1')
    assert.notEqual(spawnSync('openssl', [...args, '-no_check_time', '-out', os.devNull]).status, 0)
    fs.rmSync(folder, { recursive: true })
  })

  test('原件：有效；敏感的只给打码的，让人对得上；核几次都行', async () => {
    const { bytes } = await download('办理贷款')
    const seen = await check(bytes)
    assert.equal(seen.result, 'valid')
    const shown = Object.fromEntries((seen.licence?.shown ?? []).map(({ name, text }) => [name, text]))
    assert.deepEqual(
      [shown['姓名'], shown['公民身份号码'], shown['住址'], shown['出生日期']],
      [mother.name, '320***********0026', '江苏省江阴市澄江街道***', '***']
    )
    assert.deepEqual([seen.licence?.purpose, seen.sdJwt], ['办理贷款', null])
    const byCode = await verify(world, pdfCode(bytes))
    const printed = pdfCode(bytes).match(/.{5}/g)?.join('-').toLowerCase() ?? ''
    assert.deepEqual(byCode.licence, (await verify(world, printed)).licence)
    const heard = Object.fromEntries((byCode.licence?.shown ?? []).map(({ name, text }) => [name, text]))
    assert.deepEqual(heard, { ...shown, 姓名: '林*', 性别: '***', 民族: '***' }, '只有码、没有文件的，姓名也只够对得上')
    const { traces } = await api<TraceList>(browser, 'GET', '/traces')
    const kept = traces.filter(({ purpose }) => purpose.includes('办理贷款') && purpose.includes('居民身份证 PDF'))
    assert.deepEqual(kept.map(({ action, actorKind }) => `${action} ${actorKind}`).sort(), ['export self', 'read reader'])
    assert.ok(!JSON.stringify(kept).includes(mother.idNumber))
  })

  test('持证人收回了同意：文件和码都核不到内容，也不再去问证照库；重新同意又能核', async () => {
    const { bytes } = await download('办理贷款')
    for (const kinds of [['sensitive'], ['privacy']]) {
      await api(browser, 'POST', '/identity/consents/withdraw', { kinds })
      world.outside.down.add('library')
      for (const seen of [await check(bytes), await verify(world, pdfCode(bytes))]) {
        assert.deepEqual([seen.result, seen.licence], ['spent', null])
        assert.match(seen.say, /持证人不再让人核验/)
      }
      world.outside.down.clear()
      const { version } = await api<{ version: string }>(browser, 'GET', '/identity/notice')
      await api(browser, 'POST', '/identity/consents', { version, kinds })
      assert.equal((await check(bytes)).result, 'valid')
    }
    const { traces } = await api<TraceList>(browser, 'GET', '/traces?of=refused')
    const [refused, ...others] = traces.filter(({ purpose }) => purpose.includes('居民身份证 PDF'))
    assert.deepEqual(others.length, 1, '收回了两回，各一条')
    assert.match(refused?.purpose ?? '', /想核验你出具的居民身份证 PDF.*；已拒绝：现在没有你的同意/)
    assert.deepEqual([refused?.actorKind, refused?.fields.includes('住址')], ['reader', true])
  })

  test('核得再多，一小时里同样的结果只有一条足迹；结果变了、过了一小时，再有一条', async () => {
    const [{ bytes }, again] = [await download('租房'), await download('租房')]
    const code = pdfCode(bytes)
    const traces = async () =>
      (
        await world.deps.pool.query<{ fields: number }>(
          "select cardinality(fields) as fields from trace where actor_kind = 'reader' and purpose like '%PDF%租房' order by at, id"
        )
      ).rows.map(({ fields }) => fields)
    await Promise.all(Array.from({ length: 10 }, () => verify(world, code)))
    await check(bytes)
    assert.deepEqual(await traces(), [8])
    await check(again.bytes)
    assert.deepEqual(await traces(), [8, 8], '另一份是另一份')
    world.outside.licences = [fullIdCard({ status: 'suspended' })]
    world.pass(11 * 60_000)
    assert.equal((await verify(world, code)).result, 'suspended')
    assert.equal((await verify(world, code)).result, 'suspended')
    assert.deepEqual(await traces(), [8, 8, 0], '没给内容')
    world.pass(3_599_999)
    await verify(world, code)
    assert.equal((await traces()).length, 3)
    world.pass(1)
    await verify(world, code)
    assert.equal((await traces()).length, 4)
  })

  test('再下载一份，前一份照样有效', async () => {
    const [one, two] = [(await download()).bytes, (await download()).bytes]
    assert.notEqual(pdfCode(one), pdfCode(two))
    assert.deepEqual([(await check(one)).result, (await check(two)).result], ['valid', 'valid'])
  })

  describe('不是原件，一律不认，说清为什么', () => {
    const notGenuine = async (bytes: Buffer, why: RegExp) => {
      const { result, say, licence, sdJwt } = await check(bytes)
      assert.deepEqual([result, licence, sdJwt], ['not_genuine', null, null])
      assert.match(say, why)
    }

    test('改动任何一处的一个字节：头、正文、签名之后、签名里、签名后面补的零', async () => {
      const { bytes } = await download()
      const latin = bytes.toString('latin1')
      const place = latin.indexOf('/Contents <') + 11
      const end = latin.indexOf('>', place)
      const spots = [20, Math.floor(place / 2), place - 40, place + 400, end - 2, bytes.length - 20]
      for (const at of spots) {
        const changed = Buffer.from(bytes)
        const inPlace = at >= place && at < end
        changed[at] = inPlace ? (changed[at] === 0x30 ? 0x31 : 0x30) : (changed[at] ?? 0) ^ 1
        await notGenuine(changed, /签名|PDF/)
      }
    })

    test('后面添一次增量更新、添一个空行', async () => {
      const { bytes } = await download()
      await notGenuine(
        Buffer.concat([bytes, Buffer.from('\n1 0 obj\n<< /Type /Catalog >>\nendobj\nxref\n0 0\ntrailer\n<<>>\n%%EOF\n')]),
        /又添了内容/
      )
      await notGenuine(Buffer.concat([bytes, Buffer.from('\n')]), /又添了内容/)
    })

    test('截断、空的、不是 PDF、没有签名的 PDF', async () => {
      const { bytes } = await download()
      await notGenuine(bytes.subarray(0, bytes.length - 100), /没有传完整/)
      await notGenuine(bytes.subarray(0, 4000), /没有数字签名/)
      await notGenuine(Buffer.from('hello'), /不是 PDF/)
      await notGenuine(Buffer.from('%PDF-1.7\n%%EOF'), /没有数字签名/)
      await notGenuine(Buffer.from('%PDF-1.7 /ByteRange [0 5 9 5] <00>'), /又添了内容|签名对不上/)
    })

    test('签名占的地方比我们的大：不去解它，就说不是我们签的；我们自己的占多少是定死的', async () => {
      const { bytes } = await download()
      const place = /\/Contents (<[0-9a-f]+>)/.exec(bytes.toString('latin1'))?.[1] ?? assert.fail('没有签名')
      assert.equal(place.length, 2 * 4096 + 2)
      const wider = plainAddPlaceholder({
        pdfBuffer: unsignedPartOf(bytes),
        reason: '',
        contactInfo: '',
        name: '',
        location: '',
        signatureLength: 4097
      })
      const { p12, passphrase } = loadPdfCertificate(world.deps.config.pdfSigning)
      await notGenuine(await new SignPdf().sign(wider, new P12Signer(p12, { passphrase })), /签名的不是我们/)
      // 两兆多的 DER：一层套一层。
      const nested = `<${'3080'.repeat(1_100_000)}>`
      const head = '%PDF-1.7\n/ByteRange [0 00000000 00000000 00000000]\n'
      const numbers = [head.length, head.length + nested.length, 6].map((number) => String(number).padStart(8, '0'))
      const huge = `${head.replace('00000000 00000000 00000000', numbers.join(' '))}${nested}\n%%EOF`
      await notGenuine(Buffer.from(huge, 'latin1'), /签名的不是我们/)
    })

    test('别人的证书签的；我们的证书签的别的内容；在我们签过的上面再签一次', async () => {
      const { bytes } = await download()
      const other = loadOrCreatePdfCertificate(
        { p12File: path.join(world.deps.config.dataDir, 'other.p12'), passphrase: 'other' },
        world.deps.now()
      )
      const bare = unsignedPartOf(bytes)
      const at = new Date(world.deps.now() + 1000)
      await notGenuine(await signPdf(other, bare, at), /签名的不是我们/)
      await notGenuine(await signPdf(loadPdfCertificate(world.deps.config.pdfSigning), bare, at), /没有这份文件的出具记录/)
      await notGenuine(await signPdf(other, bytes, at).catch(() => Buffer.concat([bytes, bytes])), /又添了内容|签名对不上|签名的不是我们/)
    })
  })

  test('证照的状态变了：文件与核验码随之失效，不再给内容', async () => {
    const { bytes } = await download()
    const code = pdfCode(bytes)
    for (const [status, expected] of [
      ['suspended', 'suspended'],
      ['valid', 'valid'],
      ['revoked', 'revoked'],
      ['cancelled', 'cancelled']
    ] as const) {
      world.outside.licences = [fullIdCard({ status })]
      world.pass(11 * 60_000)
      const seen = await check(bytes)
      assert.deepEqual([seen.result, (await verify(world, code)).result], [expected, expected])
      assert.equal((seen.licence?.shown.length ?? 0) > 0, expected === 'valid')
    }
  })

  test('换了签名证书：以前签的还认；用新证书签的、没有记录的不认', async () => {
    const { bytes } = await download()
    const pdfSigning = { p12File: path.join(world.deps.config.dataDir, 'renewed.p12'), passphrase: 'renewed' }
    const renewed = loadOrCreatePdfCertificate(pdfSigning, world.deps.now())
    const app = await buildApp({ ...world.deps, config: { ...world.deps.config, pdfSigning } })
    const ask = async (payload: Buffer) =>
      (
        await app.inject({ method: 'POST', url: '/api/v1/verifications/pdf', headers: { 'content-type': 'application/pdf' }, payload })
      ).json<Verification>()
    assert.equal((await ask(bytes)).result, 'valid')
    const unknown = await ask(await signPdf(renewed, unsignedPartOf(bytes), new Date(world.deps.now())))
    assert.deepEqual([unknown.result, /没有这份文件的出具记录/.test(unknown.say)], ['not_genuine', true])
    await app.close()
  })

  test('库里没有核验码、没有原值', async () => {
    const code = pdfCode((await download()).bytes)
    const { rows } = await world.deps.pool.query<{ row: string }>('select p::text as row from licence_pdf p')
    for (const secret of [code, mother.idNumber, mother.name]) assert.ok(!rows.some(({ row }) => row.includes(secret)), secret)
  })

  test('有敏感内容：要先再确认一次是本人；没有 PDF 的种类、不能用的证照、别人的，都不给', async () => {
    const url = `/licences/${id}/pdf`
    const stale = (await signIn(world, mother)).browser
    world.pass(6 * 60_000)
    assert.equal(await refusal(stale, 'GET', url), 'reauthentication_required')
    assert.equal(await refusal(browser, 'GET', `/licences/${await licenceId(browser, 'hukou')}/pdf`), 'licence_unusable')
    const other = (await signIn(world, stranger)).browser
    await confirmAgain(world, other, stranger)
    assert.equal(await refusal(other, 'GET', url), 'not_found')
    world.outside.licences = [fullIdCard({ status: 'revoked' })]
    await later()
    assert.equal(await refusal(browser, 'GET', url), 'licence_unusable')
  })

  test('一个地址一分钟最多核二十个文件', async () => {
    const send = (remoteAddress: string) =>
      world.app.inject({
        method: 'POST',
        url: '/api/v1/verifications/pdf',
        headers: { 'content-type': 'application/pdf' },
        payload: Buffer.from('hello'),
        remoteAddress
      })
    const replies = await Promise.all(Array.from({ length: 21 }, () => send('10.9.9.9')))
    assert.deepEqual(replies.map(({ statusCode }) => statusCode).sort(), [...Array.from({ length: 20 }, () => 200), 429])
    assert.equal((await send('10.9.9.10')).statusCode, 200)
  })

  test('不是 application/pdf 的、超过 5 MB 的不收', async () => {
    assert.equal((await upload(Buffer.from('{}'), 'application/json')).statusCode, 400)
    assert.equal((await upload(Buffer.from('x'), 'text/plain')).statusCode, 400)
    assert.equal((await upload(Buffer.alloc(5 * 1024 * 1024 + 1))).statusCode, 413)
  })
})

/** 加签名之前的那一页。 */
const unsignedPartOf = (bytes: Buffer) => bytes.subarray(0, bytes.toString('latin1').indexOf('%%EOF') + 6)
