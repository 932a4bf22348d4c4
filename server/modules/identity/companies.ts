import { tx } from '../../db/pool'
import type { Deps } from '../../deps'
import { GatewayUnavailable } from '../../gateways/ports'
import { withoutFlawed } from '../licence/flaws'
import { recordTrace } from '../trace/service'
import { endRelations, readSubject, recordSubject, relate } from './subjects'

const LICENCE = 'biz-licence'
const LEGAL_REPRESENTATIVE = '法定代表人'
const COMPANY_NAME = '名称'
const CREDIT_CODE = '统一社会信用代码'
/** A company that was founded here may take so long to be known at the library. */
const LIBRARY_LAG_MS = 86_400_000

/**
 * Lets a person act for the companies whose business licence names them as legal representative, and no longer for others. Best
 * effort: without the licence library the person signs in as well, and it is tried again next time. Only for those who agreed to the
 * notice.
 */
export async function refreshCompanies(deps: Deps, accountId: string, selfId: string): Promise<void> {
  const { pool, gateways, log } = deps
  const person = await readSubject(pool, deps, selfId)
  if (!person.idCode) return
  try {
    const reply = await gateways.licenceLibrary.query({ holderIdCode: person.idCode, types: [LICENCE], purpose: '核对名下企业' })
    const { licences } = withoutFlawed(log, reply)
    const own = licences.filter(
      ({ type, status, face }) => type === LICENCE && status === 'valid' && face[LEGAL_REPRESENTATIVE] === person.name
    )
    await tx(pool, async (client) => {
      const companyIds: string[] = []
      for (const { face, holderName, holderIdCode } of own) {
        const idCode = face[CREDIT_CODE] ?? holderIdCode
        if (!idCode) continue
        const companyId = await recordSubject(client, deps, { kind: 'legal_person', name: face[COMPANY_NAME] ?? holderName, idCode })
        await relate(client, deps, accountId, companyId, 'legalRepresentative')
        companyIds.push(companyId)
      }
      const before = deps.now() - LIBRARY_LAG_MS
      await endRelations(client, deps, { accountId, role: 'legalRepresentative', except: companyIds, before })
      await recordTrace(client, deps, {
        subjectId: selfId,
        actor: '掌上办',
        actorKind: 'system',
        action: 'fetch',
        purpose: '核对名下企业',
        fields: ['营业执照']
      })
    })
  } catch (error) {
    if (!(error instanceof GatewayUnavailable)) throw error
    log.warn({ system: error.system }, '登录时未能核对名下企业')
  }
}
