import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buildMock } from '../../mock/build'
import { readMockConfig } from '../../mock/config'
import type { MockConfig } from '../../mock/config'

export interface RunningMock {
  origin: string
  dataDir: string
  /** Stops the process's stand-ins but keeps the folder, as a restart would find it. */
  stop(): Promise<void>
  /** Stops and removes the folder. */
  remove(): Promise<void>
}

/** The stand-ins on a free port over a fresh (or the given) folder. */
export async function startMock(settings: Partial<MockConfig> = {}, now: () => number = Date.now): Promise<RunningMock> {
  const dataDir = settings.dataDir ?? mkdtempSync(path.join(tmpdir(), 'mock-'))
  const mock = await buildMock({ ...readMockConfig({}), paceMs: 1, ...settings, dataDir }, now)
  const origin = await mock.app.listen({ port: 0, host: '127.0.0.1' })
  return {
    origin,
    dataDir,
    stop: () => mock.close(),
    remove: async () => {
      await mock.close()
      rmSync(dataDir, { recursive: true, force: true })
    }
  }
}

/** Waits until the condition holds; the test runner's own limit ends a wait in vain. */
export async function until<T>(condition: () => Promise<T | false | null | undefined> | T | false | null | undefined): Promise<T> {
  for (;;) {
    const value = await condition()
    if (value) return value
    await new Promise(resolve => setImmediate(resolve))
  }
}
