import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { LibraryLicence } from '../../contract/gateways/licence-library'
import type { CaseMessage, DispatchCase } from '../../contract/gateways/departments'
import { buildApp } from '../../server/app'
import { publishedCalendar } from '../../server/calendar'
import { openCatalogueShelf, type ReloadableShelf } from '../../server/catalogue-shelf'
import { readConfig, type Config } from '../../server/config'
import { createPool } from '../../server/db/pool'
import type { Deps } from '../../server/deps'
import { GatewayUnavailable, type Gateways, type IdentityClaims } from '../../server/gateways/ports'
import type { App } from '../../server/http/server'
import { createKeys, loadKeys } from '../../server/vault/keys'
import { createVault } from '../../server/vault/vault'
import { freshDatabase } from './database'

const city = path.resolve(__dirname, '../../catalogue/jiangyin')
/** A working Thursday, 10:00 in Beijing. */
export const START = Date.parse('2026-11-19T02:00:00Z')

/** The outside world in memory: what it answers is set here, what it was told is kept here. */
export interface Outside {
  /** Who is at the identity provider's page; the next exchange answers it. */
  person: IdentityClaims
  licences: LibraryLicence[]
  /** Shared data by system, then by ID code. */
  shared: Record<string, Record<string, Record<string, string>>>
  dispatched: DispatchCase[]
  caseMessages: { departmentId: string; message: CaseMessage }[]
  subscribed: { openid: string; template: string; page: string; data: Record<string, string> }[]
  texts: { messageId: string; phone: string; template: string; params: Record<string, string> }[]
  /** Systems that can't be reached now. */
  down: Set<'identity' | 'library' | 'share' | 'departments' | 'wechat' | 'sms'>
  /** Whether the signatures of callbacks hold. */
  callbacksHold: boolean
}

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

export const mother: IdentityClaims = {
  name: '林演示', idNumber: '320281199501010026', phone: '16000000002', realNameLevel: 4, authenticatedAt: START
}
export const stranger: IdentityClaims = {
  name: '顾演示', idNumber: '320281199009090079', phone: '16000000007', realNameLevel: 4, authenticatedAt: START
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
  const config: Config = { ...readConfig({ DATA_DIR: folder, KEYS_DIR: keysDir, H5_DIR: h5Dir, ...env }), ...(!env.STAND_IN_ORIGIN && { standInOrigin: undefined }) }
  const keys = loadKeys(keysDir)
  const line = (level: string) => (object: object, message?: string) => void logged.push(JSON.stringify({ level, ...object, message }))
  const shelf = await openCatalogueShelf(city, { pool, now })
  const deps: Deps = {
    config, pool, keys, vault: createVault(keys.vault), catalogue: shelf, calendar: publishedCalendar(), gateways: gatewaysTo(outside),
    now, newId: randomUUID, jobs: { deliver: async (_client, lane) => void lanes.push(lane) },
    log: { info: line('info'), warn: line('warn'), error: line('error') }
  }
  const app = await buildApp(deps)
  await app.ready()
  return {
    app, deps, shelf, outside, lanes, logged,
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

function newOutside(): Outside {
  return {
    person: mother, licences: [], shared: {}, dispatched: [], caseMessages: [], subscribed: [], texts: [], down: new Set(), callbacksHold: true
  }
}

function gatewaysTo(outside: Outside): Gateways {
  const reach = (system: Parameters<Outside['down']['has']>[0]) => {
    if (outside.down.has(system)) throw new GatewayUnavailable(system)
  }
  return {
    identity: {
      async authorizationUrl({ redirectUri, state, nonce, codeChallenge, fresh }) {
        reach('identity')
        const query = new URLSearchParams({ redirect_uri: redirectUri, state, nonce, code_challenge: codeChallenge, fresh: String(fresh) })
        return new URL(`http://localhost:8080/mock/identity/auth?${query}`)
      },
      async exchange() {
        reach('identity')
        return outside.person
      }
    },
    licenceLibrary: {
      async query({ holderIdCode, types }) {
        reach('library')
        return outside.licences.filter((licence) => types.includes(licence.type) && isAbout(licence, holderIdCode, outside.person.name))
      }
    },
    dataShare: {
      async query({ system, holderIdCode }) {
        reach('share')
        const data = outside.shared[system]?.[holderIdCode]
        return { found: data !== undefined, data: data ?? {}, asOf: '2026-11-19' }
      }
    },
    departments: {
      async dispatch(message) {
        reach('departments')
        outside.dispatched.push(message)
      },
      async send(departmentId, message) {
        reach('departments')
        outside.caseMessages.push({ departmentId, message })
      },
      verify: async () => (outside.callbacksHold ? { keyId: 'departments-test' } : null)
    },
    wechat: {
      async openid(code) {
        reach('wechat')
        return `openid-of-${code}`
      },
      async subscribeMessage(openid, template, page, data) {
        reach('wechat')
        outside.subscribed.push({ openid, template, page, data })
      }
    },
    sms: {
      async send(messageId, phone, template, params) {
        reach('sms')
        outside.texts.push({ messageId, phone, template, params })
      }
    }
  }
}

/** The library finds a company's licence by its legal representative too. */
function isAbout({ holderIdCode, face }: LibraryLicence, idCode: string, name: string): boolean {
  return holderIdCode === idCode || face['法定代表人'] === name
}

function writeFiles(folder: string, files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
    fs.writeFileSync(path.join(folder, name), text)
  }
}
