import { setTimeout as pause } from 'node:timers/promises'
import { audit, type Audited } from './audit'
import type { Passage } from './gate'
import { openHouse, type House, type Victim } from './house'
import { Resident, type Errand } from './resident'

const POINT_MS = 300_000
const LONGEST_WAIT_MS = 1500

type NamedPoint = 'submission: commit → reply' | 'callback: commit → reply' | 'commit → dispatch' | 'dispatch → acknowledgement'
type Point = NamedPoint | 'random instant'

interface Kill {
  point: Point
  victim: Victim
  /** Only at random instants: how long after the recovery from the last kill. */
  waitMs: number
}

/** One kill and how long it was until the server was ready again. */
export interface Struck extends Kill {
  backMs: number
}

const errands: Errand[] = [
  { identity: 'mother', bundleId: 'newborn', answers: { born: 'here', hukou: 'jy', wed: 'single', ins: 'emp', sub: 'y' } },
  { identity: 'mother-single', bundleId: 'newborn', answers: { born: 'here', hukou: 'jy', wed: 'single', ins: 'none', sub: 'y' } },
  { identity: 'retiree', bundleId: 'retirement', answers: { kind: 'emp', mode: 'sp', pre: 'y', one: 'y', fund: 'y' } },
  { identity: 'founder', bundleId: 'startup', answers: { type: 'ltd', site: 'rent', seal: 'set', emp: 'y', inv: 'y', bank: 'y' } }
]

/**
 * Kills the server and PostgreSQL `count` times while several people submit and departments work, then compares all books.
 * Four of five kills hit the named points, evenly; the rest come at instants drawn from the seed.
 *
 * @param onKill told of each kill when the server is ready again
 */
export async function survive(count: number, seed: number, onKill: (struck: Struck) => void): Promise<Audited> {
  const house = await openHouse()
  const over = new AbortController()
  try {
    const residents = errands.map((errand) => new Resident(house.front.origin, errand, over.signal))
    await Promise.all(residents.map((resident) => resident.signIn()))
    let isOver = false
    const lives = residents.map(async (resident) => {
      do await resident.doErrand()
      while (!isOver)
    })
    const kills = killAll(house, planOf(count, seed), onKill, over.signal).finally(() => (isOver = true))
    await Promise.all([...lives, kills])
    return await audit(house, residents.flatMap(({ acknowledged }) => acknowledged))
  } catch (error) {
    throw new Error(`种子 ${seed}：${error instanceof Error ? error.message : String(error)}\n${house.log().slice(-4000)}`, { cause: error })
  } finally {
    over.abort()
    await house.close()
  }
}

async function killAll(house: House, plan: Kill[], onKill: (struck: Struck) => void, over: AbortSignal): Promise<void> {
  for (const kill of plan) {
    await strike(house, kill, over)
    const started = performance.now()
    await house.recover(kill.victim)
    onKill({ ...kill, backMs: performance.now() - started })
  }
}

async function strike(house: House, { point, victim, waitMs }: Kill, over: AbortSignal): Promise<void> {
  const kill = () => house.kill(victim)
  if (point === 'random instant') {
    await pause(waitMs, undefined, { signal: over })
    return kill()
  }
  const struck = new AbortController()
  const missed = pause(POINT_MS, undefined, { signal: AbortSignal.any([over, struck.signal]) }).then(() => {
    throw new Error(`${POINT_MS / 1000} 秒内没有到过「${point}」`)
  })
  await Promise.race([traps[point](house, kill), missed])
  missed.catch(() => undefined)
  struck.abort()
}

const isDispatch = ({ method, path }: Passage) => method === 'POST' && /^\/mock\/departments\/[^/]+\/(cases|messages)$/.test(path)
const isTaken = ({ status }: Passage) => status !== null && status < 300

const traps: Record<NamedPoint, (house: House, kill: () => void) => Promise<void>> = {
  'submission: commit → reply': ({ front }, kill) =>
    front.trap('reply', (passage) => isTaken(passage) && /\/drafts\/[^/]+\/submission$/.test(passage.path), kill),
  'callback: commit → reply': ({ front }, kill) =>
    front.trap('reply', (passage) => isTaken(passage) && passage.path === '/api/v1/departments/callbacks', kill),
  'commit → dispatch': ({ back }, kill) => back.trap('request', isDispatch, kill),
  'dispatch → acknowledgement': ({ back }, kill) => back.trap('reply', (passage) => isTaken(passage) && isDispatch(passage), kill)
}

/** The last kill, always: the server lives on, so only its watch over its jobs brings the message on its way again. */
const last = { point: 'commit → dispatch', victim: 'database' } as const

function planOf(count: number, seed: number): Kill[] {
  const draw = drawFrom(seed)
  const points = Object.keys(traps) as NamedPoint[]
  const named = points.flatMap((point) => (['server', 'database'] as const).map((victim) => ({ point, victim })))
  const others = named.filter(({ point, victim }) => point !== last.point || victim !== last.victim)
  const kills = Array.from({ length: count - 1 }, (_, index) => {
    const victim = (['server', 'database'] as const)[index % 2] ?? 'server'
    const place = others[index % 9] ?? { point: 'random instant' as const, victim }
    return { ...place, waitMs: Math.round(draw() * LONGEST_WAIT_MS), order: draw() }
  })
  return [...kills.sort((a, b) => a.order - b.order), { ...last, waitMs: 0 }]
}

/** Numbers in [0, 1), always the same ones for a seed (mulberry32). */
function drawFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
