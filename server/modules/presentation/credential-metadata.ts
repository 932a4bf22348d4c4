import type { CredentialIssuer, CredentialType } from '../../../contract/credentials'
import type { Deps } from '../../deps'
import { Refusal } from '../../errors'
import { credentialType, issuingAuthority } from './credential'

/** The issuer and its public keys (draft-ietf-oauth-sd-jwt-vc, JWT VC Issuer Metadata). */
export function credentialIssuer({ config, keys: { licenceCredentials } }: Pick<Deps, 'config' | 'keys'>): CredentialIssuer {
  const { x = '' } = licenceCredentials.publicKey.export({ format: 'jwk' })
  return {
    issuer: config.publicOrigin,
    jwks: { keys: [{ kty: 'OKP', crv: 'Ed25519', x, kid: licenceCredentials.keyId, use: 'sig', alg: 'EdDSA' }] }
  }
}

/** What the credentials of a licence type say, and how it is called. Errors: not_found. */
export function credentialTypeMetadata(deps: Deps, typeId: string): CredentialType {
  const { licenceTypes } = deps.catalogue.current().catalogue
  const type = Object.hasOwn(licenceTypes, typeId) ? licenceTypes[typeId] : undefined
  if (!type) throw new Refusal('not_found', { detail: '没有这一类证照' })
  const { name, face, issuerField, predicates = [] } = type
  const description = `${name}的一次亮证：只含持证人选了给看的几项`
  return {
    vct: credentialType(deps, typeId),
    name,
    description,
    display: [{ locale: 'zh-CN', name, description }],
    claims: [
      claim([issuingAuthority], '签发机关（证照上的）', issuerField === undefined ? 'never' : 'always'),
      claim(['purpose'], '持证人写的用途', 'never'),
      ...face.map((field) => claim([field.name], field.name, 'always')),
      ...predicates.map(({ atLeast, label }) => claim(['age_equal_or_over', String(atLeast)], label, 'always'))
    ]
  }
}

const claim = (path: string[], label: string, sd: 'always' | 'never') => ({ path, display: [{ locale: 'zh-CN', label }], sd })
