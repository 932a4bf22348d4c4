import { Type } from 'typebox'
import type { Deps } from '../deps'
import type { App } from './server'

const Jwks = Type.Object({
  keys: Type.Array(
    Type.Object({
      kty: Type.Literal('OKP'),
      crv: Type.Literal('Ed25519'),
      x: Type.String(),
      kid: Type.String(),
      use: Type.Literal('sig'),
      alg: Type.Literal('EdDSA')
    })
  )
})

/** `GET /.well-known/jwks.json`: the public keys by which our requests to departments and people's receipts are verified (RFC 7517). */
export function registerPlatformKeys(app: App, { keys }: Deps): void {
  const published = [keys.departmentRequests, keys.platformSigning].map(({ keyId, publicKey }) => ({
    kty: 'OKP' as const,
    crv: 'Ed25519' as const,
    x: publicKey.export({ format: 'jwk' }).x ?? '',
    kid: keyId,
    use: 'sig' as const,
    alg: 'EdDSA' as const
  }))
  app.get(
    '/.well-known/jwks.json',
    {
      config: { access: 'public' },
      schema: { tags: ['receipt'], summary: '平台的公钥（核验回执与平台发出的请求）', response: { 200: Jwks } }
    },
    async (_request, reply) => {
      reply.header('Cache-Control', 'public, max-age=300')
      return { keys: published }
    }
  )
}
