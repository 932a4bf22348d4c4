import type { PoolClient } from 'pg'
import type { Verification } from '../../../contract/presentations'
import { onlineRefusal } from '../../../domain/code/freshness'
import { tx } from '../../db/pool'
import type { Deps } from '../../deps'
import { readSubject } from '../identity/subjects'
import { noteSeen } from '../licence/grants'
import { licenceName } from '../licence/name'
import { announce } from '../live/service'
import { recordTrace } from '../trace/service'
import { letsLook } from './holder'
import { lockByCode, markVerified, type Snapshot, type TakenPresentation } from './repository'
import { judge, nothingFound } from './verdict'
import { verifyPdfCode } from './verify-pdf'

/**
 * Verifies what somebody scanned, heard or typed. A presentation is spent by its first verification, whatever that says; of two at the
 * same instant one wins. The holder is told, and finds a trace.
 */
export async function verifyCode(deps: Deps, text: string): Promise<Verification> {
  const taken = await tx(deps.pool, (client) => spend(client, deps, text))
  if (taken === null) return (await verifyPdfCode(deps, text)) ?? nothingFound(deps, 'not_genuine')
  if (taken === 'spent') return nothingFound(deps, 'spent')
  const { presentation, snapshot } = taken
  const { licenceId: id, subjectId, type, issuedAt: presentedAt } = presentation
  return judge(deps, { licence: { id, subjectId, type }, ...snapshot, presentedAt })
}

type Taken = { presentation: TakenPresentation; snapshot: Snapshot }

async function spend(client: PoolClient, deps: Deps, text: string): Promise<Taken | 'spent' | null> {
  const now = new Date(deps.now())
  const presentation = await lockByCode(client, deps.vault, text, now)
  if (!presentation) return null
  const { snapshot } = presentation
  if (!snapshot || !(await isLive(client, deps, presentation))) return 'spent'
  await markVerified(client, presentation.id, now)
  await noteSeen(client, deps, presentation.grantId)
  await recordTrace(client, deps, {
    subjectId: presentation.subjectId,
    actor: '扫你亮证码的人',
    actorKind: 'reader',
    action: 'read',
    purpose: `核验了你亮出的${licenceName(deps, presentation.type)}，你写的用途：${snapshot.purpose}`,
    fields: presentation.fields
  })
  await announce(client, [presentation.accountId], { kind: 'licence', id: presentation.licenceId })
  return { presentation, snapshot }
}

/** Whether it may still be: not yet, within its minute, not taken back, the session alive, the account still entitled, the holder alive. */
async function isLive(client: PoolClient, deps: Deps, presentation: TakenPresentation): Promise<boolean> {
  const { issuedAt, verifiedAt, ended, sessionEnded, accountId, subjectId } = presentation
  if (onlineRefusal({ issuedAt, used: verifiedAt !== null }, deps.now()) !== null || ended || sessionEnded) return false
  return (await letsLook(client, subjectId)).includes(accountId) && !(await readSubject(client, deps, subjectId)).deceased
}
