import { createHash, randomBytes, sign } from 'node:crypto'
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc'
import { givesIssuer } from '../../../domain/licence/issuer'
import type { LicenceType, Predicate } from '../../../domain/licence/types'
import { addDays, instantOf } from '../../../domain/time'
import type { Deps } from '../../deps'
import type { HeldLicence } from '../licence/service'
import type { StatusReference } from './status-list'

/** For how long a credential may be relied on, its status asked for: as long as what a device keeps of a licence. */
const credentialMs = 24 * 3_600_000

/** The claim that says who issued the licence; who issued the credential is `iss`. */
export const issuingAuthority = 'issuing_authority'

/** What goes into the credential of one presentation. */
export interface CredentialInput {
  licence: HeldLicence
  type: Pick<LicenceType, 'issuerField'>
  /** All fields of the face that could be shown, by name. */
  face: Record<string, string>
  /** Names of those that are. */
  shown: string[]
  /** All predicates that have an answer. */
  answers: { predicate: Predicate; yes: boolean }[]
  /** Keys of those that are shown. */
  shownPredicates: string[]
  purpose: string
  status: StatusReference
}

/** The type of a licence's credential, and where its metadata is. */
export const credentialType = (deps: Pick<Deps, 'config'>, type: string): string =>
  `${deps.config.publicOrigin}/api/v1/licences/credential-types/${type}`

/** When the credential of a licence presented now ends: in 24 hours, or with the licence's last day. */
export function credentialEnd({ validTo }: Pick<HeldLicence, 'validTo'>, now: number): number {
  return Math.min(now + credentialMs, validTo === null ? Infinity : instantOf(addDays(validTo, 1)))
}

/**
 * A presentation as SD-JWT VC (RFC 9901, draft-ietf-oauth-sd-jwt-vc: typ `dc+sd-jwt`), signed with Ed25519. Every field and every answer is
 * a disclosure of its own, and so is who issued it where the face says so; only what is shown is disclosed. It names no
 * subject and binds no holder's key: what it does not prove is in docs/adr/0013.
 */
export async function issueCredential(deps: Deps, input: CredentialInput): Promise<string> {
  const { licence, type, face, answers } = input
  const { licenceCredentials: key } = deps.keys
  const now = deps.now()
  const sdJwt = new SDJwtVcInstance({
    signer: (data) => sign(null, Buffer.from(data), key.privateKey).toString('base64url'),
    signAlg: 'EdDSA',
    hasher: (data, algorithm) => sha(algorithm, data),
    hashAlg: 'sha-256',
    saltGenerator: (length) => randomBytes(length).toString('base64url')
  })
  const ages = Object.fromEntries(answers.map(({ predicate, yes }) => [String(predicate.atLeast), yes]))
  const payload = {
    iss: deps.config.publicOrigin,
    iat: Math.floor(now / 1000),
    exp: Math.floor(credentialEnd(licence, now) / 1000),
    vct: credentialType(deps, licence.type),
    status: { status_list: input.status },
    [issuingAuthority]: licence.issuer,
    purpose: input.purpose,
    ...face,
    ...(answers.length > 0 && { age_equal_or_over: ages })
  }
  const hidden = [...Object.keys(face), ...(type.issuerField === undefined ? [] : [issuingAuthority])]
  const whole = await sdJwt.issue<Record<string, unknown> & typeof payload>(
    payload,
    { _sd: hidden, ...(answers.length > 0 && { age_equal_or_over: { _sd: Object.keys(ages) } }) } as never,
    { header: { kid: key.keyId } }
  )
  const shownAges = answers.filter(({ predicate }) => input.shownPredicates.includes(predicate.key))
  return sdJwt.present(whole, {
    ...disclosed(input.shown),
    ...(type.issuerField !== undefined && givesIssuer(type, input.shown) && disclosed([issuingAuthority])),
    ...(shownAges.length > 0 && { age_equal_or_over: disclosed(shownAges.map(({ predicate }) => String(predicate.atLeast))) })
  })
}

const disclosed = (names: string[]) => Object.fromEntries(names.map((name) => [name, true]))

const sha = (algorithm: string, data: string | ArrayBuffer): Uint8Array =>
  createHash(algorithm.replace('-', ''))
    .update(typeof data === 'string' ? data : new Uint8Array(data))
    .digest()
