import { randomUUID } from 'node:crypto'
import type { DemoIdentity } from '../../contract/gateways/notify'
import { publishedCalendar } from '../../server/calendar'
import { openCatalogueShelf } from '../../server/catalogue-shelf'
import { readConfig } from '../../server/config'
import { createPool } from '../../server/db/pool'
import { identitiesToSeed, seedDemo } from '../../server/db/seed'
import { openGateways } from '../../server/gateways/open'
import { createLogger } from '../../server/http/logger'
import { loadKeys } from '../../server/vault/keys'
import { createVault } from '../../server/vault/vault'

/**
 * Gives some demo identities an old affair, once. The server must be up: the stand-ins check our signatures by its public keys. What
 * goes wrong is said and does not keep the demo from starting.
 *
 * @param city folder of the catalogue
 */
export async function prepareDemoData(
  { databaseUrl, standInOrigin, city }: { databaseUrl: string; standInOrigin: string; city: string },
  log: (line: string) => void
): Promise<void> {
  const config = readConfig({ ...process.env, DATABASE_URL: databaseUrl, STAND_IN_ORIGIN: standInOrigin })
  const pool = createPool(databaseUrl)
  try {
    const reply = await fetch(`${standInOrigin}/mock/identity/demo-identities`)
    const identities = (await reply.json()) as DemoIdentity[]
    const keys = loadKeys(config.keysDir)
    const logger = createLogger(config)
    const vault = createVault(keys.vault)
    // At every start but the first there is nothing to do, and no catalogue to read for it.
    if ((await identitiesToSeed({ pool, vault }, identities)).length === 0) return
    const now = Date.now
    const seeded = await seedDemo(
      {
        config,
        pool,
        vault,
        keys,
        catalogue: await openCatalogueShelf(city, { pool, now }),
        calendar: publishedCalendar(),
        gateways: openGateways(config, keys, now, logger),
        now,
        newId: randomUUID,
        jobs: { deliver: async () => undefined },
        log: logger
      },
      identities
    )
    log(`给 ${seeded.join('、')} 各备了一份办完的旧事`)
  } catch (error) {
    log(`没有备好，不影响使用：${error instanceof Error ? error.message : String(error)}`)
  } finally {
    await pool.end()
  }
}
