import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { InjectOptions } from 'fastify'
import type { SubmitReply } from '../../contract/drafts'
import type { LibraryLicence } from '../../contract/gateways/licence-library'
import { licenceIdentifier } from '../../mock/numbers'
import { openHttpBrowser } from '../server/crash/http-browser'
import { api, complete, review, startDraft } from '../server/journey'
import { confirmAgain, signIn, type Browser } from '../server/sign-in'
import { mother, startWorld, type World } from '../server/world'
import { Recorder, type Statement } from './recorder'
import { printTable, type Measured } from './table'
import { openYardstick, type Yardstick } from './yardstick'

const READ_ROUNDS = 12
const READS = 25
const SUBMISSIONS = 25
const LONGEST_MS = 50_000

/** Needs at most one upload: the rate limit of uploads holds for benches too. */
const submitted = { bundleId: 'retirement', answers: { kind: 'res', pre: 'n', one: 'n', fund: 'n' } }
const drafted = { bundleId: 'newborn', answers: { born: 'here', hukou: 'jy', wed: 'single', ins: 'emp', sub: 'y' } }

interface Bench {
  world: World
  recorder: Recorder
  yardstick: Yardstick
  /** Signed in, over real HTTP. */
  browser: Browser
  /** The same session without HTTP, for what lies between the measured steps. */
  inside: Browser
}

/**
 * The home read, the progress read and a whole submission over HTTP, each beside bare Fastify that sends the same statements on a
 * pool of the same size and answers the same body. One request at a time; both sides take turns. The outside world is in memory.
 */
export async function benchApi(): Promise<void> {
  const bench = await open()
  try {
    const submissionId = await submitOne(bench)
    await startDraft(bench.browser, drafted.bundleId, drafted.answers)
    const home = await read(bench, '首页：GET /home', '/api/v1/home')
    const progress = await read(bench, '进度：GET /submissions/:id', `/api/v1/submissions/${submissionId}`)
    printTable([home, progress, await submissions(bench)])
  } finally {
    await bench.yardstick.close()
    await bench.world.close()
  }
}

async function open(): Promise<Bench> {
  const world = await startWorld()
  world.outside.licences = licences()
  const recorder = new Recorder(world.deps.pool)
  const yardstick = await openYardstick(world.deps.pool)
  recorder.take()
  const { browser: inside } = await signIn(world, mother)
  const browser = openHttpBrowser(await world.app.listen({ port: 0, host: '127.0.0.1' }))
  browser.accessToken = inside.accessToken
  browser.cookies = inside.cookies
  return { world, recorder, yardstick, browser, inside }
}

/** An identity card, and a permit that soon runs out. */
function licences(): LibraryLicence[] {
  const holder = { holderName: mother.name, holderIdCode: mother.idNumber, version: 1, status: 'valid' as const }
  const face = { 姓名: mother.name, 公民身份号码: mother.idNumber }
  const identifier = (type: string) => licenceIdentifier(type, '1', 1)
  return [
    { ...holder, identifier: identifier('id-card'), type: 'id-card', issuer: '公安局', issuedOn: '2020-01-01', validTo: '2026-12-01', face },
    { ...holder, identifier: identifier('social-card'), type: 'social-card', issuer: '人社局', issuedOn: '2020-01-01', validTo: null, face }
  ]
}

/** Alternates rounds of both sides; the first round of each is to warm up and not counted. */
async function read({ browser, recorder, yardstick }: Bench, what: string, url: string): Promise<Measured> {
  // The first read may fetch from outside; the next ones do what is measured.
  await browser.send({ url })
  await yardstick.mirror(recorder.take())
  const { json } = await browser.send({ url })
  const statements = recorder.take()
  const bare = openHttpBrowser(yardstick.origin)
  yardstick.load(statements, json())
  const measured: Measured = { what, statements: statements.length, server: [], bare: [] }
  const deadline = performance.now() + LONGEST_MS
  for (let round = 0; round <= READ_ROUNDS && performance.now() < deadline; round += 1) {
    const sides = { server: await times(READS, browser, { url }), bare: await times(READS, bare, { url }) }
    if (round === 0) continue
    measured.server.push(...sides.server)
    measured.bare.push(...sides.bare)
  }
  assert.equal(recorder.take().length % statements.length, 0, `${what} sends the same statements each time`)
  return measured
}

async function times(count: number, browser: Browser, request: InjectOptions): Promise<number[]> {
  const taken: number[] = []
  for (let index = 0; index < count; index += 1) taken.push((await timed(browser, request)).milliseconds)
  return taken
}

async function timed(browser: Browser, request: InjectOptions) {
  const started = performance.now()
  const reply = await browser.send(request)
  assert.ok(reply.statusCode < 300, reply.body)
  return { reply, milliseconds: performance.now() - started }
}

async function submissions(bench: Bench): Promise<Measured> {
  const { recorder, yardstick } = bench
  const bare = openHttpBrowser(yardstick.origin)
  const measured: Measured = { what: '一次提交：建草稿→保存→核对→提交', statements: 0, server: [], bare: [] }
  const deadline = performance.now() + LONGEST_MS
  for (let round = 0; round <= SUBMISSIONS && performance.now() < deadline; round += 1) {
    const steps = await stepsOfOne(bench)
    let [atServer, atBare] = [0, 0]
    for (const { request, reply, statements, milliseconds, isPart } of steps) {
      if (!isPart) {
        await yardstick.mirror(statements)
        continue
      }
      yardstick.load(statements, reply)
      atServer += milliseconds
      atBare += (await timed(bare, request)).milliseconds
    }
    measured.statements = steps.flatMap(({ isPart, statements }) => (isPart ? statements : [])).length
    if (round === 0) continue
    measured.server.push(atServer)
    measured.bare.push(atBare)
  }
  recorder.take()
  return measured
}

interface Step {
  request: InjectOptions
  reply: unknown
  statements: Statement[]
  milliseconds: number
  /** False for what lies between the steps: confirming who one is. */
  isPart: boolean
}

/** One whole submission, with what each of its requests did. */
async function stepsOfOne({ browser, recorder, ...rest }: Bench): Promise<Step[]> {
  const between = (): Step => ({ request: {}, reply: null, statements: recorder.take(), milliseconds: 0, isPart: false })
  const steps: Step[] = [between()]
  const watched: Browser = {
    ...browser,
    async send(request) {
      const { reply, milliseconds } = await timed(browser, request)
      steps.push({ request, reply: reply.json(), statements: recorder.take(), milliseconds, isPart: true })
      return reply
    }
  }
  await submitOne({ ...rest, browser: watched }, () => steps.push(between()))
  return steps
}

async function submitOne(
  { world, browser, inside }: Pick<Bench, 'world' | 'browser' | 'inside'>,
  confirmed: () => void = () => undefined
): Promise<string> {
  const draft = await complete(browser, await startDraft(browser, submitted.bundleId, submitted.answers))
  const { version, contentHash, commitments } = await review(browser, draft.id)
  await confirmAgain(world, inside, mother)
  confirmed()
  const body = { version, contentHash, commitments: commitments.map(({ id }) => id) }
  const key = { 'idempotency-key': randomUUID() }
  return (await api<SubmitReply>(browser, 'POST', `/drafts/${draft.id}/submission`, body, 201, key)).submissionId
}
