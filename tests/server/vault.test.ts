import assert from 'node:assert/strict'
import { randomBytes, sign, verify } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import fc from 'fast-check'
import { addCodeIssuer, addLaterKeys, addVaultKey, createKeys, loadKeys, loadOrCreateKeys } from '../../server/vault/keys'
import { createVault, VaultError } from '../../server/vault/vault'

const first = { number: 1, key: randomBytes(32) }
const second = { number: 2, key: randomBytes(32) }
const blindIndex = randomBytes(32)
const vault = createVault({ sealing: [first], blindIndex })
const anyText = fc.string({ unit: 'grapheme' })
const anyContext = fc.string()

describe('保险库', () => {
  test('任何文字封存后都能原样取回', () => {
    fc.assert(fc.property(anyText, anyContext, (text, context) => vault.open(vault.seal(text, context), context) === text))
  })

  test('同一文字每次封存的结果都不同，也看不出原文', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 4 }), (text) => {
        const sealed = vault.seal(text, 'person.name:1')
        assert.notDeepEqual(sealed, vault.seal(text, 'person.name:1'))
        assert.equal(sealed.includes(Buffer.from(text)), false)
      })
    )
  })

  test('挪到别处就打不开', () => {
    fc.assert(
      fc.property(anyText, anyContext, anyContext, (text, context, other) => {
        fc.pre(context !== other)
        assert.throws(() => vault.open(vault.seal(text, context), other), VaultError)
      })
    )
  })

  test('改动任何一个比特、截断任何长度，都打不开', () => {
    fc.assert(
      fc.property(anyText, fc.nat(), fc.integer({ min: 0, max: 7 }), (text, position, bit) => {
        const sealed = vault.seal(text, 'c')
        const changed = Buffer.from(sealed)
        const at = position % sealed.length
        changed[at] = (changed[at] ?? 0) ^ (1 << bit)
        assert.throws(() => vault.open(changed, 'c'), VaultError)
        assert.throws(() => vault.open(sealed.subarray(0, at), 'c'), VaultError)
      })
    )
  })

  test('换钥匙：新的封存用新钥匙，旧的仍能打开，重封后不再需要旧钥匙', () => {
    const rotated = createVault({ sealing: [first, second], blindIndex })
    const onlyNew = createVault({ sealing: [second], blindIndex })
    fc.assert(
      fc.property(anyText, anyContext, (text, context) => {
        const old = vault.seal(text, context)
        assert.equal(rotated.open(old, context), text)
        assert.equal(onlyNew.open(rotated.seal(text, context), context), text)
        const resealed = rotated.reseal(old, context)
        assert.equal(onlyNew.open(resealed, context), text)
        assert.equal(rotated.reseal(resealed, context), resealed)
        assert.throws(() => onlyNew.open(old, context), /vault key 1 is not at hand/)
      })
    )
  })

  test('盲索引：同值同用途相等，换值、换用途或换钥匙都不等', () => {
    const other = createVault({ sealing: [first], blindIndex: randomBytes(32) })
    fc.assert(
      fc.property(anyText, anyText, anyContext, anyContext, (value, otherValue, purpose, otherPurpose) => {
        fc.pre(value !== otherValue && purpose !== otherPurpose)
        const index = vault.blindIndex(value, purpose)
        assert.equal(index.length, 32)
        assert.deepEqual(vault.blindIndex(value, purpose), index)
        assert.notDeepEqual(vault.blindIndex(otherValue, purpose), index)
        assert.notDeepEqual(vault.blindIndex(value, otherPurpose), index)
        assert.notDeepEqual(other.blindIndex(value, purpose), index)
      })
    )
    assert.notDeepEqual(vault.blindIndex('b:c', 'a'), vault.blindIndex('c', 'a:b'))
  })

  test('钥匙长度、编号不对或一把也没有，拒绝建立', () => {
    assert.throws(() => createVault({ sealing: [], blindIndex }), VaultError)
    assert.throws(() => createVault({ sealing: [{ number: 1, key: randomBytes(16) }], blindIndex }), /16 bytes/)
    assert.throws(() => createVault({ sealing: [{ number: 65_536, key: randomBytes(32) }], blindIndex }), /out of range/)
    assert.throws(() => createVault({ sealing: [first], blindIndex: randomBytes(31) }), /31 bytes/)
  })
})

describe('密钥文件夹', () => {
  let home: string
  let folder: string
  beforeEach(() => {
    home = fs.mkdtempSync(path.join(os.tmpdir(), 'keys-'))
    folder = path.join(home, 'data', 'keys')
  })
  afterEach(() => fs.rmSync(home, { recursive: true, force: true }))

  test('第一次新建、以后沿用，只有本账户可读', () => {
    const made = loadOrCreateKeys(folder)
    const again = loadOrCreateKeys(folder)
    assert.deepEqual(again.vault, made.vault)
    assert.equal(again.platformSigning.keyId, made.platformSigning.keyId)
    assert.notEqual(made.platformSigning.keyId, made.departmentRequests.keyId)
    if (process.platform === 'win32') return
    assert.equal(fs.statSync(folder).mode & 0o777, 0o700)
    for (const name of fs.readdirSync(folder)) assert.equal(fs.statSync(path.join(folder, name)).mode & 0o777, 0o600, name)
  })

  test('签名密钥成对可用', () => {
    const { platformSigning, departmentRequests } = loadOrCreateKeys(folder)
    const text = Buffer.from('回执')
    const signature = sign(null, text, platformSigning.privateKey)
    assert.equal(verify(null, text, platformSigning.publicKey, signature), true)
    assert.equal(verify(null, text, departmentRequests.publicKey, signature), false)
  })

  /** 后来的版本才有的签名密钥。 */
  const isLater = (name: string) => /^(code-issuer-|licence-credentials)/.test(name)

  test('第一版就有的，少了任何一个文件都报出名字，绝不悄悄另造一个', () => {
    createKeys(folder)
    for (const name of fs.readdirSync(folder).filter((each) => !isLater(each))) {
      const file = path.join(folder, name)
      const text = fs.readFileSync(file)
      fs.rmSync(file)
      assert.throws(() => loadOrCreateKeys(folder), new RegExp(name.replace('.', '\\.')))
      assert.throws(() => addLaterKeys(folder), new RegExp(name.replace('.', '\\.')))
      assert.equal(fs.existsSync(file), false)
      fs.writeFileSync(file, text)
    }
    assert.throws(() => loadKeys(path.join(home, 'nowhere')), /缺少密钥文件/)
    assert.throws(() => createKeys(folder))
  })

  test('旧版本的文件夹：启动时或 npm run keys 补上后来的签名密钥，原有的一个字节也不动；生产只报缺', () => {
    createKeys(folder)
    const old = fs.readdirSync(folder).filter((name) => !isLater(name))
    const bytes = () => old.map((name) => fs.readFileSync(path.join(folder, name), 'utf8'))
    const before = bytes()
    for (const name of fs.readdirSync(folder).filter(isLater)) fs.rmSync(path.join(folder, name))
    assert.throws(() => loadKeys(folder), /code-issuer-1\.pem.*npm run keys/)
    assert.ok(addLaterKeys(folder).includes('code-issuer-1.pem'))
    const [made] = loadOrCreateKeys(folder).codeIssuers
    assert.equal(loadOrCreateKeys(folder).codeIssuers[0].keyId, made.keyId)
    assert.deepEqual(addLaterKeys(folder), [])
    assert.deepEqual(bytes(), before)
    assert.deepEqual(fs.readdirSync(folder).filter((name) => name.includes('.new')), [])
  })

  test('离线码的签发密钥可以有几把：最新的在前，旧的还在', () => {
    const [first] = loadOrCreateKeys(folder).codeIssuers
    assert.equal(addCodeIssuer(folder), 2)
    const { codeIssuers } = loadKeys(folder)
    assert.deepEqual(codeIssuers.map(({ number }) => number), [2, 1])
    assert.equal(codeIssuers[1]?.keyId, first.keyId)
    fs.renameSync(path.join(folder, 'code-issuer-2.pem'), path.join(folder, 'code-issuer-255.pem'))
    assert.throws(() => addCodeIssuer(folder), /255/)
  })

  test('损坏的密钥被认出', () => {
    createKeys(folder)
    fs.writeFileSync(path.join(folder, 'blind-index.key'), 'c2hvcnQ=')
    assert.throws(() => loadKeys(folder), /blind-index\.key 已损坏/)
  })

  test('增加一把保险库密钥：旧资料可读，新资料用新钥匙', () => {
    const before = createVault(loadOrCreateKeys(folder).vault)
    const sealed = before.seal('张三', 'person.name:1')
    assert.equal(addVaultKey(folder), 2)
    const after = createVault(loadKeys(folder).vault)
    assert.equal(after.open(sealed, 'person.name:1'), '张三')
    assert.throws(() => before.open(after.seal('张三', 'person.name:1'), 'person.name:1'), /vault key 2/)
  })
})
