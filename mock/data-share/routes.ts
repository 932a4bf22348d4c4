import type { FastifyInstance } from 'fastify'
import type { ShareQuery, ShareReply } from '../../contract/gateways/licence-library'
import type { MockConfig } from '../config'
import { identities } from '../identities'
import { publicJwks } from '../keys'
import type { PrivateJwk } from '../keys'
import { beijingDay, demoCompany, fill, readPopulation } from '../population/read'
import { signReply } from '../signature'
import { signedByServer } from '../signed-route'
import type { ServerKeys } from '../signed-route'

type Records = Record<string, Record<string, Record<string, string>>>

/** 数据共享平台的替身：按系统、按人查记录；某个系统可以被切到不可用。 */
export class DataShare {
  private readonly records = readPopulation<Records>('records.yml')
  private readonly downSystems = new Set<string>()

  /** @param start 演示数据里的相对日期从这一天算起 */
  constructor(private readonly start: string, private readonly now: () => number) {}

  get systems(): string[] {
    return Object.keys(this.records)
  }

  isDown(system: string): boolean {
    return this.downSystems.has(system)
  }

  setDown(system: string, down: boolean): void {
    if (down) this.downSystems.add(system)
    else this.downSystems.delete(system)
  }

  query(system: string, holderIdCode: string): ShareReply {
    const today = beijingDay(this.now())
    const key = holderIdCode === demoCompany.idNumber ? 'company' : identities.find(({ idNumber }) => idNumber === holderIdCode)?.key
    const found = key === undefined ? undefined : this.records[system]?.[key]
    if (!found) return { found: false, data: {}, asOf: today }
    const data = Object.fromEntries(Object.entries(found).map(([name, value]) => [name, fill(value, this.start)]))
    return { found: true, data, asOf: today }
  }
}

export function dataShareRoutes(app: FastifyInstance, config: MockConfig, share: DataShare, key: PrivateJwk, keys: ServerKeys): void {
  app.get('/mock/data-share/jwks.json', async () => publicJwks(key))

  app.post<{ Body: Partial<ShareQuery> }>('/mock/data-share/query', async (request, reply) => {
    if (!await signedByServer(request, reply, keys.at(config.serverOrigin))) return reply
    const { system, holderIdCode, purpose } = request.body
    if (!system || !holderIdCode || !purpose) return reply.code(400).send({ error: 'bad_query' })
    if (share.isDown(system)) return reply.code(503).send({ error: 'system_down', detail: `${system}（演示）暂时不可用` })
    const body = JSON.stringify(share.query(system, holderIdCode))
    return reply.headers(await signReply(key, 200, body)).send(body)
  })
}
