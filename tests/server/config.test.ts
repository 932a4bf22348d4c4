import assert from 'node:assert/strict'
import path from 'node:path'
import { describe, test } from 'node:test'
import { ConfigError, readConfig } from '../../server/config'

const production = {
  NODE_ENV: 'production',
  PUBLIC_ORIGIN: 'https://zsb.example.cn',
  DATABASE_URL: 'postgres://u:p@db/zsb',
  KEYS_DIR: '/run/keys',
  IDENTITY_ISSUER: 'https://id.example.cn',
  IDENTITY_CLIENT_ID: 'c',
  IDENTITY_CLIENT_SECRET: 's',
  LICENCE_LIBRARY_URL: 'https://licences.example.cn',
  DEPARTMENTS_URL: 'https://departments.example.cn/',
  DATA_SHARE_URL: 'https://share.example.cn',
  READERS_URL: 'https://readers.example.cn',
  WECHAT_APP_ID: 'wx1',
  WECHAT_APP_SECRET: 's',
  SMS_URL: 'https://sms.example.cn',
  SMS_TOKEN: 't',
  PDF_P12: '/run/keys/pdf.p12',
  PDF_P12_PASSPHRASE: 'p'
}

function faultsOf(env: Record<string, string | undefined>): string[] {
  try {
    readConfig(env)
    return []
  } catch (error) {
    assert.ok(error instanceof ConfigError)
    return error.faults
  }
}

describe('配置', () => {
  test('什么都不设：演示模式，外部系统全部指向模拟系统', () => {
    const config = readConfig({ STAND_IN_ORIGIN: 'http://127.0.0.1:9999' })
    assert.equal(config.mode, 'demo')
    assert.equal(config.publicOrigin, 'http://localhost:8080')
    assert.equal(config.databaseUrl, undefined)
    assert.equal(config.keysDir, path.resolve('data/keys'))
    const { identity, ...others } = config.gateways
    assert.equal(identity.issuer, 'http://localhost:8080/mock/identity')
    assert.equal(identity.internalIssuer, 'http://127.0.0.1:9999/mock/identity')
    for (const gateway of Object.values(others)) {
      assert.match('url' in gateway ? gateway.url : gateway.origin, /^http:\/\/127\.0\.0\.1:9999\/mock\//)
    }
  })

  test('演示模式可换一个真的外部系统', () => {
    const { identity } = readConfig({ IDENTITY_ISSUER: 'https://id.example.cn' }).gateways
    assert.deepEqual([identity.issuer, identity.internalIssuer], ['https://id.example.cn', 'https://id.example.cn'])
  })

  test('生产模式设全了就可用，没有模拟系统', () => {
    const config = readConfig(production)
    assert.equal(config.mode, 'production')
    assert.equal(config.standInOrigin, undefined)
    assert.equal(config.gateways.departments.url, 'https://departments.example.cn')
    assert.equal(config.gateways.wechat.origin, 'https://api.weixin.qq.com')
    assert.deepEqual(config.gateways.wechat.templates, {})
  })

  test('哪种消息用哪个订阅模板，由设置说明；写错的说出来', () => {
    const { wechat } = readConfig({ ...production, WECHAT_TEMPLATES: 'case=tmpl-1,correction=tmpl-2' }).gateways
    assert.deepEqual(wechat.templates, { case: 'tmpl-1', correction: 'tmpl-2' })
    assert.equal(readConfig({}).gateways.wechat.templates.licence, 'licence')
    assert.match(faultsOf({ ...production, WECHAT_TEMPLATES: 'case=tmpl-1,parcel=tmpl-2' }).join(), /「parcel」/)
    assert.match(faultsOf({ ...production, WECHAT_TEMPLATES: 'case' }).join(), /「case」/)
  })

  test('生产模式缺任何一个都报出名字：没有一个密钥有默认值', () => {
    for (const name of Object.keys(production).filter((key) => key !== 'NODE_ENV')) {
      const faults = faultsOf({ ...production, [name]: undefined })
      assert.equal(faults.length, 1, `${name}: ${faults.join()}`)
      assert.match(faults[0] ?? '', new RegExp(`缺少环境变量 ${name}（`))
    }
    assert.equal(faultsOf({ NODE_ENV: 'production' }).length, Object.keys(production).length - 1)
  })

  test('生产模式拒绝模拟系统与不加密的网址', () => {
    assert.match(faultsOf({ ...production, STAND_IN_ORIGIN: 'http://127.0.0.1:1' }).join(), /不得设置 STAND_IN_ORIGIN/)
    assert.match(faultsOf({ ...production, PUBLIC_ORIGIN: 'http://zsb.example.cn' }).join(), /应为 https/)
  })

  test('写错的值：说出变量、写了什么、该怎么写', () => {
    for (const port of ['0', '65536', '80a', '1.5']) assert.match(faultsOf({ PORT: port }).join(), new RegExp(`PORT=${port} 不是端口号`))
    assert.match(faultsOf({ PUBLIC_ORIGIN: 'localhost:8080' }).join(), /PUBLIC_ORIGIN=localhost:8080 不是网址/)
    assert.match(faultsOf({ PUBLIC_ORIGIN: 'http://a.cn/app' }).join(), /应只含协议、主机和端口：例如 http:\/\/a\.cn/)
    assert.match(faultsOf({ DATABASE_URL: 'mysql://x' }).join(), /DATABASE_URL 应以 postgres:/)
  })
})
