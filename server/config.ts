import path from 'node:path'
import { messageKinds } from '../contract/messages'

/** Where one outside system is reached, and as whom. */
export type IdentityGateway = {
  /** OIDC issuer, as the browser sees it and as it stands in the tokens. */
  issuer: string
  /** Where the server itself reaches the issuer, when that differs from what the browser sees (the stand-in behind our origin). */
  internalIssuer: string
  clientId: string
  clientSecret: string
}

export type Config = {
  /** `production` when NODE_ENV says so; everything else is the demo with stand-ins for the outside world. */
  mode: 'demo' | 'production'
  port: number
  host: string
  /** Scheme, host and port that people type: no path, no slash at the end. */
  publicOrigin: string
  /** Absolute. */
  dataDir: string
  databaseUrl?: string
  /** Folder of the keys. Only the demo makes missing keys itself. */
  keysDir: string
  /** The PKCS #12 bag that signs the PDFs of licences. Only the demo makes a self-signed one itself. */
  pdfSigning: { p12File: string; passphrase: string }
  /** The built H5 app. */
  h5Dir: string
  logLevel: string
  /** Whether X-Forwarded-* headers are believed: only behind a proxy that sets them. */
  trustProxy: boolean
  /** Origin of the stand-ins' process, passed through under /mock; absent in production. */
  standInOrigin?: string
  gateways: {
    identity: IdentityGateway
    licenceLibrary: { url: string }
    departments: { url: string }
    dataShare: { url: string }
    readers: { url: string }
    wechat: {
      origin: string
      appId: string
      secret: string
      /** Kind of message → id of the subscription template that brings it; a kind without one is not brought over WeChat. */
      templates: Partial<Record<string, string>>
    }
    sms: { url: string; token: string }
  }
}

/** What is wrong with the environment, one line per variable, each with the mend. */
export class ConfigError extends Error {
  constructor(readonly faults: string[]) {
    super(`配置有误：\n${faults.map((fault) => `  · ${fault}`).join('\n')}`)
    this.name = 'ConfigError'
  }
}

type Environment = Record<string, string | undefined>

/**
 * Reads the server's settings from the environment; the only place of the server that does.
 *
 * | Variable | Demo | Production | What it is |
 * |---|---|---|---|
 * | NODE_ENV | | `production` | chooses the right-hand column |
 * | PORT | 8080 | 8080 | port of the one origin |
 * | HOST | 0.0.0.0 | 0.0.0.0 | address to listen at |
 * | PUBLIC_ORIGIN | http://localhost:PORT | required, https | what people type; set it to http://<LAN address>:PORT to try the demo on a phone |
 * | DATA_DIR | ./data | ./data | uploads; in the demo also keys and the embedded database |
 * | DATABASE_URL | embedded PostgreSQL | required | PostgreSQL 15 or newer |
 * | KEYS_DIR | DATA_DIR/keys, made once | required, must exist | vault, blind-index and signing keys (docs: server/vault/keys.ts) |
 * | PDF_P12, PDF_P12_PASSPHRASE | KEYS_DIR/pdf-signing.p12, made once | required | PKCS #12 bag that signs the PDFs of licences |
 * | H5_DIR | ./dist/h5 | ./dist/h5 | the built app |
 * | LOG_LEVEL | warn | info | pino level |
 * | TRUST_PROXY | 0 | 0 | 1 when behind a proxy that sets X-Forwarded-* |
 * | STAND_IN_ORIGIN | http://127.0.0.1:18081 | refused | the stand-ins' process; `npm start` sets it |
 * | IDENTITY_ISSUER | stand-in | required | OIDC issuer of the province's unified identity |
 * | IDENTITY_CLIENT_ID, IDENTITY_CLIENT_SECRET | stand-in | required | our client there |
 * | LICENCE_LIBRARY_URL | stand-in | required | e-licence library |
 * | DEPARTMENTS_URL | stand-in | required | department approval systems |
 * | DATA_SHARE_URL | stand-in | required | shared government data |
 * | READERS_URL | stand-in | required | the platform of the readers of codes |
 * | WECHAT_ORIGIN | stand-in | https://api.weixin.qq.com | WeChat's server API |
 * | WECHAT_APP_ID, WECHAT_APP_SECRET | stand-in | required | our mini-program |
 * | WECHAT_TEMPLATES | each kind its own | none | `case=ID,correction=ID`: the subscription template for a kind of message |
 * | SMS_URL, SMS_TOKEN | stand-in | required | SMS gateway |
 *
 * @throws {ConfigError} naming every variable that is missing or wrong, and the mend
 */
export function readConfig(env: Environment = process.env): Config {
  const faults: string[] = []
  const production = env.NODE_ENV === 'production'

  /** In the demo the variable or the fallback; in production the variable, which must be there unless `standard` is given. */
  const setting = (name: string, fallback: string, meaning: string, standard?: string): string => {
    const value = env[name] || (production ? standard : fallback)
    if (value === undefined) faults.push(`缺少环境变量 ${name}（${meaning}）：生产环境没有默认值，请设置后重新启动`)
    return value ?? ''
  }
  const address = (name: string, fallback: string, meaning: string, standard?: string): string => {
    const value = setting(name, fallback, meaning, standard)
    if (value && !isWebAddress(value))
      faults.push(`环境变量 ${name}=${value} 不是网址：应以 http:// 或 https:// 开头，例如 https://example.gov.cn`)
    return value.replace(/\/+$/, '')
  }

  const port = readPort(env.PORT, faults)
  const dataDir = path.resolve(env.DATA_DIR || 'data')
  const publicOrigin = address('PUBLIC_ORIGIN', `http://localhost:${port}`, '居民访问的网址')
  if (isWebAddress(publicOrigin)) checkOrigin(publicOrigin, production, faults)
  const standIns = address('STAND_IN_ORIGIN', 'http://127.0.0.1:18081', '模拟系统的地址', '')
  if (production && env.STAND_IN_ORIGIN) faults.push('生产环境不得设置 STAND_IN_ORIGIN：它指向模拟系统，请去掉这个环境变量')
  const databaseUrl = setting('DATABASE_URL', '', 'PostgreSQL 15 以上的连接串') || undefined
  if (databaseUrl && !/^postgres(ql)?:\/\//.test(databaseUrl)) faults.push('环境变量 DATABASE_URL 应以 postgres:// 开头')

  const keysDir = path.resolve(setting('KEYS_DIR', path.join(dataDir, 'keys'), '密钥文件夹'))
  const issuer = address('IDENTITY_ISSUER', `${publicOrigin}/mock/identity`, '统一身份认证的 OIDC issuer')
  const config: Config = {
    mode: production ? 'production' : 'demo',
    port,
    host: env.HOST || '0.0.0.0',
    publicOrigin,
    dataDir,
    databaseUrl,
    keysDir,
    pdfSigning: {
      p12File: path.resolve(setting('PDF_P12', path.join(keysDir, 'pdf-signing.p12'), '给证照 PDF 签名的 PKCS #12 文件')),
      passphrase: setting('PDF_P12_PASSPHRASE', 'demo-pdf-passphrase', 'PKCS #12 文件的口令')
    },
    h5Dir: path.resolve(env.H5_DIR || 'dist/h5'),
    logLevel: env.LOG_LEVEL || (production ? 'info' : 'warn'),
    trustProxy: env.TRUST_PROXY === '1',
    standInOrigin: standIns || undefined,
    gateways: {
      identity: {
        issuer,
        internalIssuer: production || env.IDENTITY_ISSUER ? issuer : `${standIns}/mock/identity`,
        clientId: setting('IDENTITY_CLIENT_ID', 'zhangshangban', '统一身份认证的客户端编号'),
        clientSecret: setting('IDENTITY_CLIENT_SECRET', 'demo-identity-secret', '统一身份认证的客户端密钥')
      },
      licenceLibrary: { url: address('LICENCE_LIBRARY_URL', `${standIns}/mock/licence-library`, '电子证照库') },
      departments: { url: address('DEPARTMENTS_URL', `${standIns}/mock/departments`, '部门审批系统') },
      dataShare: { url: address('DATA_SHARE_URL', `${standIns}/mock/data-share`, '数据共享平台') },
      readers: { url: address('READERS_URL', `${standIns}/mock/readers`, '核码端接入平台') },
      wechat: {
        origin: address('WECHAT_ORIGIN', `${standIns}/mock/wechat`, '微信服务端接口', 'https://api.weixin.qq.com'),
        appId: setting('WECHAT_APP_ID', 'wxdemo0000000000', '小程序 AppID'),
        secret: setting('WECHAT_APP_SECRET', 'demo-wechat-secret', '小程序密钥'),
        templates: readTemplates(
          env.WECHAT_TEMPLATES || (production ? '' : messageKinds.map((kind) => `${kind}=${kind}`).join(',')),
          faults
        )
      },
      sms: {
        url: address('SMS_URL', `${standIns}/mock/sms`, '短信网关'),
        token: setting('SMS_TOKEN', 'demo-sms-token', '短信网关的令牌')
      }
    }
  }
  if (faults.length > 0) throw new ConfigError(faults)
  return config
}

function readPort(text: string | undefined, faults: string[]): number {
  const port = Number(text || 8080)
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port
  faults.push(`环境变量 PORT=${text} 不是端口号：请设为 1 到 65535 之间的整数，例如 PORT=8080`)
  return 8080
}

function readTemplates(text: string, faults: string[]): Partial<Record<string, string>> {
  const pairs = text
    .split(',')
    .filter(Boolean)
    .map((pair) => pair.trim().split('='))
  for (const [kind = '', id] of pairs) {
    if (id && messageKinds.some((known) => known === kind)) continue
    faults.push(`环境变量 WECHAT_TEMPLATES 里的「${kind}」写法不对：应为 种类=模板编号，种类是 ${messageKinds.join('、')} 之一`)
  }
  return Object.fromEntries(pairs)
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text)
}

function checkOrigin(value: string, production: boolean, faults: string[]): void {
  const { origin, protocol } = new URL(value)
  if (origin !== value) faults.push(`环境变量 PUBLIC_ORIGIN=${value} 应只含协议、主机和端口：例如 ${origin}`)
  if (production && protocol !== 'https:')
    faults.push(`生产环境的 PUBLIC_ORIGIN=${value} 应为 https：请在前面放好证书，再改用 https:// 网址`)
}
