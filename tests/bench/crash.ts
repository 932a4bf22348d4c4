import { randomInt } from 'node:crypto'
import { survive } from '../server/crash/kills'

const KILLS = 50

/** Kills far more often than `npm test` does, and compares all books afterwards; throws when they differ. */
export async function benchCrash(): Promise<void> {
  const seed = Number(process.env.CRASH_SEED || randomInt(2 ** 31))
  console.log(`种子 ${seed}（CRASH_SEED=${seed} 可重来一遍）`)
  const started = performance.now()
  let kills = 0
  const { submissions, cases, events, licences } = await survive(KILLS, seed, ({ point, victim, backMs }) => {
    kills += 1
    console.log(`${String(kills).padStart(2)}. ${point}，强杀 ${victim}，${Math.round(backMs)} 毫秒后恢复`)
  })
  const seconds = Math.round((performance.now() - started) / 1000)
  console.log(`${kills} 次强杀，${seconds} 秒；对过账：${submissions} 份提交、${cases} 件办件、${events} 条部门回告、${licences} 张证照，不丢不重`)
}
