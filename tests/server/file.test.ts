import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import sharp from 'sharp'
import type { DraftFile } from '../../contract/drafts'
import { signIn, type Browser, type Reply } from './sign-in'
import { mother, startWorld, stranger, type World } from './world'

const MB = 1024 * 1024

describe('上传材料', () => {
  let world: World
  let browser: Browser
  before(async () => {
    world = await startWorld()
    browser = (await signIn(world, mother)).browser
  })
  after(async () => {
    await world.close()
  })

  function send(content: Buffer, name: string, type = 'application/octet-stream', cut = false, by = browser): Promise<Reply> {
    const head = `--b\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n`
    const payload = Buffer.concat([Buffer.from(head), content, Buffer.from(cut ? '' : '\r\n--b--\r\n')])
    return by.send({ method: 'POST', url: '/api/v1/files', headers: { 'content-type': 'multipart/form-data; boundary=b' }, payload })
  }
  const codeOf = (reply: Reply) => reply.json<{ code: string }>().code
  const stored = (): string[] => {
    const folder = path.join(world.deps.config.dataDir, 'files')
    return fs.existsSync(folder)
      ? fs
          .readdirSync(folder, { recursive: true, withFileTypes: true })
          .filter((each) => each.isFile())
          .map((each) => path.join(each.parentPath, each.name))
      : []
  }
  const photo = (pixels = 64) => sharp({ create: { width: pixels, height: pixels, channels: 3, background: '#d33' } })

  test('照片收下：按内容认类型，去掉拍摄地点等 EXIF，落盘是密文，取回是附件', async () => {
    const withPlace = await photo()
      .withExif({ IFD0: { Copyright: 'secret-place' }, IFD3: { GPSLatitude: '31/1 55/1 0/1' } })
      .jpeg()
      .toBuffer()
    assert.ok(withPlace.includes('secret-place'))
    const reply = await send(withPlace, '身份证.jpg', 'image/jpeg')
    assert.equal(reply.statusCode, 201, reply.body)
    const file = reply.json<DraftFile>()
    assert.deepEqual([file.name, file.mime], ['身份证.jpg', 'image/jpeg'])

    const back = await browser.send({ method: 'GET', url: `/api/v1/files/${file.id}` })
    assert.equal(back.rawPayload.length, file.bytes)
    assert.equal((await sharp(back.rawPayload).metadata()).exif, undefined)
    assert.match(String(back.headers['content-disposition']), /^attachment; /)
    assert.equal(back.headers['x-content-type-options'], 'nosniff')
    const onDisk = stored().find((each) => each.endsWith(file.id)) ?? assert.fail('没有落盘')
    assert.ok(!fs.readFileSync(onDisk).includes(back.rawPayload.subarray(0, 64)))
    const { rows } = await world.deps.pool.query<{ row: string }>('select t::text as row from file t')
    assert.ok(rows.every(({ row }) => !row.includes(Buffer.from('身份证').toString('hex'))))
  })

  test('转了方向的照片按看到的样子存', async () => {
    const turned = await sharp({ create: { width: 40, height: 20, channels: 3, background: '#fff' } })
      .jpeg()
      .withMetadata({ orientation: 6 })
      .toBuffer()
    const { id } = (await send(turned, 'a.jpg')).json<DraftFile>()
    const back = await browser.send({ method: 'GET', url: `/api/v1/files/${id}` })
    const { width, height } = await sharp(back.rawPayload).metadata()
    assert.deepEqual([width, height], [20, 40])
  })

  test('10 MB 的照片没问题', async () => {
    const side = 2100
    const noisy = await sharp(randomBytes(side * side * 3), { raw: { width: side, height: side, channels: 3 } })
      .jpeg({ quality: 98, chromaSubsampling: '4:4:4' })
      .toBuffer()
    assert.ok(noisy.length > 10 * MB && noisy.length < 20 * MB, `${noisy.length}`)
    const reply = await send(noisy, 'big.jpg')
    assert.equal(reply.statusCode, 201, reply.body)
  })

  test('超过 20 MB 的拒收，说明上限', async () => {
    const reply = await send(Buffer.alloc(20 * MB + 1), 'huge.jpg')
    assert.deepEqual([reply.statusCode, codeOf(reply)], [413, 'file_too_large'])
    assert.match(reply.json<{ detail: string }>().detail, /20 MB/)
  })

  test('PDF、PNG、WebP 收下', async () => {
    const pdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')
    for (const [content, mime] of [
      [pdf, 'application/pdf'],
      [await photo().png().toBuffer(), 'image/png'],
      [await photo().webp().toBuffer(), 'image/webp']
    ] as const) {
      const reply = await send(content, 'paper')
      assert.equal(reply.statusCode, 201, reply.body)
      assert.equal(reply.json<DraftFile>().mime, mime)
    }
  })

  test('改名成 .jpg 的网页、SVG、压缩包、程序：按内容拒收', async () => {
    const impostors = [
      '<!doctype html><script>alert(1)</script>',
      '<svg xmlns="http://www.w3.org/2000/svg"/>',
      'PK\u0003\u0004rest',
      'MZ rest',
      'GIF89a rest'
    ]
    for (const text of impostors) {
      const reply = await send(Buffer.from(text, 'latin1'), 'photo.jpg', 'image/jpeg')
      assert.deepEqual([reply.statusCode, codeOf(reply)], [415, 'file_type_refused'], text)
      assert.match(reply.json<{ detail: string }>().detail, /photo\.jpg/)
    }
  })

  test('带脚本或附件的 PDF 拒收，把名字转义了也一样', async () => {
    const constructs = ['/JavaScript (app.alert(1))', '/J#61vaScript (x)', '/Launch /F (cmd.exe)', '/EmbeddedFile', '/Rendition /JS (x)']
    for (const active of constructs) {
      const reply = await send(Buffer.from(`%PDF-1.4\n1 0 obj<</S ${active}>>endobj\n%%EOF\n`), 'a.pdf')
      assert.deepEqual([reply.statusCode, codeOf(reply)], [415, 'file_type_refused'], active)
    }
  })

  test('只有一半的照片、没有结尾的 PDF、空文件：说不完整', async () => {
    const whole = await photo(600).jpeg().toBuffer()
    for (const broken of [whole.subarray(0, whole.length / 2), Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\n'), Buffer.alloc(0)]) {
      const reply = await send(broken, 'half.jpg')
      assert.deepEqual([reply.statusCode, codeOf(reply)], [422, 'file_damaged'])
    }
  })

  test('传到一半断了：说没传完整，什么也没留下', async () => {
    const before = stored().length
    const reply = await send(await photo().jpeg().toBuffer(), 'cut.jpg', 'image/jpeg', true)
    assert.deepEqual([reply.statusCode, codeOf(reply)], [422, 'file_damaged'])
    assert.equal(stored().length, before)
  })

  test('没有文件、两个文件、不是 multipart：拒绝', async () => {
    const empty = await browser.send({
      method: 'POST',
      url: '/api/v1/files',
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
      payload: '--b--\r\n'
    })
    assert.ok([400, 422].includes(empty.statusCode), empty.body)
    assert.equal((await browser.send({ method: 'POST', url: '/api/v1/files', payload: { a: 1 } })).statusCode, 400)
  })

  test('只有主人能取、能删；删了就取不到，盘上也没有了', async () => {
    const { id } = (await send(await photo().png().toBuffer(), 'a.png')).json<DraftFile>()
    const { browser: other } = await signIn(world, stranger)
    for (const method of ['GET', 'DELETE'] as const) {
      const reply = await other.send({ method, url: `/api/v1/files/${id}` })
      assert.deepEqual([reply.statusCode, codeOf(reply)], [404, 'not_found'])
    }
    assert.ok(stored().some((each) => each.endsWith(id)))
    assert.equal((await browser.send({ method: 'DELETE', url: `/api/v1/files/${id}` })).statusCode, 204)
    assert.equal((await browser.send({ method: 'GET', url: `/api/v1/files/${id}` })).statusCode, 404)
    assert.ok(!stored().some((each) => each.endsWith(id)))
  })

  test('取一次留一条足迹', async () => {
    const { id } = (await send(await photo().png().toBuffer(), 'a.png')).json<DraftFile>()
    const count = async () =>
      Number((await world.deps.pool.query<{ n: number }>("select count(*) as n from trace where purpose = '查看上传的材料'")).rows[0]?.n)
    const before = await count()
    await browser.send({ method: 'GET', url: `/api/v1/files/${id}` })
    assert.equal(await count(), before + 1)
  })
})
