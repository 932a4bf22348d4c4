import type { Verification } from '../../../contract/presentations'
import { givesIssuer } from '../../../domain/licence/issuer'
import type { LicenceStatus } from '../../../domain/licence/types'
import { timeText } from '../../../domain/time'
import type { Deps } from '../../deps'
import { readSubject } from '../identity/subjects'
import { licenceName } from '../licence/name'
import { type HeldLicence } from '../licence/service'
import { plainLook } from '../licence/card'
import { freshLicence } from './holder'

type Result = Verification['result']

const results: Record<LicenceStatus, Result> = {
  valid: 'valid',
  expiring: 'valid',
  expired: 'expired',
  suspended: 'suspended',
  changed: 'replaced',
  cancelled: 'cancelled',
  revoked: 'revoked',
  annulled: 'annulled'
}

const words: Record<Result, string> = {
  valid: '这本证照真实、有效；下面只有持证人选了给你看的内容。请当面核对人与证对得上。',
  expired: '这本证照是真的，但已经过了有效期，不能作数。',
  suspended: '这本证照是真的，但已被暂扣，眼下不能作数。',
  revoked: '这本证照已被吊销，不能作数。',
  annulled: '这本证照已被撤销，不能作数。',
  cancelled: '这本证照已经注销，不能作数。',
  replaced: '这本证照已换发新证，这一本不再作数，请对方亮出新的。',
  spent: '这个码已经核验过，或过了一分钟的有效时间，请对方重新亮出再核。',
  not_genuine: '没有核到。可能输错了，可能早已失效，也可能不是我们这里发的；请对方当面重新亮出，不要凭截图相信。'
}

/** The answer when there is nothing to say about any licence. */
export function nothingFound(deps: Deps, result: 'spent' | 'not_genuine', say: string = words[result]): Verification {
  return { result, say, verifiedAt: new Date(deps.now()).toISOString(), licence: null, sdJwt: null }
}

interface Presented {
  licence: Pick<HeldLicence, 'id' | 'subjectId' | 'type'>
  shown: NonNullable<Verification['licence']>['shown']
  purpose: string
  presentedAt: number
  sdJwt: string | null
}

/**
 * Judges what was presented by the licence's status of this moment: as the library told it within ten minutes, or as it was last known,
 * saying so. Content is given of a valid licence only: of one that is not, that it is not is all there is to know. Who issued it is content
 * where its face says so.
 */
export async function judge(deps: Deps, presented: Presented): Promise<Verification> {
  const { licence, reachable, knownAt } = await freshLicence(deps, presented.licence, `核验${licenceName(deps, presented.licence.type)}`)
  if (!licence) return nothingFound(deps, 'not_genuine')
  const deceased = (await readSubject(deps.pool, deps, licence.subjectId)).deceased
  const result = deceased ? 'cancelled' : results[licence.status]
  const isValid = result === 'valid'
  const kind = deps.catalogue.current().catalogue.licenceTypes[licence.type]
  const shown = isValid ? presented.shown : []
  const isIssuerGiven = kind !== undefined && givesIssuer(kind, shown.map(({ name }) => name))
  const asOf = knownAt === null ? '' : timeText(knownAt, deps.now())
  return {
    result,
    say: reachable ? words[result] : `${words[result]}证照库暂时连不上，状态是${asOf ? ` ${asOf} ` : '上次'}查到的。`,
    verifiedAt: new Date(deps.now()).toISOString(),
    licence: {
      type: licence.type,
      name: licenceName(deps, licence.type),
      issuer: isIssuerGiven ? licence.issuer : null,
      look: kind?.look ?? plainLook,
      shown,
      purpose: presented.purpose,
      presentedAt: new Date(presented.presentedAt).toISOString()
    },
    sdJwt: isValid ? presented.sdJwt : null
  }
}
