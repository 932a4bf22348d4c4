import type { LibraryLicence } from '../../../contract/gateways/licence-library'
import { licenceIdentifierFlaw } from '../../../domain/identifier/licence-identifier'
import type { Queryable } from '../../db/pool'
import type { Deps } from '../../deps'

/**
 * What of the library's reply may be taken: a licence whose identifier does not hold is left out, and the operator alarmed. `flaws` has the
 * reason by licence type.
 */
export function withoutFlawed(log: Deps['log'], reply: LibraryLicence[]): { licences: LibraryLicence[]; flaws: Map<string, string> } {
  const flaws = new Map<string, string>()
  const licences = reply.filter(({ type, identifier, version }) => {
    const flaw = licenceIdentifierFlaw(identifier, version)
    if (flaw !== null) {
      flaws.set(type, flaw)
      warnWithheld(log, type, flaw)
    }
    return flaw === null
  })
  return { licences, flaws }
}

/**
 * Alarms the operator at once of a licence that the library gave and that was not taken: issued, but not usable here (processes.md §5: a
 * failure of collection is alarmed within the hour). Says its type and the reason, nothing of the person.
 */
export function warnWithheld(log: Deps['log'], type: string, flaw: string): void {
  log.error({ alert: 'licence_withheld', type, flaw }, '证照库给的证照标识不合规，没有收下，等人处理')
}

/** Of how many holders' kinds of licences the library, when last asked, gave something that was not taken. */
export async function withheldCount(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ count: number }>('select count(*)::int as count from source_fetch where flaw is not null')
  return rows[0]?.count ?? 0
}
