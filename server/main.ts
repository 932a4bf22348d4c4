import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { buildApp } from './app'
import { publishedCalendar } from './calendar'
import { openCatalogueShelf } from './catalogue-shelf'
import { readConfig } from './config'
import { startDatabase } from './db/embedded'
import { migrate } from './db/migrate'
import { createPool } from './db/pool'
import { deliverers } from './deliverers'
import type { Deps } from './deps'
import { openGateways } from './gateways/open'
import { createLogger } from './http/logger'
import { openJobs } from './jobs'
import { redeliver } from './modules/outbox/service'
import { rounds } from './rounds'
import { loadKeys, loadOrCreateKeys } from './vault/keys'
import { loadPdfCertificate } from './vault/pdf-certificate'
import { createVault } from './vault/vault'

const city = path.resolve(__dirname, '..', 'catalogue', 'jiangyin')

/** What ends each opened part, the last first. */
const endings: (() => Promise<unknown>)[] = []

/** Opens everything and listens. Run alone it brings its own database; `npm start` gives it one by DATABASE_URL. */
async function start(): Promise<void> {
  const config = readConfig()
  const log = createLogger(config)
  const databaseUrl = config.databaseUrl ?? (await embeddedDatabase(config.dataDir, (line) => log.info({}, line)))
  await migrate(databaseUrl)
  const pool = createPool(databaseUrl, (line) => log.warn({}, line))
  endings.push(() => pool.end())
  const keys = config.mode === 'demo' ? loadOrCreateKeys(config.keysDir) : loadKeys(config.keysDir)
  // In production a wrong certificate is told at the start, not to the first who wants a PDF.
  if (config.mode === 'production') loadPdfCertificate(config.pdfSigning)
  const now = Date.now
  const catalogue = await openCatalogueShelf(city, { pool, now })
  const jobs = await openJobs(databaseUrl, log)
  endings.push(() => jobs.stop())
  const deps: Deps = {
    config,
    pool,
    vault: createVault(keys.vault),
    keys,
    catalogue,
    calendar: publishedCalendar(),
    gateways: openGateways(config, keys, now, log),
    now,
    newId: randomUUID,
    jobs,
    log
  }
  const app = await buildApp(deps, { jobs: () => jobs.ready() })
  endings.push(() => app.close())
  await app.listen({ port: config.port, host: config.host })
  await jobs.work(deps, deliverers(deps), rounds(deps))
  process.on(
    'SIGHUP',
    () => void catalogue.reload().catch((error: Error) => log.error({ error: error.message }, '目录没有更新，仍用原来的'))
  )
  process.on(
    'SIGUSR2',
    () =>
      void redeliver(deps).then(
        (count) => log.warn({ count }, '拒收的消息重新投递'),
        (error: Error) => log.error({ error: error.message }, '没能重新投递')
      )
  )
  log.info({ origin: config.publicOrigin }, '服务端已就绪')
}

async function embeddedDatabase(dataDir: string, log: (line: string) => void): Promise<string> {
  const database = await startDatabase({ dataDir, log })
  endings.push(() => database.stop())
  return database.url
}

let stopping = false

async function stop(code: number): Promise<void> {
  if (stopping) return
  stopping = true
  for (const end of endings.reverse()) await end().catch((error: unknown) => process.stderr.write(`${String(error)}\n`))
  process.exit(code)
}

process.on('SIGTERM', () => void stop(0))
process.on('SIGINT', () => void stop(0))

start().catch((error: unknown) => {
  process.stderr.write(`服务端未能启动：${error instanceof Error ? error.message : String(error)}\n`)
  void stop(1)
})
