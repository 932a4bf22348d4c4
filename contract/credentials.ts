import { Type, type Static } from 'typebox'
import { Slug } from './wire'

/**
 * 亮出的证照的机器可核写法：SD-JWT VC（RFC 9901；draft-ietf-oauth-sd-jwt-vc）与状态列表（draft-ietf-oauth-status-list）。
 * 字段名由这些规范定，不随我们的命名。
 */
const PublicKey = Type.Object({
  kty: Type.Literal('OKP'),
  crv: Type.Literal('Ed25519'),
  x: Type.String(),
  kid: Type.String(),
  use: Type.Literal('sig'),
  alg: Type.Literal('EdDSA')
})

/** GET /.well-known/jwt-vc-issuer：签发方与它的公钥。 */
export const CredentialIssuer = Type.Object({ issuer: Type.String(), jwks: Type.Object({ keys: Type.Array(PublicKey) }) })
export type CredentialIssuer = Static<typeof CredentialIssuer>

/** GET /licences/credential-types/{type}：vct 指向这里，说这一类凭证有哪几项、怎么称呼。 */
export const CredentialType = Type.Object({
  vct: Type.String(),
  name: Type.String(),
  description: Type.String(),
  display: Type.Array(Type.Object({ locale: Type.String(), name: Type.String(), description: Type.String() })),
  claims: Type.Array(
    Type.Object({
      path: Type.Array(Type.String(), { minItems: 1 }),
      display: Type.Array(Type.Object({ locale: Type.String(), label: Type.String() })),
      sd: Type.Enum(['always', 'never'])
    })
  )
})
export type CredentialType = Static<typeof CredentialType>
export const CredentialTypeParams = Type.Object({ type: Slug }, { additionalProperties: false })
export const StatusListParams = Type.Object({ list: Type.Integer({ minimum: 0, maximum: 1_000_000 }) }, { additionalProperties: false })
