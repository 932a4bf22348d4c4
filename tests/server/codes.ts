import assert from 'node:assert/strict'
import { after, before, beforeEach } from 'node:test'
import type { CodeStatus, IssuedCode } from '../../contract/codes'
import type { AwaitedReading, CodeReading, ReadCode } from '../../contract/gateways/readers'
import type { Problem } from '../../contract/problems'
import type { Trace, TraceList } from '../../contract/traces'
import { founder } from './cases'
import { api } from './journey'
import { hukou, paper } from './papers'
import { actingFor, signIn, type Browser, type Reply } from './sign-in'
import { mother, startWorld, stranger, type World } from './world'

export const company = { name: '江阴演示科技有限公司', idCode: '91320281000000001X' }

/** The server with papers of those who show codes, and readers that ask in their own name. */
export interface CodeWorld {
  world: World
  issue(by: Browser): Promise<IssuedCode>
  status(by: Browser, id: string): Promise<CodeStatus>
  /** A millisecond passes with each reading: traces have an order. */
  ask(reading: CodeReading, reader?: string): Promise<Reply>
  read(reading: CodeReading, reader?: string): Promise<ReadCode>
  /** Asks where the holder must agree. */
  await(reading: CodeReading, reader?: string): Promise<AwaitedReading>
  poll(readingId: string, reader?: string): Promise<Reply>
  /** The reason of a refusal, which says of nobody who it is. */
  refusal(reading: CodeReading, reader?: string): Promise<string | undefined>
  traces(by: Browser): Promise<Trace[]>
  /** The newest trace that a reader left. */
  latest(by: Browser): Promise<Trace | undefined>
}

export async function startCodeWorld(): Promise<CodeWorld> {
  const world = await startWorld()
  const licence = paper('biz-licence', founder, { 名称: company.name, 统一社会信用代码: company.idCode, 法定代表人: founder.name })
  world.outside.licences = [
    hukou(mother),
    paper('social-card', mother, { 社保卡号: 'DEMO000000002' }),
    paper('veteran-card', stranger, { 姓名: stranger.name }),
    { ...licence, holderName: company.name, holderIdCode: company.idCode }
  ]
  const codes: CodeWorld = {
    world,
    issue: (by) => api<IssuedCode>(by, 'POST', '/codes', undefined, 201),
    status: (by, id) => api<CodeStatus>(by, 'GET', `/codes/${id}`),
    async ask(reading, reader = 'hall-desk') {
      world.pass(1)
      return world.app.inject({ method: 'POST', url: '/api/v1/codes/readings', payload: reading, headers: { 'x-reader': reader } })
    },
    async read(reading, reader) {
      const reply = await codes.ask(reading, reader)
      assert.equal(reply.statusCode, 200, reply.body)
      return reply.json<ReadCode>()
    },
    async await(reading, reader) {
      const reply = await codes.ask(reading, reader)
      assert.equal(reply.statusCode, 202, reply.body)
      return reply.json<AwaitedReading>()
    },
    async poll(readingId, reader = 'hall-desk') {
      world.pass(1)
      return world.app.inject({ url: `/api/v1/codes/readings/${readingId}`, headers: { 'x-reader': reader } })
    },
    refusal: async (reading, reader) => refusalOf(await codes.ask(reading, reader)),
    traces: async (by) => (await api<TraceList>(by, 'GET', '/traces')).traces,
    latest: async (by) => (await codes.traces(by)).find(({ actorKind }) => actorKind === 'reader')
  }
  return codes
}

interface Begun {
  codes: CodeWorld
  world: World
  browser: Browser
}

/**
 * For one `describe`: its world, ended after it; before each test the mother signs in anew, so long after the last one that what failed
 * there counts no more, and `begin` is given both.
 */
export function motherEachTime(pauseMs: number, begin: (begun: Begun) => void): void {
  let codes: CodeWorld
  before(async () => {
    codes = await startCodeWorld()
  })
  beforeEach(async () => {
    const { world } = codes
    world.pass(pauseMs)
    begin({ codes, world, browser: (await signIn(world, mother)).browser })
  })
  after(async () => {
    await codes.world.close()
  })
}

/** Any four digits may stand in an id. */
export const withoutIds = (body: string) => body.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'id')

export function refusalOf(reply: Reply): string | undefined {
  const problem = reply.json<Problem>()
  assert.deepEqual([reply.statusCode, problem.code], [409, 'code_refused'], reply.body)
  for (const secret of [mother.name, mother.idNumber.slice(-4), stranger.name]) assert.ok(!withoutIds(reply.body).includes(secret), '不透露是谁')
  return problem.errors?.[0]?.code
}

/** The founder acting for the company. */
export async function signInCompany(world: World): Promise<Browser> {
  const { browser, me } = await signIn(world, founder)
  return actingFor(browser, me.subjects.find(({ kind }) => kind === 'legal_person')?.id ?? '')
}

