import fs from 'node:fs'
import path from 'node:path'
import { faultText } from '../../catalogue/faults'
import { loadCatalogue } from '../../catalogue/load'
import { readConfig, type Config } from '../../server/config'
import { startDatabase } from '../../server/db/embedded'
import { migrate } from '../../server/db/migrate'
import { loadKeys, loadOrCreateKeys } from '../../server/vault/keys'
import { startChild, type Child } from './child'
import { prepareDemoData } from './demo-data'
import { takeLock } from './lock'
import { freePort, requirePort } from './ports'
import { StartError, step } from './steps'

const root = path.resolve(__dirname, '../..')
const city = path.join(root, 'catalogue', 'jiangyin')

/** What to do at the end, the last first. */
type Cleanup = (() => Promise<void> | void)[]

export type Platform = { config: Config; server: Child }

/**
 * Brings up everything behind the one origin, step by step: lock, port, database, keys, migrations, catalogue, the stand-ins of
 * the outside world (in the demo), the app, the server, the demo's old affairs.
 *
 * @param cleanup gets what ends each started part, also when a later step fails
 * @param prepareApp makes the H5 app that the server hands out
 * @throws {StartError} with the mend
 */
export async function startPlatform(cleanup: Cleanup, prepareApp: (folder: string) => Promise<void>): Promise<Platform> {
  const settings = readConfig()
  fs.mkdirSync(settings.dataDir, { recursive: true })
  claimFolder(settings, cleanup)
  await requirePort(settings.port, settings.host)

  const databaseUrl = await step(settings.databaseUrl ? '数据库（DATABASE_URL）' : '数据库（内嵌 PostgreSQL）', async (log) => {
    if (settings.databaseUrl) return settings.databaseUrl
    const starting = startDatabase({ dataDir: settings.dataDir, log })
    // Before it is up: Ctrl-C in this very moment must not leave it behind.
    cleanup.push(() => starting.then((database) => database.stop(), () => undefined))
    return (await starting).url
  })
  await step('密钥', () => void (settings.mode === 'demo' ? loadOrCreateKeys(settings.keysDir) : loadKeys(settings.keysDir)))
  await step('数据库迁移', async (log) => {
    for (const name of await migrate(databaseUrl)) log(name)
  })
  await step('核对江阴办事目录', checkCatalogue)
  const standIns = settings.mode === 'demo' ? await step('模拟的外部系统（演示）', () => startStandIns(settings)) : undefined
  if (standIns) cleanup.push(() => standIns.child.stop())
  await prepareApp(settings.h5Dir)
  const server = await step('服务端', () =>
    startChild({
      name: '服务端',
      entry: path.join(root, 'server', 'main.ts'),
      env: { DATABASE_URL: databaseUrl, ...(standIns && { STAND_IN_ORIGIN: standIns.origin }) },
      readyUrl: `http://127.0.0.1:${settings.port}/readyz`
    })
  )
  cleanup.push(() => server.stop())
  if (standIns) await step('演示的旧办件', (log) => prepareDemoData({ databaseUrl, standInOrigin: standIns.origin, city }, log))
  return { config: { ...settings, databaseUrl, standInOrigin: standIns?.origin }, server }
}

/** One start per data folder: two servers would each keep their own idea of one embedded database. */
function claimFolder({ dataDir, publicOrigin }: Config, cleanup: Cleanup): void {
  const taken = takeLock(path.join(dataDir, 'lock'), publicOrigin)
  if ('heldBy' in taken) {
    const { pid, note } = taken.heldBy
    throw new StartError(
      `这个数据文件夹（${dataDir}）已有一个在运行：${note}，进程号 ${pid}。直接打开它，或先在那边按 Ctrl-C 停止；` +
        '要同时再开一个，请另指文件夹和端口：DATA_DIR=./data2 PORT=8081 npm start'
    )
  }
  cleanup.push(() => taken.lock.release())
}

function checkCatalogue(log: (line: string) => void): void {
  const result = loadCatalogue(city)
  if (!result.ok) throw new StartError(`办事目录有 ${result.faults.length} 处毛病：\n${result.faults.map(faultText).join('\n')}`)
  const { bundles, matters } = result.catalogue
  log(`一件事 ${Object.keys(bundles).length} 个，事项 ${Object.keys(matters).length} 个，版本 ${result.revision}`)
}

async function startStandIns({ dataDir, publicOrigin, port, gateways }: Config): Promise<{ child: Child; origin: string }> {
  const mockPort = await freePort()
  const origin = `http://127.0.0.1:${mockPort}`
  const child = await startChild({
    name: '模拟系统',
    entry: path.join(root, 'mock', 'main.ts'),
    env: {
      MOCK_PORT: String(mockPort),
      MOCK_DATA_DIR: path.join(dataDir, 'mock'),
      MOCK_SERVER_ORIGIN: `http://127.0.0.1:${port}`,
      PUBLIC_ORIGIN: publicOrigin,
      IDENTITY_CLIENT_ID: gateways.identity.clientId,
      IDENTITY_CLIENT_SECRET: gateways.identity.clientSecret,
      WECHAT_APP_ID: gateways.wechat.appId,
      WECHAT_APP_SECRET: gateways.wechat.secret,
      SMS_TOKEN: gateways.sms.token
    },
    readyUrl: `${origin}/mock`,
    // Its own address is of no use to anybody, and the oldest Node.js that we support works well with its provider.
    unsaid: /^模拟系统（演示）：|Unsupported runtime/
  })
  return { child, origin }
}
