import type { Draft } from '../../contract/drafts'
import type { DepartmentCallback, DispatchCase } from '../../contract/gateways/departments'
import type { DemoIdentity } from '../../contract/gateways/notify'
import { addWorkdays } from '../../domain/calendar/workday'
import { addDays, dayOf, instantOf } from '../../domain/time'
import type { Acting, Deps } from '../deps'
import type { DepartmentPayload } from '../modules/case/dispatch'
import { noteDispatched, receiveCallback } from '../modules/case/receive'
import { submit } from '../modules/case/submit'
import { createDraft } from '../modules/draft/create'
import { reviewOf } from '../modules/draft/review'
import { readDraft, saveDraft } from '../modules/draft/service'
import { accountFor, giveConsents, withdrawConsents } from '../modules/identity/accounts'
import { endSessions, noteReauthentication, openSession } from '../modules/identity/sessions'
import { idCodeIndex, ownerOf } from '../modules/identity/subjects'
import { deliverLane, type Deliverers } from '../modules/outbox/service'
import { tx } from './pool'
import { seedCases, type SeedCase } from './seed-cases'

const HOUR = 3_600_000
const device = '演示数据'
const consents = ['privacy' as const, 'sensitive' as const, 'minor' as const]

/** The server's own parts with a clock in the past that only this file moves; nothing leaves the house. */
interface Past {
  deps: Deps
  lanes: string[]
  pass(milliseconds: number): void
  /** To ten o'clock of the next working day. */
  nextWorkday(): void
}

/** Those demo identities that shall have an old affair and do not have one yet. Quick: it asks the database only. */
export async function identitiesToSeed(deps: Pick<Deps, 'pool' | 'vault'>, identities: DemoIdentity[]): Promise<DemoIdentity[]> {
  const waiting: DemoIdentity[] = []
  for (const { identity } of seedCases) {
    const found = identities.find(({ key }) => key === identity)
    if (found && !(await isSomebodys(deps, found.idNumber))) waiting.push(found)
  }
  return waiting
}

/**
 * Gives demo identities an old, finished affair, through the very services that a person and the departments use, only with a clock
 * in the past. Whoever has signed in or has an affair already is left alone. The consents that it took are withdrawn again: at their
 * first sign-in they are asked like everybody else. Only for the demo.
 *
 * @param identities as the identity stand-in lists them
 * @returns the keys of the identities that got one
 */
export async function seedDemo(deps: Deps, identities: DemoIdentity[]): Promise<string[]> {
  const waiting = await identitiesToSeed(deps, identities)
  for (const identity of waiting) {
    for (const seed of seedCases.filter((each) => each.identity === identity.key)) await seedOne(past(deps, seed.daysAgo), identity, seed)
  }
  return waiting.map(({ key }) => key)
}

function past(deps: Deps, daysAgo: number): Past {
  const lanes: string[] = []
  let instant = instantOf(addWorkdays(addDays(dayOf(deps.now()), -daysAgo), 1, deps.calendar), '09:40')
  return {
    deps: { ...deps, now: () => instant, jobs: { deliver: async (_client, lane) => void lanes.push(lane) } },
    lanes,
    pass: (milliseconds) => void (instant += milliseconds),
    nextWorkday: () => void (instant = instantOf(addWorkdays(dayOf(instant), 1, deps.calendar), '10:00'))
  }
}

async function seedOne(then: Past, identity: DemoIdentity, seed: SeedCase): Promise<void> {
  const { deps } = then
  const acting = await signIn(deps, identity)
  await giveConsents(deps.pool, deps, acting.accountId, consents)
  await apply(then, acting, seed)
  await withdrawConsents(deps.pool, deps, acting.accountId, consents)
  await endSessions(deps.pool, deps, { sessionId: acting.sessionId }, 'logout')
  await playDepartments(then)
}

/** Whether somebody has signed in by this identity, or it has an affair: then it is no longer ours to fill. */
async function isSomebodys({ pool, vault }: Pick<Deps, 'pool' | 'vault'>, idNumber: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    `select 1 from account a join subject s on s.id = a.subject_id where s.id_code_index = $1
       and (exists (select 1 from session where account_id = a.id and device <> $2)
         or exists (select 1 from submission where account_id = a.id))`,
    [idCodeIndex(vault, idNumber), device]
  )
  return Boolean(rowCount)
}

async function signIn(deps: Deps, { displayName, role, idNumber }: DemoIdentity): Promise<Acting> {
  return tx(deps.pool, async (client) => {
    const name = displayName.replace(`（${role}）`, '')
    const claims = { name, idNumber, phone: null, realNameLevel: 4, authenticatedAt: deps.now() }
    const accountId = await accountFor(client, deps, claims)
    const { sessionId } = await openSession(client, deps, { accountId, channel: 'h5', device })
    const selfId = await ownerOf(client, accountId)
    return { sessionId, accountId, selfId, subjectId: selfId, role: 'self', channel: 'h5', reauthenticatedAt: deps.now(), delegation: null }
  })
}

/** From the first answer to the submission, as the app does it. */
async function apply(then: Past, acting: Acting, { bundleId, answers, values }: SeedCase): Promise<void> {
  const { deps } = then
  let draft: Draft = await createDraft(deps, acting, { bundleId, answers, restart: true })
  then.pass(HOUR / 4)
  draft = await saveDraft(deps, acting, draft.id, { version: draft.version, step: 'form', values })
  const promised = draft.plan.materials.filter(({ state, canPromise }) => state === 'upload' && canPromise)
  const materials = Object.fromEntries(promised.map(({ id }) => [id, { choice: 'promise' as const, files: [] }]))
  draft = await saveDraft(deps, acting, draft.id, { version: draft.version, step: 'sign', materials })
  const { version, contentHash, commitments, errors, pending } = reviewOf(deps, acting, await readDraft(deps, acting, draft.id))
  if (errors.length + pending.length > 0) throw new Error(`演示的旧办件没填完：${JSON.stringify({ errors, pending })}`)
  await noteReauthentication(deps.pool, deps, acting.sessionId)
  const request = { draftId: draft.id, version, contentHash, commitments: commitments.map(({ id }) => id), idempotencyKey: deps.newId() }
  await submit(deps, acting, request, () => undefined)
}

/** The departments of that time: they get what waits in the outbox and approve it step by step, until nothing is left to do. */
async function playDepartments(then: Past): Promise<void> {
  const { deps, lanes, pass, nextWorkday } = then
  const received: DispatchCase[] = []
  const deliverers: Deliverers = {
    async department({ payload }) {
      const sent = payload as DepartmentPayload
      if (sent.kind === 'case') received.push(sent.message)
      return (client) => noteDispatched(client, deps, sent.caseId)
    },
    wechat: async () => undefined,
    sms: async () => undefined,
    invitation: async () => undefined,
    objection: async () => undefined,
    licence: async () => undefined,
    rectification: async () => undefined
  }
  const collect = async () => {
    for (let lane = lanes.shift(); lane !== undefined; lane = lanes.shift()) await deliverLane(deps, deliverers, lane)
    return received.shift()
  }
  for (let next = await collect(); next; next = await collect()) {
    const dispatched = next
    if (dispatched.result.kind !== 'document') throw new Error(`演示的旧办件只收结果为文书的事，「${dispatched.matterName}」要出证照`)
    const document = { name: dispatched.result.name, number: documentNo(dispatched, '结果') }
    const say = (event: Pick<DepartmentCallback, 'type'> & Partial<DepartmentCallback>) =>
      receiveCallback(deps, {
        eventId: deps.newId(),
        caseNo: dispatched.caseNo,
        departmentId: dispatched.departmentId,
        at: new Date(deps.now()).toISOString(),
        by: '演示经办人',
        ...event
      })
    pass(HOUR)
    await say({ type: dispatched.acceptOnReceipt ? 'accepted' : 'preReviewPassed', documentNo: documentNo(dispatched, '受理') })
    pass(HOUR / 2)
    await say({ type: 'examineStarted' })
    if (dispatched.promisedDays) nextWorkday()
    await say({ type: 'decided', outcome: 'approve', documentNo: documentNo(dispatched, '决定') })
    pass(HOUR / 2)
    await say({ type: 'resultReady', document })
    pass(HOUR / 6)
    await say({ type: 'delivered' })
  }
}

const documentNo = ({ caseNo }: DispatchCase, kind: string) => `演示${kind}〔${caseNo.slice(7, 11)}〕${caseNo.slice(-6)}号`
