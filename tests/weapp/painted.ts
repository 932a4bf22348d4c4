import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { decodeQr } from '../e2e/support/qr'
import type { World } from '../e2e/support/world'
import type { App } from './harness/app'
import { LIMITS } from './harness/audit'
import { openView, type View } from './harness/view'
import { startHouse } from './world'

export type Mode = 'normal' | 'elder'

/** The whole house for one file of tests, and a screen on which the mini-program's pages are painted. */
export interface Painted {
  world: World
  view: View
  /** Painted, nothing for axe, within WeChat's limits; in this mode, where one is named. */
  holds(app: App, page: string, mode?: Mode): Promise<void>
  /** What an independent decoder reads of a code that the page paints. */
  decoded(app: App, picture: string): Promise<string>
}

/** Called at the top of a file: built before its tests, torn down after them. */
export function paintedHouse(): Painted {
  const house = {
    async holds(app, page, mode) {
      const where = mode ? `${page} in ${mode} mode` : page
      assert.equal(app.page.path, page)
      if (mode) assert.equal(app.$$('.elder').length > 0, mode === 'elder', where)
      assert.deepEqual(await house.view.axe(app), [], `axe on ${where}`)
      const { nodes, depth, children, setDataBytes, setDataPerSecond } = app.audit.record
      for (const [what, value] of Object.entries({ nodes, depth, children, setDataBytes, setDataPerSecond })) {
        assert.ok(value <= LIMITS[what as keyof typeof LIMITS], `${page}: ${what} ${value}`)
      }
    },
    async decoded(app, picture) {
      await house.view.paint(app)
      return decodeQr(await house.view.page.locator(picture).screenshot())
    }
  } as Painted
  before(async () => {
    house.world = await startHouse({ script: false })
    house.view = await openView()
  })
  after(async () => {
    await house.view.close()
    await house.world.stop()
  })
  return house
}

export const shows = (app: App, text: string) => app.waitFor(() => app.text().includes(text))
