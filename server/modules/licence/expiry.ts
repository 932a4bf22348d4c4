import { addDays, dayOf, dayText, daysBetween, instantOf, type IsoDay } from '../../../domain/time'
import { tx } from '../../db/pool'
import type { Deps } from '../../deps'
import { noteForCases } from './changes'
import { licenceById } from './repository'
import { tellOf } from './telling'

/** Days before its end on which a licence is remembered (processes.md §5). */
const marks = [7, 30, 60]

/**
 * Reminds of licences that end within sixty, thirty and seven days, once each, and says of those that ended that they did: to who may see
 * them, and to the running cases that rely on them. A day that was missed is made up for. One that fails is logged and tried again in the
 * next round; it holds up no other.
 */
export async function remindOfExpiry(deps: Deps): Promise<void> {
  const today = dayOf(deps.now())
  const { rows } = await deps.pool.query<{ id: string }>(
    "select id from licence where status = 'valid' and expiry_told_at is null and valid_to <= $1 order by valid_to, id",
    [addDays(today, Math.max(...marks))]
  )
  for (const { id } of rows) {
    try {
      await remindOf(deps, id, today)
    } catch (error) {
      deps.log.error({ licenceId: id, error: error instanceof Error ? error.message : String(error) }, '到期提醒没发成，下一轮再试')
    }
  }
}

async function remindOf(deps: Deps, id: string, today: IsoDay): Promise<void> {
  await tx(deps.pool, async (client) => {
    // Another server, or news from the library, may have been faster.
    const { rowCount } = await client.query(
      "select 1 from licence where id = $1 and status = 'valid' and expiry_told_at is null for update",
      [id]
    )
    const licence = rowCount ? await licenceById(client, deps.vault, id) : null
    if (!licence?.validTo) return
    const { subjectId, type, identifier, validTo } = licence
    const left = daysBetween(today, validTo)
    if (left < 0) {
      await client.query('update licence set expiry_told_at = $2 where id = $1', [id, new Date(deps.now())])
      await tellOf(client, deps, subjectId, licence, {
        cause: `expired:${id}:${validTo}`,
        title: (name) => `${name}已到期`,
        body: `有效期到${dayText(validTo, today)}为止，现在不能再出示。请向发证机关申请换发。`
      })
      const cause = { at: instantOf(addDays(validTo, 1)), reason: '有效期已过' }
      if (identifier !== null) await noteForCases(client, deps, { type, identifier, status: 'expired', holderId: subjectId }, cause)
      return
    }
    const mark = marks.find((days) => left <= days)
    await tellOf(client, deps, subjectId, licence, {
      cause: `expiring:${id}:${validTo}:${mark}`,
      title: (name) => `${name}还有 ${left} 天到期`,
      body: `有效期到${dayText(validTo, today)}为止，请早些申请换发。`
    })
  })
}
