import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { buildApp } from '../../server/app'
import { publishedCalendar } from '../../server/calendar'
import { openCatalogueShelf, type ReloadableShelf } from '../../server/catalogue-shelf'
import { readConfig, type Config } from '../../server/config'
import { createPool } from '../../server/db/pool'
import type { Deps } from '../../server/deps'
import type { App } from '../../server/http/server'
import { createKeys, loadKeys } from '../../server/vault/keys'
import { createVault } from '../../server/vault/vault'
import { freshDatabase } from './database'
import { gatewaysTo, newOutside, START, type Outside } from './outside'

export { mother, START, stranger } from './outside'

const city = path.resolve(__dirname, '../../catalogue/jiangyin')

export interface World {
  app: App
  deps: Deps
  shelf: ReloadableShelf
  outside: Outside
  /** Lanes that were asked to be delivered; nothing delivers by itself. */
  lanes: string[]
  /** What was logged, as JSON lines. */
  logged: string[]
  setNow(instant: number): void
  pass(milliseconds: number): void
  close(): Promise<void>
}

export interface WorldOptions {
  /** Environment variables of server/config.ts. */
  env?: Record<string, string>
  /** Files of the H5 app, by path. */
  app?: Record<string, string>
}

/** While the clock stands, what was made later has the greater id: lists that sort by time, then by id, are in the order of making. */
function growingIds(): () => string {
  let made = 0
  return () => `00000000-0000-7000-8000-${(++made).toString(16).padStart(12, '0')}`
}

/** The whole server on a fresh database, with the outside world in memory and a clock that stands until it is set. */
export async function startWorld({ env = {}, app: files = {} }: WorldOptions = {}): Promise<World> {
  const database = await freshDatabase()
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'world-'))
  const keysDir = path.join(folder, 'keys')
  createKeys(keysDir)
  const h5Dir = path.join(folder, 'h5')
  writeFiles(h5Dir, { 'index.html': '<!doctype html><title>掌上办</title>', ...files })
  const pool = createPool(database.url)
  const outside = newOutside()
  const lanes: string[] = []
  const logged: string[] = []
  let instant = START
  const now = () => instant
  const config: Config = {
    ...readConfig({ DATA_DIR: folder, KEYS_DIR: keysDir, H5_DIR: h5Dir, ...env }),
    ...(!env.STAND_IN_ORIGIN && { standInOrigin: undefined })
  }
  const keys = loadKeys(keysDir)
  const line = (level: string) => (object: object, message?: string) => void logged.push(JSON.stringify({ level, ...object, message }))
  const shelf = await openCatalogueShelf(city, { pool, now })
  const deps: Deps = {
    config,
    pool,
    keys,
    vault: createVault(keys.vault),
    catalogue: shelf,
    calendar: publishedCalendar(),
    gateways: gatewaysTo(outside),
    now,
    newId: growingIds(),
    jobs: { deliver: async (_client, lane) => void lanes.push(lane) },
    log: { info: line('info'), warn: line('warn'), error: line('error') }
  }
  const app = await buildApp(deps)
  await app.ready()
  return {
    app,
    deps,
    shelf,
    outside,
    lanes,
    logged,
    setNow: (next) => void (instant = next),
    pass: (milliseconds) => void (instant += milliseconds),
    async close() {
      await app.close()
      await pool.end()
      await database.drop()
      fs.rmSync(folder, { recursive: true, force: true })
    }
  }
}

function writeFiles(folder: string, files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
    fs.writeFileSync(path.join(folder, name), text)
  }
}
