import { dayOf, dayText } from '../../../domain/time'
import { tx } from '../../db/pool'
import type { Deps } from '../../deps'
import { unique } from '../../../domain/lists'
import { dropFiles, eraseRemoved, waitingFiles } from '../file/service'
import { tell } from '../message/service'
import { fileIds, summarise } from './assemble'
import { draftsEndingBefore, liveContents } from './repository'
import { giveUp } from './service'

const dayMs = 86_400_000
const batch = 200

/**
 * Ends the drafts past their day, erasing what they held, and tells the owners of those that soon will be (processes.md §1: kept 30
 * days, reminder 3 days before; demo values of the city). Safe to run often and on several servers: whoever comes second finds
 * nothing left to do. @returns how many ended and how many owners were told
 */
export async function sweepDrafts(deps: Deps): Promise<{ ended: number; reminded: number }> {
  const now = deps.now()
  const { draftReminderDays } = deps.catalogue.current().catalogue.deadlines
  const ending = await draftsEndingBefore(deps.pool, new Date(now + draftReminderDays * dayMs), batch)
  const overdue = ending.filter((draft) => draft.expiresAt <= now)
  for (const draft of overdue) await dropFiles(deps, await tx(deps.pool, (db) => giveUp(deps, db, draft.id, 'expired')))
  const soon = ending.filter((draft) => draft.expiresAt > now)
  for (const draft of soon) {
    const { bundleName } = summarise(deps, draft)
    const last = dayOf(draft.expiresAt)
    await tx(deps.pool, (db) =>
      tell(db, deps, {
        accountId: draft.accountId,
        subjectId: draft.subjectId,
        kind: 'account',
        title: '有一份草稿快到期了',
        body: `「${bundleName}」的草稿保留到 ${dayText(last, dayOf(now))}，到期会删除。打开首页可以接着办。`,
        target: null,
        cause: `draft-ending:${draft.id}:${last}`
      })
    )
  }
  return { ended: overdue.length, reminded: soon.length }
}

/**
 * Removes uploads that neither a draft nor a department has, once a draft would be given up as well, and erases the bytes of all that
 * was removed. Safe to run often and on several servers.
 */
export async function sweepFiles(deps: Deps): Promise<void> {
  const { draftKeepDays } = deps.catalogue.current().catalogue.deadlines
  const waiting = await waitingFiles(deps, deps.now() - draftKeepDays * dayMs)
  const contents = await liveContents(deps.pool, deps.vault, unique(waiting.map(({ accountId }) => accountId)))
  const held = new Set(contents.flatMap(fileIds))
  await dropFiles(
    deps,
    waiting.map(({ id }) => id).filter((id) => !held.has(id))
  )
  await eraseRemoved(deps)
}
