import type { PoolClient } from 'pg'
import type { Verification } from '../../../contract/presentations'
import { onlineRefusal } from '../../../domain/code/freshness'
import { tx } from '../../db/pool'
import type { Deps } from '../../deps'
import { readSubject } from '../identity/subjects'
import { noteSeen } from '../licence/grants'
import { licenceName } from '../licence/name'
import { announce } from '../live/service'
import { traceRefusedView } from '../trace/refusals'
import { recordTrace } from '../trace/service'
import { letsLook } from './holder'
import { lockByCode, markVerified, type Snapshot, type TakenPresentation } from './repository'
import { judge, nothingFound } from './verdict'
import { verifyPdfCode } from './verify-pdf'

/**
 * Verifies what somebody scanned, heard or typed. A presentation is spent by its first verification, whatever that says; of two at the
 * same instant one wins. The holder is told, and finds a trace; also of one that was refused.
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
  const { snapshot, subjectId, fields } = presentation
  const name = licenceName(deps, presentation.type)
  const somebody = { subjectId, actor: '扫你亮证码的人', actorKind: 'reader', fields } as const
  const why = await whyDark(client, deps, presentation)
  if (!snapshot || why !== null) {
    await traceRefusedView(client, deps, { ...somebody, purpose: `想核验你亮出的${name}；已拒绝：${why ?? outOfTime}` })
    return 'spent'
  }
  await markVerified(client, presentation.id, now)
  await noteSeen(client, deps, presentation.grantId)
  await recordTrace(client, deps, { ...somebody, action: 'read', purpose: `核验了你亮出的${name}，你写的用途：${snapshot.purpose}` })
  await announce(client, [presentation.accountId], { kind: 'licence', id: presentation.licenceId })
  return { presentation, snapshot }
}

const outOfTime = '过了一分钟的有效时间'

/**
 * Why it can't be verified now, as its holder reads it; null when it can: not verified before, within its minute, not taken back, the
 * session alive, the account still entitled, the holder alive.
 */
async function whyDark(client: PoolClient, deps: Deps, presentation: TakenPresentation): Promise<string | null> {
  const { issuedAt, verifiedAt, ended, sessionEnded, accountId, subjectId } = presentation
  const refusal = onlineRefusal({ issuedAt, used: verifiedAt !== null }, deps.now())
  if (refusal !== null) return refusal === 'code_used' ? '已经核验过' : outOfTime
  if (ended) return '已经收回，或证照已作废'
  if (sessionEnded) return '亮证的设备已经退出登录'
  if (!(await letsLook(client, subjectId)).includes(accountId)) return '亮证的账号现在不能给人看'
  return (await readSubject(client, deps, subjectId)).deceased ? '持证人已故' : null
}
