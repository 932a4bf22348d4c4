import { Type } from 'typebox'
import type { Deps } from '../../deps'
import { Refusal } from '../../errors'
import type { App } from '../../http/server'
import { withheldCount } from '../licence/flaws'
import { outboxCounts } from '../outbox/service'

const Outbox = Type.Object({ waiting: Type.Integer(), refused: Type.Integer() }, { additionalProperties: false })
const Licences = Type.Object({ withheld: Type.Integer() }, { additionalProperties: false })
const Ready = Type.Object({ status: Type.Literal('ok'), outbox: Outbox, licences: Licences }, { additionalProperties: false })
const Alive = Type.Object({ status: Type.Literal('ok') }, { additionalProperties: false })

/** Answers whether a part works; a throw counts as no. */
export type Check = () => Promise<boolean> | boolean

/**
 * `GET /healthz`: the process lives. `GET /readyz`: it can serve; else not_ready, naming the parts that can't. It
 * also tells what needs an operator but is no reason not to serve: how much of the outbox was refused by its receiver, and how often the
 * licence library gave what could not be taken.
 *
 * @param checks what must work besides the database and the catalogue
 */
export function registerHealth(app: App, { pool, catalogue }: Deps, checks: Record<string, Check>): void {
  const all: Record<string, Check> = {
    database: async () => (await pool.query('select 1')).rowCount === 1,
    catalogue: () => Object.keys(catalogue.current().catalogue.bundles).length > 0,
    ...checks
  }
  const tags = ['health']

  app.get('/healthz', { config: { access: 'public' }, schema: { tags, summary: '进程在运行', response: { 200: Alive } } }, async () => ({
    status: 'ok' as const
  }))

  app.get(
    '/readyz',
    { config: { access: 'public', problems: ['not_ready'] }, schema: { tags, summary: '可以接受请求', response: { 200: Ready } } },
    async () => {
      const results = await Promise.all(Object.entries(all).map(async ([name, check]) => ((await works(check)) ? [] : [name])))
      const failing = results.flat()
      if (failing.length > 0) throw new Refusal('not_ready', { detail: `未就绪：${failing.join('、')}` })
      return { status: 'ok' as const, outbox: await outboxCounts(pool), licences: { withheld: await withheldCount(pool) } }
    }
  )
}

async function works(check: Check): Promise<boolean> {
  try {
    return await check()
  } catch {
    return false
  }
}
