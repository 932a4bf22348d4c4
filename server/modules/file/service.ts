import { createHash } from 'node:crypto'
import path from 'node:path'
import type { DraftFile } from '../../../contract/drafts'
import type { Queryable } from '../../db/pool'
import type { Acting, Deps } from '../../deps'
import { Refusal } from '../../errors'
import { actorOf } from '../trace/actor'
import { recordTrace } from '../trace/service'
import { inspect } from './inspect'
import {
  asDraftFile,
  deleteRemoved,
  filesById,
  insertFile,
  keep,
  markRemoved,
  removedFiles,
  unkeptSince,
  type FileRecord
} from './repository'
import { folderStore } from './store'

export { asDraftFile, type FileRecord as StoredFile } from './repository'

const dayMs = 86_400_000
const batch = 500

const bytesContext = (id: string) => `file.bytes:${id}`
const storeOf = ({ config }: Pick<Deps, 'config'>) => folderStore(path.join(config.dataDir, 'files'))
const isOwn = (file: FileRecord, acting: Acting) => file.accountId === acting.accountId && file.subjectId === acting.subjectId

/**
 * Checks an upload by its content, seals what is kept of it and stores it: bytes first, so that a row never points at nothing.
 * Errors: file_type_refused, file_damaged.
 */
export async function storeUpload(deps: Deps, acting: Acting, upload: { name: string; content: Buffer }): Promise<DraftFile> {
  const name = path.basename(upload.name.replaceAll('\\', '/')).slice(-100) || '未命名'
  const seen = await inspect(upload.content, name)
  if (!seen.ok) throw new Refusal(seen.code, { detail: seen.detail })
  const id = deps.newId()
  const file: FileRecord = {
    id,
    accountId: acting.accountId,
    subjectId: acting.subjectId,
    name,
    mime: seen.mime,
    bytes: seen.bytes.length,
    sha256: createHash('sha256').update(seen.bytes).digest('hex'),
    storedAs: id,
    uploadedAt: deps.now(),
    kept: false
  }
  await storeOf(deps).put(file.storedAs, deps.vault.seal(seen.bytes, bytesContext(id)))
  await insertFile(deps.pool, deps.vault, file)
  return asDraftFile(file)
}

/**
 * The files with these ids, in this order. Errors: not_found when one is missing, removed or not of the one acted for.
 */
export async function ownFiles(deps: Deps, db: Queryable, acting: Acting, ids: string[]): Promise<FileRecord[]> {
  const found = new Map((await filesById(db, deps.vault, ids)).map((file) => [file.id, file]))
  return ids.map((id) => {
    const file = found.get(id)
    if (!file || !isOwn(file, acting)) throw new Refusal('not_found', { detail: '没有找到这个文件，可能已经删除，请重新上传' })
    return file
  })
}

/** What is kept of these files, without asking whose they are: for the parts of the server that hold a submission's content. */
export const storedFiles = (deps: Deps, db: Queryable, ids: string[]): Promise<FileRecord[]> => filesById(db, deps.vault, ids)

/** The bytes of a stored file, unsealed. */
export async function fileBytes(deps: Deps, file: Pick<FileRecord, 'id' | 'storedAs'>): Promise<Buffer> {
  return deps.vault.openBytes(await storeOf(deps).get(file.storedAs), bytesContext(file.id))
}

/** Lets the owner read a file, leaving a trace. */
export async function readOwnFile(deps: Deps, acting: Acting, id: string): Promise<{ file: FileRecord; bytes: Buffer }> {
  const [file] = await ownFiles(deps, deps.pool, acting, [id])
  if (!file) throw new Refusal('not_found')
  await recordTrace(deps.pool, deps, {
    subjectId: file.subjectId,
    ...(await actorOf(deps.pool, deps, acting, acting.subjectId)),
    action: 'read',
    purpose: '查看上传的材料',
    fields: ['上传的文件']
  })
  return { file, bytes: await fileBytes(deps, file) }
}

/**
 * Marks files as handed to a department, in the caller's transaction; from then on they can't be removed.
 * Errors: not_found when one of them was removed just now.
 */
export async function keepFiles(deps: Deps, db: Queryable, ids: string[]): Promise<void> {
  if (!(await keep(db, ids, new Date(deps.now())))) {
    throw new Refusal('not_found', { detail: '有一个文件刚刚被删除，请重新上传后再提交' })
  }
}

/** Removes an own file and its bytes. Errors: not_found; illegal_transition when a department has it. */
export async function removeOwnFile(deps: Deps, acting: Acting, id: string): Promise<void> {
  await ownFiles(deps, deps.pool, acting, [id])
  const storedAs = await markRemoved(deps.pool, id, new Date(deps.now()))
  if (!storedAs) throw new Refusal('illegal_transition', { detail: '这个文件已随办件交给部门，不能删除' })
  await storeOf(deps).remove(storedAs)
}

/** Uploads from before that moment that were never handed to a department. */
export const waitingFiles = (deps: Deps, before: number) => unkeptSince(deps.pool, new Date(before))

/**
 * Erases what was removed: the bytes first, then the record, so that a crash leaves something to go on by. Whoever marks files as
 * removed (closing an account) leaves their bytes to this. Clears up what uploads cut off a day ago left behind, too.
 */
export async function eraseRemoved(deps: Deps): Promise<void> {
  const store = storeOf(deps)
  for (const { id, storedAs } of await removedFiles(deps.pool, batch)) {
    await store.remove(storedAs)
    await deleteRemoved(deps.pool, id)
  }
  await store.clearPartials(deps.now() - dayMs)
}

/** Removes files of a draft that was given up, except those that a department has. */
export async function dropFiles(deps: Deps, ids: string[]): Promise<void> {
  for (const id of ids) {
    const storedAs = await markRemoved(deps.pool, id, new Date(deps.now()))
    if (storedAs) await storeOf(deps).remove(storedAs)
  }
}
