import type { LibraryLicence } from '../../../contract/gateways/licence-library'
import { licenceIdentifierFlaw } from '../../../domain/identifier/licence-identifier'
import type { Deps } from '../../deps'

/**
 * What of the library's reply may be taken: a licence whose identifier does not hold is left out and said in the log (the type and the
 * reason, nothing of the person). `flaws` has the reason by licence type.
 */
export function withoutFlawed(log: Deps['log'], reply: LibraryLicence[]): { licences: LibraryLicence[]; flaws: Map<string, string> } {
  const flaws = new Map<string, string>()
  const licences = reply.filter(({ type, identifier, version }) => {
    const flaw = licenceIdentifierFlaw(identifier, version)
    if (flaw !== null) {
      flaws.set(type, flaw)
      log.warn({ type, flaw }, '证照库给的证照标识不合规，没有收下')
    }
    return flaw === null
  })
  return { licences, flaws }
}
