import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { Draft, DraftReview, SubmitReply } from '../../contract/drafts'
import type { DepartmentCallback, DispatchCase, IssuedLicence } from '../../contract/gateways/departments'
import type { CaseDetail, Submission } from '../../contract/submissions'
import type { Answers } from '../../domain/condition/types'
import type { FieldValue, FormValues, FormViewField } from '../../domain/form/types'
import { demoCreditCode, demoIdNumber, licenceIdentifier } from '../../mock/numbers'
import { deliverers } from '../../server/deliverers'
import type { IdentityClaims } from '../../server/gateways/ports'
import { deliverLane } from '../../server/modules/outbox/service'
import { confirmAgain, type Browser } from './sign-in'
import type { World } from './world'

/** 走一件事所需的一切都来自目录：这里不认识任何一件事的名字，只按字段类型填、按材料状态交。 */

export async function api<T>(
  browser: Browser,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  url: string,
  payload?: object,
  expected = 200,
  headers = {}
): Promise<T> {
  const reply = await browser.send({ method, url: `/api/v1${url}`, headers, ...(payload && { payload }) })
  assert.equal(reply.statusCode, expected, `${method} ${url} → ${reply.statusCode} ${reply.body}`)
  return reply.body === '' ? (null as T) : reply.json<T>()
}

export async function startDraft(browser: Browser, bundleId: string, answers: Answers, picks: string[] = []): Promise<Draft> {
  return api<Draft>(browser, 'POST', '/drafts', { bundleId, answers, picks }, 201)
}

/** 把没填的必填项按类型填上，没着落的材料：能承诺就承诺，能容缺就容缺，否则上传。 */
export async function complete(browser: Browser, draft: Draft): Promise<Draft> {
  const values: FormValues = {}
  for (const field of draft.form.groups.flatMap(({ fields }) => fields)) {
    if (!field.locked && field.required && isBlank(field.value)) values[field.id] = sample(field)
  }
  let current = await api<Draft>(browser, 'PUT', `/drafts/${draft.id}`, { version: draft.version, step: 'form', values })
  const materials: Draft['materials'] = {}
  for (const material of current.plan.materials) {
    if (material.state !== 'upload' && material.state !== 'consent') continue
    if (material.canPromise) materials[material.id] = { choice: 'promise', files: [] }
    else if (material.canDefer) materials[material.id] = { choice: 'defer', files: [] }
    else if (material.canUpload) materials[material.id] = { choice: 'upload', files: [(await upload(browser)).id] }
  }
  current = await api<Draft>(browser, 'PUT', `/drafts/${draft.id}`, { version: current.version, step: 'materials', materials })
  return current
}

const isBlank = (value: FieldValue) => value === null || value === '' || (Array.isArray(value) && value.length === 0)

const samples: Partial<Record<FormViewField['type'], FieldValue>> = {
  text: '演示内容',
  multiline: '演示内容',
  personName: '林小演',
  idNumber: '320281199003070018',
  creditCode: '91320281MA1MTEST06',
  phone: '16000000009',
  date: '2026-11-17',
  time: '08:30',
  bankAccount: '6200 0000 0000 0000 000',
  address: { province: '320000', city: '320200', district: '320281', town: '320281-chengjiang', detail: '演示路 1 号' }
}

function sample(field: FormViewField): FieldValue {
  if (field.type === 'choice') return field.options[0]?.value ?? null
  if (field.type === 'choices') return field.options.slice(0, 1).map(({ value }) => value)
  if (field.type === 'number' || field.type === 'money') return Math.max(field.min ?? 1, 1)
  if (field.type === 'date' && field.dateRange === 'future') return '2027-02-01'
  if (field.type === 'group') {
    return Array.from(
      { length: Math.max(field.minItems ?? 1, 1) },
      () => Object.fromEntries(field.fields.map((each) => [each.id, sample(each)])) as FormValues
    )
  }
  return samples[field.type] ?? null
}

/** A PNG of one pixel, as a photo of a paper. */
const photo = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

export async function upload(browser: Browser): Promise<{ id: string }> {
  const boundary = 'journey-boundary'
  const payload = Buffer.concat([
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="paper.png"\r\nContent-Type: image/png\r\n\r\n`),
    photo,
    Buffer.from(`\r\n--${boundary}--\r\n`)
  ])
  const reply = await browser.send({
    method: 'POST',
    url: '/api/v1/files',
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload
  })
  assert.equal(reply.statusCode, 201, reply.body)
  return reply.json<{ id: string }>()
}

export const review = (browser: Browser, draftId: string) => api<DraftReview>(browser, 'GET', `/drafts/${draftId}/review`)

/** 核对、再确认本人、签名、提交。 */
export async function signAndSubmit(world: World, browser: Browser, person: IdentityClaims, draftId: string): Promise<SubmitReply> {
  const { version, contentHash, commitments, errors, pending } = await review(browser, draftId)
  assert.deepEqual({ errors, pending }, { errors: [], pending: [] })
  await confirmAgain(world, browser, person)
  const body = { version, contentHash, commitments: commitments.map(({ id }) => id) }
  return api<SubmitReply>(browser, 'POST', `/drafts/${draftId}/submission`, body, 201, { 'idempotency-key': randomUUID() })
}

/** Delivers what waits in the outbox, until nothing does. */
export async function deliverAll(world: World): Promise<void> {
  const send = deliverers(world.deps)
  while (world.lanes.length > 0) await deliverLane(world.deps, send, world.lanes.shift() ?? '')
}

type Callback = Omit<DepartmentCallback, 'eventId' | 'caseNo' | 'departmentId' | 'at' | 'by'>

export async function callBack(world: World, dispatched: DispatchCase, callback: Callback, eventId = randomUUID()): Promise<void> {
  const payload: DepartmentCallback = {
    eventId,
    caseNo: dispatched.caseNo,
    departmentId: dispatched.departmentId,
    at: new Date(world.deps.now()).toISOString(),
    by: '演示经办人',
    ...callback
  }
  const reply = await world.app.inject({ method: 'POST', url: '/api/v1/departments/callbacks', payload })
  assert.equal(reply.statusCode, 200, reply.body)
}

/** The shortest road from arrival to an approved result on record. */
export async function approve(world: World, dispatched: DispatchCase): Promise<void> {
  await callBack(world, dispatched, {
    type: dispatched.acceptOnReceipt ? 'accepted' : 'preReviewPassed',
    documentNo: `演示受理〔2026〕${dispatched.caseNo.slice(-6)}号`
  })
  await callBack(world, dispatched, { type: 'examineStarted' })
  for (const { kind, name, days } of dispatched.specialProcedures) {
    await callBack(world, dispatched, { type: 'specialProcedureStarted', procedure: { kind, name, expectedDays: days } })
    await callBack(world, dispatched, { type: 'specialProcedureEnded' })
  }
  await callBack(world, dispatched, { type: 'decided', outcome: 'approve' })
  await callBack(
    world,
    dispatched,
    dispatched.result.kind === 'licence'
      ? { type: 'issued', licence: issue(dispatched, dispatched.result) }
      : { type: 'resultReady', document: { name: dispatched.result.name, number: '演示〔2026〕1号' } }
  )
  await callBack(world, dispatched, { type: 'delivered' })
}

/** The identifier of the licence that a case led to: its number is the serial. */
export const demoIdentifier = (type: string, caseNo: string): string => licenceIdentifier(type, caseNo.replace(/\W/g, ''), 1)

function issue(dispatched: DispatchCase, result: Extract<DispatchCase['result'], { kind: 'licence' }>): IssuedLicence {
  const face = Object.fromEntries(result.face.map((name) => [name, faceText(name, dispatched)]))
  return {
    identifier: demoIdentifier(result.licenceType, dispatched.caseNo),
    type: result.licenceType,
    version: 1,
    holderName: result.holderName ?? '林小演',
    holderIdCode: result.holderIdCode,
    issuer: '演示签发机关',
    issuedOn: '2026-11-20',
    validTo: null,
    face
  }
}

/** What a newborn's household registration and a new company's licence bring with them. */
function faceText(name: string, { values, caseNo, result }: DispatchCase): string {
  const known = result.kind === 'licence' ? result.holderIdCode : null
  const serial = Number(caseNo.slice(-6))
  if (name === '公民身份号码') return known ?? demoIdNumber(String(values.birthDate ?? '2026-11-17'), serial)
  if (name === '统一社会信用代码') return known ?? demoCreditCode(serial)
  return typeof values[name] === 'string' ? String(values[name]) : `演示${name}`
}

/** Plays all departments until nobody has anything left to do, except about the cases already dealt with. */
export async function finishAll(world: World, ...dealtWith: DispatchCase[]): Promise<void> {
  const done = new Set(dealtWith.map(({ caseNo }) => caseNo))
  for (;;) {
    await deliverAll(world)
    const next = world.outside.dispatched.find(({ caseNo }) => !done.has(caseNo))
    if (!next) return
    done.add(next.caseNo)
    await approve(world, next)
  }
}

export const readSubmission = (browser: Browser, id: string) => api<Submission>(browser, 'GET', `/submissions/${id}`)
export const readCase = (browser: Browser, id: string) => api<CaseDetail>(browser, 'GET', `/cases/${id}`)
