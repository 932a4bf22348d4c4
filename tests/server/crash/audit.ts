import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'
import type { Pool } from 'pg'
import type { CaseMessage, DepartmentCallback, DispatchCase, IssuedLicence } from '../../../contract/gateways/departments'
import type { SmsRequest } from '../../../contract/gateways/notify'
import { isClosed } from '../../../domain/case/transition'
import { createPool } from '../../../server/db/pool'
import { casesOf } from '../../../server/modules/case/repository'
import { createVault } from '../../../server/vault/vault'
import type { House } from './house'
import { until } from './house'
import type { Acknowledged } from './resident'

const SETTLE_MS = 60_000

/** What the department stand-ins have on their own books. */
interface DepartmentLedger {
  cases: DispatchCase[]
  messages: (CaseMessage & { departmentId: string })[]
  events: { event: DepartmentCallback; state: 'queued' | 'delivered' | 'dropped' }[]
  files: { intact: boolean }[]
  stages: Record<string, string>
}

/** How much was compared. */
export interface Audited {
  submissions: number
  cases: number
  events: number
  licences: number
}

/** Holds our books against the stand-ins' own: nothing acknowledged lost, nothing doubled, every case at its end. */
export async function audit(house: House, acknowledged: Acknowledged[]): Promise<Audited> {
  const pool = createPool(house.databaseUrl)
  try {
    await until('待发箱送空', async () => (await count(pool, 'select from outbox where delivered_at is null')) === 0, SETTLE_MS)
    await until('部门的每一步都送到', async () => (await departments(house)).events.every(({ state }) => state === 'delivered'), SETTLE_MS)
    const books = await departments(house)
    await auditSubmissions(pool, acknowledged)
    const [cases, events] = await auditCases(pool, house, books)
    await auditMessages(pool, house, books)
    const licences = await auditLicences(pool, house)
    return { submissions: acknowledged.length, cases, events, licences }
  } finally {
    await pool.end()
  }
}

async function auditSubmissions(pool: Pool, acknowledged: Acknowledged[]): Promise<void> {
  const { rows } = await pool.query<{ id: string; draft_id: string; receipt_code: string; status: string }>(
    'select id, draft_id, receipt_code, status from submission order by id'
  )
  const told = acknowledged.map(({ submissionId, draftId, receiptCode }) => ({
    id: submissionId, draft_id: draftId, receipt_code: receiptCode, status: 'done'
  }))
  assert.deepEqual(rows, told.sort((a, b) => (a.id < b.id ? -1 : 1)), '告诉过申请人的提交一份不少、一份不多，都已办完')
  for (const { submissionId, receiptCode, again } of acknowledged) {
    assert.deepEqual(again, { submissionId, receiptCode }, '同一个 Idempotency-Key 再来一次，答复相同')
  }
  assert.equal(await count(pool, 'select from idempotency'), acknowledged.length, '每份提交留一条幂等记录')
  const twice = 'select from subject where born_of_submission is not null group by born_of_submission having count(*) > 1'
  assert.equal(await count(pool, twice), 0, '一份提交只带来一个孩子')
}

async function auditCases(pool: Pool, house: House, books: DepartmentLedger): Promise<[number, number]> {
  const { rows } = await pool.query<{ id: string; case_no: string; submission_id: string; status: string; seq: number; closed: boolean }>(
    'select id, case_no, submission_id, status, seq, closed_at is not null as closed from case_file'
  )
  const vault = createVault(house.keys.vault)
  const folded = await casesOf(pool, vault, [...new Set(rows.map((row) => row.submission_id))])
  for (const row of rows) {
    const state = folded.find(({ id }) => id === row.id)?.state
    assert.deepEqual(
      { status: row.status, seq: row.seq, closed: row.closed },
      { status: state?.status, seq: state?.seq, closed: state?.closedAt !== null },
      `${row.case_no}：事件折叠出来的与状态列一致`
    )
    assert.ok(isClosed(state?.status ?? 'waiting') && state?.result, `${row.case_no} 走到了最后一步，有结果`)
    assert.equal(books.stages[row.case_no], 'closed', `${row.case_no} 在部门那边也已办结`)
  }
  assert.deepEqual(sorted(books.cases.map(({ caseNo }) => caseNo)), sorted(rows.map((row) => row.case_no)), '每件办件部门各收到一次')

  const heard = await pool.query<{ case_no: string; source_id: string }>(
    `select c.case_no, e.source_id from case_event e join case_file c on c.id = e.case_id where e.source_id is not null
     order by c.case_no, e.seq`
  )
  const said = books.events.map(({ event }) => ({ case_no: event.caseNo, source_id: event.eventId }))
  // A stable sort keeps the department's own order within a case.
  said.sort((a, b) => (a.case_no < b.case_no ? -1 : Number(a.case_no > b.case_no)))
  assert.deepEqual(heard.rows, said, '部门发出的每一步恰好记了一次，次序不乱')
  return [rows.length, said.length]
}

async function auditMessages(pool: Pool, house: House, books: DepartmentLedger): Promise<void> {
  const sent = async (kind: string) => {
    const { rows } = await pool.query<{ message_id: string }>('select message_id from outbox where kind = $1', [kind])
    return sorted(rows.map((row) => row.message_id))
  }
  const arrived = [...books.cases, ...books.messages].map(({ messageId }) => messageId)
  assert.deepEqual(sorted(arrived), await sent('department'), '发给部门的每一条恰好生效一次')
  const texts = (await fetch(`${house.standInOrigin}/mock/sms/sent.json`).then((reply) => reply.json())) as SmsRequest[]
  assert.deepEqual(sorted(texts.map(({ messageId }) => messageId)), await sent('sms'), '每条短信恰好发了一次')
  assert.ok(books.files.every(({ intact }) => intact), '部门取到的文件都完好')
}

async function auditLicences(pool: Pool, house: House): Promise<number> {
  const lines = fs.readFileSync(path.join(house.ledgerDir, 'licence-library.jsonl'), 'utf8').trim().split('\n')
  const entries = lines.map((line) => JSON.parse(line) as { kind: string; caseNo: string; licence: IssuedLicence })
  const issued = entries.filter(({ kind }) => kind === 'licence')
  const numbers = issued.map(({ licence }) => `${licence.identifier} v${licence.version}`)
  const { rows } = await pool.query<{ entry: string }>(
    'select concat(c.case_no, $1::text, l.identifier, $2::text, l.version) as entry from licence l join case_file c on c.id = l.case_id',
    [' ', ' v']
  )
  const told = issued.map(({ caseNo }, index) => `${caseNo} ${numbers[index]}`)
  assert.deepEqual(sorted(rows.map(({ entry }) => entry)), sorted(told), '发出的每张证照恰好入了一次证照包')
  assert.equal(new Set(numbers).size, numbers.length, '证照号不重')
  return issued.length
}

const departments = async (house: House): Promise<DepartmentLedger> =>
  (await (await fetch(`${house.standInOrigin}/mock/departments/ledger.json`)).json()) as DepartmentLedger

const count = async (pool: Pool, query: string): Promise<number> => (await pool.query(query)).rowCount ?? 0
const sorted = (texts: string[]): string[] => [...texts].sort()
