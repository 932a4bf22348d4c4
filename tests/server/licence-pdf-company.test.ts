import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { TraceList } from '../../contract/traces'
import { loadPdfCertificate } from '../../server/vault/pdf-certificate'
import { founder } from './cases'
import { company, signInCompany } from './codes'
import { api } from './journey'
import { paper } from './papers'
import { pdfCode, readPdf, readQr, textOf, type Placed } from './pdf-reader'
import { signerOf } from './pdf-signer'
import { checkPdf, licenceId, refusal, verify } from './presenting'
import { signIn, type Browser } from './sign-in'
import { startWorld, stranger, type World } from './world'

/** 经营范围的样子：一项一个分号，许可项目在前。 */
const scopeOf = (length: number): string => {
  const items = ['软件开发', '信息技术咨询服务', '计算机软硬件及辅助设备零售', '人工智能基础软件开发', '技术服务、技术开发、技术转让、技术推广']
  let scope = '许可项目：食品销售（依法须经批准的项目，经相关部门批准后方可开展经营活动）一般项目：'
  for (let at = 1; scope.length < length; at += 1) scope += `${items[at % items.length]}（第${at}项）；`
  return `${scope}除依法须经批准的项目外，凭营业执照依法自主开展经营活动`
}

/** 纸边以内：点，从左下角量起。 */
const edges = { left: 40, right: 555, bottom: 36, top: 806 }

/** 一页上照面的各格：标题下面、签发机关上面；水印的字大得多。 */
function faceOf(page: Placed[]): Placed[] {
  const issuer = page.find(({ x, text }) => x === 74 && text.startsWith('签'))
  return page.filter(({ x, y, size }) => size < 20 && x >= 74 && y < 705 && y > (issuer?.y ?? 60))
}

describe('营业执照 PDF：法定代表人替企业出具', () => {
  let world: World
  let browser: Browser
  before(async () => {
    world = await startWorld()
  })
  beforeEach(() => world.pass(61 * 60_000))
  after(async () => {
    await world.close()
  })

  const face = (scope: string) => ({
    名称: company.name,
    统一社会信用代码: company.idCode,
    类型: '有限责任公司（自然人投资或控股）',
    法定代表人: founder.name,
    注册资本: '100 万元',
    成立日期: '2021-05-18',
    住所: '江苏省江阴市新桥镇演示路5号101室',
    经营范围: scope,
    登记机关: '江阴市行政审批局（演示）'
  })

  /** 证照库里有这样一本，领了，以企业的名义下载。 */
  async function download({ scope = '信息技术咨询服务', purpose = '银行开户' } = {}): Promise<{ bytes: Buffer; disposition: string }> {
    const licence = paper('biz-licence', founder, face(scope))
    world.outside.licences = [{ ...licence, holderName: company.name, holderIdCode: company.idCode }]
    browser = await signInCompany(world)
    const id = await licenceId(browser, 'biz-licence')
    const reply = await browser.send({ method: 'GET', url: `/api/v1/licences/${id}/pdf`, query: { purpose } })
    assert.equal(reply.statusCode, 200, reply.body)
    return { bytes: reply.rawPayload, disposition: String(reply.headers['content-disposition']) }
  }

  const holds = (text: string, scope: string) => {
    for (const [name, value] of Object.entries(face(scope))) {
      assert.ok(text.includes(name), `没有${name}`)
      assert.ok(text.includes(value), `没有${value}`)
    }
  }

  test('一页：照面九格都在，写企业的名字，没有照片的位置；核验码、二维码、用途、演示水印', async () => {
    const { bytes, disposition } = await download()
    assert.ok(disposition.endsWith(`${encodeURIComponent('营业执照')}.pdf`), disposition)
    const { pages, rects } = readPdf(bytes)
    assert.equal(pages.length, 1)
    const text = textOf(pages[0] ?? [])
    holds(text, '信息技术咨询服务')
    for (const each of ['营业执照', '用途 银行开户', '演示', '签发：演示签发机关', '行政审批局', '电子签章·演示']) assert.ok(text.includes(each), each)
    assert.ok(!text.includes('照片'))
    assert.match(readQr(rects) ?? '', /^http:\/\/localhost:8080\/features\/licence\/verify\/index#[2-9A-HJ-NP-Z]{20}$/)
    assert.ok(text.includes(`核验码 ${pdfCode(bytes).match(/.{5}/g)?.join('-')}`))
  })

  for (const [length, most] of [
    [400, 1],
    [1200, 2],
    [6000, 5]
  ] as const) {
    test(`经营范围有 ${length} 字：一个字不少，不压着别的、不出纸边；签名与核验照样成立`, async () => {
      const scope = scopeOf(length)
      const { bytes } = await download({ scope })
      const { pages, rects } = readPdf(bytes)
      assert.ok(pages.length <= most, `${pages.length} 页`)
      holds(pages.map((page) => textOf(faceOf(page))).join(''), scope)
      for (const page of pages) {
        assert.deepEqual(page.filter(({ x, y }) => x < edges.left || x > edges.right || y < edges.bottom || y > edges.top), [], '都在纸边以内')
        const lines = faceOf(page).map(({ y }) => y)
        assert.ok(lines.every((y, at) => at === 0 || y === lines[at - 1] || (lines[at - 1] ?? 0) - y > 12), '一行在一行下面')
        assert.ok(faceOf(page).every(({ text, x }) => x > 190 || !/^[，。、；：）]/.test(text)), '标点不打头')
      }
      const qr = rects.filter(([, , width]) => width < 6)
      const lowest = Math.min(...faceOf(pages.at(-1) ?? []).map(({ y }) => y))
      assert.ok(qr.every(([, y, , height]) => y > 841.89 - lowest && y + height < edges.top), '二维码在照面下面，整个在纸上')
      assert.ok(readQr(rects))
      assert.deepEqual(signerOf(bytes).raw, loadPdfCertificate(world.deps.config.pdfSigning).certificate)
      const seen = await checkPdf(world, bytes)
      assert.equal(seen.result, 'valid')
      assert.equal(seen.licence?.shown.find(({ name }) => name === '经营范围')?.text, scope)
    })
  }

  test('敏感的一格也没有，不用再确认；核到的整个照面都在，用途写着；足迹记在企业名下，写明谁替它', async () => {
    const { bytes } = await download({ purpose: '投标' })
    const seen = await checkPdf(world, bytes)
    assert.deepEqual([seen.result, seen.licence?.name, seen.licence?.purpose], ['valid', '营业执照', '投标'])
    assert.deepEqual(Object.fromEntries((seen.licence?.shown ?? []).map(({ name, text }) => [name, text])), face('信息技术咨询服务'))
    assert.equal((await verify(world, pdfCode(bytes))).result, 'valid')
    const { traces } = await api<TraceList>(browser, 'GET', '/traces')
    const kept = traces.filter(({ purpose }) => purpose.includes('投标') && purpose.includes('营业执照'))
    assert.deepEqual(kept.map(({ action }) => action).sort(), ['export', 'read'], '一小时里同样的结果只记一条')
    assert.match(kept.find(({ action }) => action === 'export')?.actor ?? '', /高\*/)
  })

  test('改一个字节、添一段都不认', async () => {
    const { bytes } = await download({ scope: scopeOf(1200) })
    const changed = Buffer.from(bytes)
    changed[2000] = (changed[2000] ?? 0) ^ 1
    assert.equal((await checkPdf(world, changed)).result, 'not_genuine')
    assert.equal((await checkPdf(world, Buffer.concat([bytes, Buffer.from('\n')]))).result, 'not_genuine')
  })

  test('吊销了：文件随之失效，也不再出具；没有登记的法定代表人、企业以外的人都拿不到', async () => {
    const { bytes } = await download()
    const id = await licenceId(browser, 'biz-licence')
    const { browser: other } = await signIn(world, stranger)
    assert.equal(await refusal(other, 'GET', `/licences/${id}/pdf`), 'not_found')
    world.outside.licences = world.outside.licences.map((licence) => ({ ...licence, status: 'revoked' as const }))
    world.pass(11 * 60_000)
    assert.equal((await checkPdf(world, bytes)).result, 'revoked')
    assert.equal(await refusal(await signInCompany(world), 'GET', `/licences/${id}/pdf`), 'licence_unusable')
  })
})
