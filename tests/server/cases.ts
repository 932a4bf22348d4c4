import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach } from 'node:test'
import type { DepartmentCallback, DispatchCase, DispatchedMaterial, IssuedLicence } from '../../contract/gateways/departments'
import type { Problem } from '../../contract/problems'
import type { CaseSummary, Submission } from '../../contract/submissions'
import { fold } from '../../domain/case/fold'
import type { Answers } from '../../domain/condition/types'
import type { IdentityClaims } from '../../server/gateways/ports'
import { casesOf } from '../../server/modules/case/repository'
import { api, complete, deliverAll, demoIdentifier, readSubmission, signAndSubmit, startDraft } from './journey'
import { signIn, type Browser, type Reply } from './sign-in'
import { START, startWorld, type World } from './world'

/** 一份已提交、部门已收到首批办件的「一件事」，连同它的申请人。 */
export interface Applied {
  browser: Browser
  submissionId: string
  /** 现在的样子。 */
  read(): Promise<Submission>
  caseOf(key: string): Promise<CaseSummary>
  /** 部门收到的那一件；还没派出去就报错。 */
  sent(key: string): Promise<DispatchCase>
  /** 派出去了的是哪几件。 */
  sentKeys(): Promise<string[]>
}

export const founder: IdentityClaims = {
  name: '高演示',
  idNumber: '320281198805050053',
  phone: '16000000005',
  realNameLevel: 4,
  authenticatedAt: START
}

export const single: Answers = { born: 'here', hukou: 'jy', wed: 'single', ins: 'emp', sub: 'y' }

export const resident: Answers = { kind: 'res', pre: 'n', one: 'n', fund: 'n' }

/** 填完、签名、提交、送到部门。 */
export async function applyFor(world: World, person: IdentityClaims, bundleId: string, answers: Answers): Promise<Applied> {
  const { browser } = await signIn(world, person)
  const draft = await complete(browser, await startDraft(browser, bundleId, answers))
  const { submissionId } = await signAndSubmit(world, browser, person, draft.id)
  await deliverAll(world)
  return followed(world, browser, submissionId)
}

export function followed(world: World, browser: Browser, submissionId: string): Applied {
  const read = () => readSubmission(browser, submissionId)
  const caseOf = async (key: string) => {
    const found = (await read()).cases.find((each) => each.key === key)
    assert.ok(found, `这份提交里没有 ${key}`)
    return found
  }
  return {
    browser,
    submissionId,
    read,
    caseOf,
    async sent(key) {
      const { caseNo } = await caseOf(key)
      const found = world.outside.dispatched.find((each) => each.caseNo === caseNo)
      assert.ok(found, `${key} 还没派到部门`)
      return found
    },
    async sentKeys() {
      const numbers = world.outside.dispatched.map(({ caseNo }) => caseNo)
      return (await read()).cases.filter(({ caseNo }) => numbers.includes(caseNo ?? '')).map(({ key }) => key)
    }
  }
}

/** 部门回告一条，不论成败把答复交回。 */
export async function tellUs(world: World, dispatched: DispatchCase, callback: Partial<DepartmentCallback> & object): Promise<Reply> {
  const payload = {
    eventId: randomUUID(),
    caseNo: dispatched.caseNo,
    departmentId: dispatched.departmentId,
    at: new Date(world.deps.now()).toISOString(),
    by: '演示经办人',
    ...callback
  }
  return world.app.inject({ method: 'POST', url: '/api/v1/departments/callbacks', payload })
}

/** 依次回告几步，每一步都应收下。 */
export async function steps(world: World, dispatched: DispatchCase, ...callbacks: Partial<DepartmentCallback>[]): Promise<void> {
  for (const callback of callbacks) {
    const reply = await tellUs(world, dispatched, callback)
    assert.equal(reply.statusCode, 200, reply.body)
  }
}

export const accepted = (dispatched: DispatchCase): Partial<DepartmentCallback> => ({
  type: dispatched.acceptOnReceipt ? 'accepted' : 'preReviewPassed'
})

export const problemOf = (reply: Reply, status: number, code: Problem['code']): Problem => {
  const problem = reply.json<Problem>()
  assert.deepEqual([reply.statusCode, problem.code], [status, code], reply.body)
  return problem
}

/** 每一份事件日志折起来，都与同事务写下的状态列一致。每个测试文件收尾时核对一次。 */
export async function foldsHold({ deps }: World): Promise<void> {
  const { rows } = await deps.pool.query<{ id: string; submission_id: string; status: string; seq: number; closed_at: Date | null }>(
    'select id, submission_id, status, seq, closed_at from case_file'
  )
  assert.ok(rows.length > 0)
  const logs = await casesOf(deps.pool, deps.vault, [...new Set(rows.map((row) => row.submission_id))])
  for (const row of rows) {
    const state = fold(logs.find(({ id }) => id === row.id)?.events ?? [])
    assert.deepEqual([row.status, row.seq, row.closed_at?.getTime() ?? null], [state?.status, state?.seq, state?.closedAt], row.id)
  }
}

/** 在 describe 里调用：起一个世界交出来，每个测试之前清空部门收到的，收尾核对每一份日志。 */
export function withCases(ready: (world: World) => void): void {
  let world: World
  before(async () => {
    world = await startWorld()
    ready(world)
  })
  beforeEach(() => {
    world.outside.dispatched.length = 0
    world.outside.caseMessages.length = 0
  })
  after(async () => {
    await foldsHold(world)
    await world.close()
  })
}

export const withdrawAll = (browser: Browser, submissionId: string) => api(browser, 'POST', `/submissions/${submissionId}/withdraw`, {})

/** 送给部门的一件里的一份材料。 */
export function materialOf({ materials }: DispatchCase, id: string): DispatchedMaterial {
  const found = materials.find((each) => each.id === id)
  assert.ok(found, `没有送 ${id}`)
  return found
}

/** 部门给孩子签发的一张出生医学证明。 */
export const birthCert = ({ caseNo }: DispatchCase): IssuedLicence => ({
  identifier: demoIdentifier('birth-cert', caseNo),
  type: 'birth-cert',
  version: 1,
  holderName: '林小演',
  holderIdCode: null,
  issuer: '演示签发机关',
  issuedOn: '2026-11-20',
  validTo: null,
  face: { 新生儿姓名: '林小演' }
})
