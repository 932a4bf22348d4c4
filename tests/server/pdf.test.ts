import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, test } from 'node:test'
import { deflateSync } from 'node:zlib'
import { pdfFault } from '../../server/modules/file/pdf'

const MB = 1024 * 1024
const pdf = (...parts: (string | Buffer)[]) =>
  Buffer.concat([...['%PDF-1.7\n', ...parts, '\n%%EOF\n']].map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)))
const stream = (dictionary: string, content: Buffer) =>
  Buffer.concat([Buffer.from(`9 0 obj\n<< ${dictionary} >>\nstream\n`), content, Buffer.from('\nendstream\nendobj\n')])
const packed = (objects: string, dictionary = '/Type /ObjStm /N 1 /First 5 /Filter /FlateDecode') =>
  stream(dictionary, deflateSync(Buffer.from(objects)))

describe('PDF 的内容检查', () => {
  test('普通的收：纯文字、扫描件、对象打包存放的', () => {
    assert.equal(pdfFault(pdf('1 0 obj\n<< /Type /Catalog >>\nendobj')), null)
    assert.equal(pdfFault(pdf(packed('11 0 << /Type /Page >>'))), null)
  })

  test('扫描件里的二进制碰巧像「/JS」，不算脚本', () => {
    const scan = randomBytes(MB)
    scan.write('/JS(', 1000, 'latin1')
    assert.equal(pdfFault(pdf(stream('/Subtype /Image /Filter /DCTDecode', scan))), null)
  })

  test('会运行、会带出去、带别的文件的不收', () => {
    const actions = ['/S /JavaScript /JS (app.alert(1))', '/S /J#61vaScript', '/S /Launch', '/EmbeddedFiles 3 0 R', '/S /SubmitForm']
    for (const action of actions) assert.equal(pdfFault(pdf(`1 0 obj\n<< ${action} >>\nendobj`)), 'active', action)
  })

  test('脚本藏在压缩打包的对象里，一样认出来', () => {
    assert.equal(pdfFault(pdf(packed('11 0 << /S /JavaScript /JS (app.alert(1)) >>'))), 'active')
    assert.equal(pdfFault(pdf(packed('11 0 << /S /J#61vaScript >>', '/Type /Obj#53tm /Filter /FlateDecode'))), 'active')
  })

  test('打包得看不出里面是什么的不收：另一种压缩、压了两层、解开极大', () => {
    assert.equal(pdfFault(pdf(stream('/Type /ObjStm /Filter /LZWDecode', randomBytes(64)))), 'opaque')
    const twice = deflateSync(deflateSync(Buffer.from('11 0 << /S /JavaScript >>')))
    assert.equal(pdfFault(pdf(stream('/Type /ObjStm /Filter [/FlateDecode /FlateDecode]', twice))), 'opaque')
    assert.equal(pdfFault(pdf(packed(`11 0 ${' '.repeat(65 * MB)}`))), 'opaque')
  })

  test('加了密码的请去掉密码', () => {
    assert.equal(pdfFault(pdf('trailer << /Encrypt 5 0 R >>')), 'locked')
  })

  test('存心拖慢检查的文件也很快看完', { timeout: 20_000 }, () => {
    assert.equal(pdfFault(pdf('/OpenAction<<'.repeat(MB))), null)
    assert.equal(pdfFault(pdf('stream\n'.repeat(MB))), null)
  })

  test('没有结尾的是没传完整', () => {
    assert.equal(pdfFault(Buffer.from('%PDF-1.7\n1 0 obj')), 'incomplete')
  })
})
