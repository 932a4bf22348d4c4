import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { test } from 'node:test'
import { survive } from './crash/kills'

const KILLS = 10

test(`服务端与 PostgreSQL 被强杀 ${KILLS} 次：答应过的一件不丢、一件不重，每件都走到最后`, async (context) => {
  const seed = Number(process.env.CRASH_SEED || randomInt(2 ** 31))
  context.diagnostic(`种子 ${seed}（CRASH_SEED=${seed} 可重来一遍）`)
  let kills = 0
  const { submissions, cases, licences } = await survive(KILLS, seed, ({ point, victim, backMs }) => {
    kills += 1
    context.diagnostic(`${kills}. ${point}，强杀 ${victim}，${Math.round(backMs)} 毫秒后恢复`)
  })
  context.diagnostic(`对过账：${submissions} 份提交、${cases} 件办件、${licences} 张证照`)
  assert.equal(kills, KILLS)
  assert.ok(submissions > 0 && cases > submissions && licences > 0)
})
