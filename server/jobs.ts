import { PgBoss } from 'pg-boss'
import type { Queryable } from './db/pool'
import type { Deps, Jobs } from './deps'
import { deliverLane, pendingLanes, type Deliverers } from './modules/outbox/service'

const deliverQueue = 'deliver'

/** A worker that dies in the middle, or whose database does, says so by its silence: another takes the lane over after 10 to 15 s. */
const delivery = { retryLimit: 10_000, retryDelay: 2, retryBackoff: true, retryDelayMax: 15, expireInSeconds: 60, heartbeatSeconds: 10 }
const LOOK_SECONDS = 5

/** Work by the clock: name, how often (cron, Asia/Shanghai) and what it does. */
export interface Round {
  name: string
  cron: string
  run: () => Promise<void>
}

export interface RunningJobs extends Jobs {
  /** Starts working: the outbox and the rounds. What a crash left in the outbox is taken up at once. */
  work(deps: Pick<Deps, 'pool' | 'vault' | 'now' | 'log'>, deliverers: Deliverers, rounds: Round[]): Promise<void>
  /** Whether it works, and its queue can be reached. */
  ready(): Promise<boolean>
  stop(): Promise<void>
}

/**
 * Jobs over pg-boss: a job is sent in the transaction that needs it and survives a crash of every process. Its retries wait
 * 2 s at first and 15 s at most: a department that comes back is served soon.
 */
export async function openJobs(databaseUrl: string, log: Deps['log']): Promise<RunningJobs> {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    application_name: 'zhangshangban-jobs',
    max: 4,
    superviseIntervalSeconds: LOOK_SECONDS,
    monitorIntervalSeconds: LOOK_SECONDS
  })
  boss.on('error', (error) => log.error({ error: error.name, message: error.message }, '后台作业出错'))
  await boss.start()
  await boss.createQueue(deliverQueue, { policy: 'standard', ...delivery })
  // A queue that is there already is left as it was made.
  await boss.updateQueue(deliverQueue, delivery)

  let isWorking = false
  const sendDeliver = (db: { executeSql: (text: string, values?: unknown[]) => Promise<{ rows: unknown[] }> } | null, lane: string) =>
    boss.send(deliverQueue, { lane }, db ? { db: db as never } : {})

  return {
    async deliver(client: Queryable, lane: string) {
      await sendDeliver({ executeSql: (text, values) => client.query(text, values) }, lane)
    },
    async work(deps, deliverers, rounds) {
      await boss.work<{ lane: string }>(deliverQueue, { pollingIntervalSeconds: 0.5, batchSize: 1, localConcurrency: 3 }, async (jobs) => {
        for (const { data } of jobs) await deliverLane(deps, deliverers, data.lane)
      })
      for (const round of rounds) {
        await boss.createQueue(round.name, { policy: 'singleton', retryLimit: 1 })
        await boss.work(round.name, { pollingIntervalSeconds: 5 }, () => round.run())
        await boss.schedule(round.name, round.cron, null, { tz: 'Asia/Shanghai' })
      }
      for (const lane of await pendingLanes(deps.pool)) await sendDeliver(null, lane)
      isWorking = true
    },
    async ready() {
      return isWorking && (await boss.getQueue(deliverQueue)) !== null
    },
    stop: () => boss.stop({ graceful: true, timeout: 5_000 })
  }
}
