import type { PoolClient } from 'pg'
import type { DepartmentCallback } from '../../../contract/gateways/departments'
import type { Matter } from '../../../domain/bundle/types'
import type { CaseEventData } from '../../../domain/case/types'
import { addDays, dayOf, dayText, instantOf } from '../../../domain/time'
import { tx } from '../../db/pool'
import type { Deps } from '../../deps'
import { Refusal } from '../../errors'
import { announce } from '../live/service'
import { recordIssued } from '../licence/service'
import { advanceCase } from './advance'
import { holderOfIssued } from './offspring'
import { isKnownSource, submissionOfCase, type LoadedCase } from './repository'
import { settle, tellApplicant } from './settle'
import { departmentName, lockSubmission, matterOf, type WorkingSet } from './working-set'

/**
 * Takes in one event from a department, once: the same eventId again changes nothing and is answered alike.
 * Errors: not_found (no such case), forbidden (another department's case), illegal_transition, invalid_fields (an event without what it needs).
 */
export async function receiveCallback(deps: Deps, callback: DepartmentCallback): Promise<void> {
  await tx(deps.pool, async (client) => {
    const found = await submissionOfCase(client, { caseNo: callback.caseNo })
    const set = found && (await lockSubmission(client, deps, { id: found.submissionId }))
    const subject = set?.cases.find(({ id }) => id === found?.caseId)
    if (!set || !subject) throw new Refusal('not_found', { detail: `没有办件 ${callback.caseNo}` })
    if (subject.departmentId !== callback.departmentId) throw new Refusal('forbidden', { detail: '这不是你部门的办件' })
    if (await isKnownSource(client, subject.id, callback.eventId)) return
    await apply(client, deps, set, subject, callback)
    await settle(client, deps, set)
    await announce(client, [set.submission.accountId], { kind: 'case', id: subject.id })
  })
}

/** Notes that a department's system has the case; nothing when it has already said more than that. */
export async function noteDispatched(client: PoolClient, deps: Deps, caseId: string): Promise<void> {
  const found = await submissionOfCase(client, { id: caseId })
  const set = found && (await lockSubmission(client, deps, { id: found.submissionId }))
  const subject = set?.cases.find(({ id }) => id === caseId)
  if (!set || !subject || subject.state.status !== 'submitted' || subject.state.dispatchedAt !== null) return
  const matter = matterOf(set.bundle, subject)
  await advanceCase(client, deps, subject, matter, {
    type: 'dispatched',
    at: deps.now(),
    actor: 'system',
    by: '掌上办',
    data: { preReview: !matter.acceptOnReceipt }
  })
  await announce(client, [set.submission.accountId], { kind: 'case', id: caseId })
}

async function apply(client: PoolClient, deps: Deps, set: WorkingSet, subject: LoadedCase, callback: DepartmentCallback): Promise<void> {
  const matter = matterOf(set.bundle, subject)
  const data = await dataOf(client, deps, set, subject, matter, callback)
  const at = Math.min(Date.parse(callback.at), deps.now())
  await advanceCase(
    client,
    deps,
    subject,
    matter,
    { type: callback.type, at, actor: 'department', by: callback.by, data },
    callback.eventId
  )
  await tellStep(client, deps, set, subject, callback, data)
}

async function dataOf(
  client: PoolClient,
  deps: Deps,
  set: WorkingSet,
  subject: LoadedCase,
  matter: Matter,
  callback: DepartmentCallback
): Promise<CaseEventData> {
  const { type, reason, remedy, documentNo, outcome, procedure, extendDays } = callback
  const base: CaseEventData = { ...(reason && { reason }), ...(remedy && { remedy }), ...(documentNo && { documentNo }) }
  switch (type) {
    case 'correctionRequested': {
      const items = callback.items ?? []
      if (!items.length) throw needs('items', '一次性告知要逐条写明缺什么、怎么补')
      const days = deps.catalogue.current().catalogue.deadlines.correctionDays
      return {
        ...base,
        items: items.map((item, index) => ({ ...item, id: String(index + 1) })),
        dueAt: instantOf(addDays(dayOf(deps.now()), days), '23:59')
      }
    }
    case 'decided':
      if (!outcome) throw needs('outcome', '决定要写明准予还是不予')
      if (outcome === 'disapprove' && !(reason && remedy)) throw needs('reason', '不予办理要写明理由和救济途径')
      return { ...base, outcome }
    case 'rejected':
      if (!(reason && remedy)) throw needs('reason', '不予受理要写明理由和救济途径')
      return base
    case 'specialProcedureStarted':
      if (!procedure) throw needs('procedure', '特别程序要写明种类、名称与预计天数')
      return { ...base, procedure }
    case 'extended':
      if (!(extendDays && reason)) throw needs('extendDays', '延期要写明工作日数与理由')
      return { ...base, extendDays }
    case 'issued':
      return { ...base, result: await issuedResult(client, deps, set, subject, matter, callback) }
    case 'resultReady':
      if (!callback.document) throw needs('document', '要写明结果文书的名称与文号')
      return { ...base, result: { kind: 'document', ...callback.document } }
    default:
      return base
  }
}

async function issuedResult(
  client: PoolClient,
  deps: Deps,
  set: WorkingSet,
  subject: LoadedCase,
  matter: Matter,
  { licence }: DepartmentCallback
): Promise<CaseEventData['result']> {
  if (!licence) throw needs('licence', '出证要带证照')
  const { result } = matter
  if (result.kind !== 'licence' || result.licenceType !== licence.type)
    throw needs('licence/type', `本事项应出 ${result.kind === 'licence' ? result.licenceType : '结果文书'}`)
  const subjectId = await holderOfIssued(client, deps, set, subject.key, result.holder, licence)
  const { id } = await recordIssued(deps, client, { subjectId, licence, caseId: subject.id })
  const name = set.bundle.licenceTypeOf[licence.type]?.name ?? licence.type
  await announce(client, [set.submission.accountId], { kind: 'licence', id })
  return { kind: 'licence', licenceId: id, name }
}

const needs = (field: string, message: string) =>
  new Refusal('invalid_fields', { errors: [{ pointer: `/${field}`, code: 'required', message }] })

/** A message for every step that concerns the applicant; steps inside a department don't. */
async function tellStep(
  client: PoolClient,
  deps: Deps,
  set: WorkingSet,
  subject: LoadedCase,
  { type, eventId }: DepartmentCallback,
  data: CaseEventData
): Promise<void> {
  const name = matterOf(set.bundle, subject).name
  const by = departmentName(set.bundle, subject.departmentId)
  const say = (title: string, body: string, extra: { kind?: 'correction' | 'licence' | 'rating'; licenceId?: string } = {}) =>
    tellApplicant(client, deps, set, {
      cause: `${type}:${subject.id}:${eventId}`,
      title: `${name}：${title}`,
      body,
      caseId: subject.id,
      ...extra
    })
  switch (type) {
    case 'preReviewPassed':
    case 'accepted':
      return say('已受理', `${by}已受理${data.documentNo ? `，受理通知书 ${data.documentNo}` : ''}。`)
    case 'correctionRequested':
      return say(
        `请补正 ${data.items?.length ?? 0} 处`,
        `${(data.items ?? []).map((item) => item.mend).join('；')}${data.dueAt ? `。请在${dayText(dayOf(data.dueAt), dayOf(deps.now()))}前补好` : ''}。`,
        { kind: 'correction' }
      )
    case 'rejected':
      return say('不予受理', `${data.reason}。${data.remedy}`)
    case 'specialProcedureStarted':
      return say('暂停计时', `因${data.procedure?.name}暂停，预计 ${data.procedure?.expectedDays} 个工作日，期间不计入承诺时限。`)
    case 'specialProcedureEnded':
      return say('恢复计时', '特别程序已结束，接着办理。')
    case 'extended':
      return say('延长办理期限', `延长 ${data.extendDays} 个工作日：${data.reason}。`)
    case 'decided':
      return data.outcome === 'disapprove' ? say('不予办理', `${data.reason}。${data.remedy}`) : undefined
    case 'issued':
      return say(
        '证照已到',
        `${data.result?.name}已放进「我的证照」。`,
        data.result?.kind === 'licence' ? { kind: 'licence', licenceId: data.result.licenceId } : {}
      )
    case 'resultReady':
      return say('结果已出', `${data.result?.name}可以查看了。`)
    case 'delivered':
      return say('已办结', '欢迎评价这次办理。', { kind: 'rating' })
    default:
      return undefined
  }
}
