import fs from 'node:fs'
import path from 'node:path'

const QUIET_MS = 150

/**
 * Calls `changed` once after files in these folders changed and then kept still for a moment (an editor writes several times),
 * and never a second time before it has finished.
 *
 * @returns what ends the watching
 */
export function watchFolders(root: string, folders: string[], changed: () => Promise<void>): () => void {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  const watchers = folders.map((folder) =>
    fs.watch(path.join(root, folder), { recursive: true }, () => {
      clearTimeout(timer)
      timer = setTimeout(() => (running = running.then(changed)), QUIET_MS)
    })
  )
  return () => {
    clearTimeout(timer)
    for (const watcher of watchers) watcher.close()
  }
}
