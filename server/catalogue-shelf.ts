import { loadCatalogue, type Catalogue } from '../catalogue/load'
import type { Queryable } from './db/pool'
import type { CatalogueShelf, Deps } from './deps'

/** The catalogue's files are wrong. The message names every fault with its file, line, key and mend. */
export class CatalogueFaults extends Error {
  override name = 'CatalogueFaults'
}

export interface ReloadableShelf extends CatalogueShelf {
  /** Takes up changed files; keeps the catalogue in force and throws CatalogueFaults when they are wrong. */
  reload(): Promise<void>
}

/**
 * Loads a city's catalogue and records its revision, so that drafts and cases can stay with it for ever.
 *
 * @param directory such as catalogue/jiangyin
 * @throws {CatalogueFaults} when the catalogue is wrong: the server must not start on it
 */
export async function openCatalogueShelf(directory: string, { pool, now }: Pick<Deps, 'pool' | 'now'>): Promise<ReloadableShelf> {
  let inForce = await takeUp()
  const known = new Map([[inForce.revision, inForce.catalogue]])

  return {
    current: () => inForce,
    async at(revision, db = pool) {
      const held = known.get(revision) ?? (await storedRevision(db, revision))
      known.set(revision, held)
      return held
    },
    async reload() {
      inForce = await takeUp()
      known.set(inForce.revision, inForce.catalogue)
    }
  }

  async function takeUp(): Promise<{ revision: string; catalogue: Catalogue }> {
    const loaded = loadCatalogue(directory)
    if (!loaded.ok) {
      const lines = loaded.faults.map(({ file, line, key, problem, mend }) => `  · ${file}:${line} ${key}：${problem}；${mend}`)
      throw new CatalogueFaults(`目录 ${directory} 有 ${lines.length} 处毛病：\n${lines.join('\n')}`)
    }
    const { revision, catalogue } = loaded
    await pool.query(
      'insert into catalogue_revision (revision, content, loaded_at) values ($1, $2, $3) on conflict (revision) do nothing',
      [revision, JSON.stringify(catalogue), new Date(now())]
    )
    return { revision, catalogue }
  }
}

async function storedRevision(db: Queryable, revision: string): Promise<Catalogue> {
  const { rows } = await db.query<{ content: Catalogue }>('select content from catalogue_revision where revision = $1', [revision])
  if (!rows[0]) throw new Error(`no catalogue of revision ${revision} is on record`)
  return rows[0].content
}
