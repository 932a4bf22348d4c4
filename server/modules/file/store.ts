import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'

/** Where sealed uploads lie. The folder serves one machine; an object store takes its place behind the same three calls. */
export interface FileStore {
  put(key: string, sealed: Buffer): Promise<void>
  get(key: string): Promise<Buffer>
  remove(key: string): Promise<void>
  /** Clears up what a `put` that never returned left before that moment (epoch ms). */
  clearPartials(before: number): Promise<void>
}

/** Keeps each file under the first two characters of its key; what `put` has returned from survives a crash. */
export function folderStore(folder: string): FileStore {
  const place = (key: string) => path.join(folder, key.slice(0, 2), key)
  return {
    async put(key, sealed) {
      const target = place(key)
      await mkdir(path.dirname(target), { recursive: true, mode: 0o700 })
      const partial = `${target}.${randomUUID()}`
      const handle = await open(partial, 'wx', 0o600)
      try {
        await handle.writeFile(sealed)
        await handle.sync()
      } finally {
        await handle.close()
      }
      await rename(partial, target)
    },
    get: (key) => readFile(place(key)),
    remove: (key) => rm(place(key), { force: true }),
    async clearPartials(before) {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(ifAbsent)
      for (const entry of entries.filter((each) => each.isFile() && each.name.includes('.'))) {
        const partial = path.join(entry.parentPath, entry.name)
        if ((await stat(partial)).mtimeMs < before) await rm(partial, { force: true })
      }
    }
  }
}

/** Nothing was ever uploaded. */
function ifAbsent(error: NodeJS.ErrnoException): never[] {
  if (error.code === 'ENOENT') return []
  throw error
}
