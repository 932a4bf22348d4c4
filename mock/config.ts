import path from 'node:path'

/** Settings of the stand-ins. The secrets' defaults are those of the demo in server/config.ts. */
export interface MockConfig {
  port: number
  host: string
  /** Absolute; ledgers and keys live here. */
  dataDir: string
  /** The origin that people type: the issuer of the identity stand-in hangs on it. */
  publicOrigin: string
  /** Where the server is reached when a message names no callback: its public keys are fetched there. */
  serverOrigin: string
  /** Declared demo pace between two steps of the script, in milliseconds. */
  paceMs: number
  /** Whether cases go on by themselves. */
  script: boolean
  /** Whether to end when standard input closes: the parent is gone. */
  endWithParent: boolean
  identityClient: { id: string; secret: string }
  wechat: { appId: string; secret: string }
  smsToken: string
}

/**
 * Reads the stand-ins' settings; the only reader of the environment in mock/.
 *
 * MOCK_PORT 18081 · MOCK_HOST 127.0.0.1 · MOCK_DATA_DIR data/mock · PUBLIC_ORIGIN http://localhost:8080 ·
 * MOCK_SERVER_ORIGIN (PUBLIC_ORIGIN) · MOCK_PACE_MS 6000 · MOCK_SCRIPT on|off · MOCK_PARENT 1 ·
 * IDENTITY_CLIENT_ID, IDENTITY_CLIENT_SECRET, WECHAT_APP_ID, WECHAT_APP_SECRET, SMS_TOKEN as the server has them.
 */
export function readMockConfig(env: Record<string, string | undefined> = process.env): MockConfig {
  const publicOrigin = env.PUBLIC_ORIGIN || 'http://localhost:8080'
  return {
    port: wholeNumber('MOCK_PORT', env.MOCK_PORT, 18_081),
    host: env.MOCK_HOST || '127.0.0.1',
    dataDir: path.resolve(env.MOCK_DATA_DIR || 'data/mock'),
    publicOrigin,
    serverOrigin: env.MOCK_SERVER_ORIGIN || publicOrigin,
    paceMs: wholeNumber('MOCK_PACE_MS', env.MOCK_PACE_MS, 6000),
    script: env.MOCK_SCRIPT !== 'off',
    endWithParent: env.MOCK_PARENT === '1',
    identityClient: {
      id: env.IDENTITY_CLIENT_ID || 'zhangshangban',
      secret: env.IDENTITY_CLIENT_SECRET || 'demo-identity-secret'
    },
    wechat: { appId: env.WECHAT_APP_ID || 'wxdemo0000000000', secret: env.WECHAT_APP_SECRET || 'demo-wechat-secret' },
    smsToken: env.SMS_TOKEN || 'demo-sms-token'
  }
}

function wholeNumber(name: string, text: string | undefined, fallback: number): number {
  const value = Number(text || fallback)
  if (!Number.isInteger(value) || value < 0) throw new Error(`环境变量 ${name}=${text} 应为不小于 0 的整数`)
  return value
}
