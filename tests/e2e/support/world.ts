import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { freePort } from '../../../scripts/launch/ports'
import { loadOrCreateKeys } from '../../../server/vault/keys'
import { freshDatabase } from '../../server/database'
import './fresh-connections'
import { Program } from './program'

const root = path.resolve(__dirname, '../../..')

/** The whole house for one test file: a database of its own, the stand-ins and the server as processes of their own. */
export interface World {
  /** The one origin that people type. */
  origin: string
  /** The stand-ins' own process; people reach them under origin/mock. */
  mockOrigin: string
  databaseUrl: string
  /** What the processes have printed. */
  log(): string
  /** kill -9: no time for good-byes. */
  killServer(): Promise<void>
  /** Starts the server again, on the same port and data; ends it in order first when it still runs. */
  restartServer(): Promise<void>
  killStandIns(): Promise<void>
  restartStandIns(): Promise<void>
  stop(): Promise<void>
}

export interface WorldOptions {
  /** Milliseconds between two steps of the departments' script. */
  paceMs?: number
  /** Off: cases move only when a test moves them at the console. */
  script?: boolean
  /** Folder of the built app. */
  h5Dir?: string
  /** Further settings of the server. */
  env?: Record<string, string>
}

/** Starts it all and waits until it is ready. Call stop() at the end, whatever happened. */
export async function startWorld({
  paceMs = 20,
  script = true,
  h5Dir = path.join(root, 'dist/h5'),
  env = {}
}: WorldOptions = {}): Promise<World> {
  if (!fs.existsSync(path.join(h5Dir, 'index.html'))) throw new Error(`${h5Dir} is not built: npm run build:h5`)
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'zhangshangban-world-'))
  const database = await freshDatabase()
  const [port, mockPort] = await Promise.all([freePort(), freePort()]) // at once: one after the other may give the same twice
  const [origin, mockOrigin] = [`http://127.0.0.1:${port}`, `http://127.0.0.1:${mockPort}`]
  loadOrCreateKeys(path.join(dataDir, 'keys'))
  const standIns = new Program('mock/main.ts', `${mockOrigin}/mock`, {
    MOCK_PORT: String(mockPort),
    MOCK_DATA_DIR: path.join(dataDir, 'mock'),
    MOCK_SERVER_ORIGIN: origin,
    MOCK_PACE_MS: String(paceMs),
    MOCK_SCRIPT: script ? 'on' : 'off',
    PUBLIC_ORIGIN: origin
  })
  const server = new Program('server/main.ts', `${origin}/readyz`, {
    PORT: String(port),
    HOST: '127.0.0.1',
    PUBLIC_ORIGIN: origin,
    DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    H5_DIR: h5Dir,
    STAND_IN_ORIGIN: mockOrigin,
    ...env
  })
  const stop = async () => {
    await server.stop()
    await standIns.stop()
    await database.drop()
    fs.rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    await standIns.start()
    await server.start()
  } catch (error) {
    await stop()
    throw error
  }
  return {
    origin,
    mockOrigin,
    databaseUrl: database.url,
    log: () => `${standIns.output}\n${server.output}`,
    killServer: () => server.kill(),
    restartServer: () => server.restart(),
    killStandIns: () => standIns.kill(),
    restartStandIns: () => standIns.restart(),
    stop
  }
}
