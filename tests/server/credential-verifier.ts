import { createHash } from 'node:crypto'
import { inflateSync } from 'node:zlib'
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet, type JWTPayload } from 'jose'

/**
 * 独立的核验方：照规范原文写，不用签发方所用的库，也不看服务端的代码。
 * RFC 9901 §7.1、§7.3（披露与摘要）；draft-ietf-oauth-sd-jwt-vc（typ、vct、签发方元数据）；draft-ietf-oauth-status-list（状态列表）。
 */
export interface Trust {
  /** 认哪一个签发方、哪一类凭证。 */
  issuer: string
  vct: string
  /** 取一个公开的地址。 */
  fetch: (url: string) => Promise<{ type: string; body: string }>
  now: Date
}

export class CredentialRefused extends Error {
  override name = 'CredentialRefused'
}

type Claims = Record<string, unknown>
const refuse = (reason: string): never => {
  throw new CredentialRefused(reason)
}

/** 核一份 SD-JWT VC，给出披露了的全部声明；有一处不对就拒绝，说明是哪一处。 */
export async function verifyCredential(text: string, trust: Trust): Promise<Claims> {
  const parts = text.split('~')
  if (parts.length < 2 || parts.at(-1) !== '') refuse('不是以 ~ 结尾的 SD-JWT：带了持有人绑定，我们没有要')
  const [jwt = '', ...disclosures] = parts.slice(0, -1)
  const keys = await issuerKeys(trust)
  const payload = await signedPayload(jwt, keys, trust, 'dc+sd-jwt')
  if (payload._sd_alg !== 'sha-256') refuse('摘要算法不是 sha-256')
  const claims = disclose(payload, disclosures)
  if (claims.vct !== trust.vct) refuse('不是这一类凭证')
  if (typeof claims.exp !== 'number' || typeof claims.iat !== 'number') refuse('没有起止时刻')
  await checkStatus(claims, keys, trust)
  return claims
}

type KeySet = ReturnType<typeof createLocalJWKSet>

async function issuerKeys({ issuer, fetch }: Trust): Promise<KeySet> {
  const address = new URL(issuer)
  address.pathname = `/.well-known/jwt-vc-issuer${address.pathname === '/' ? '' : address.pathname}`
  const metadata = JSON.parse((await fetch(address.href)).body) as { issuer: string; jwks: JSONWebKeySet }
  if (metadata.issuer !== issuer) refuse('签发方元数据写的是别的签发方')
  return createLocalJWKSet(metadata.jwks)
}

async function signedPayload(jwt: string, keys: KeySet, { issuer, now }: Trust, typ: string): Promise<JWTPayload> {
  try {
    const options = { algorithms: ['EdDSA', 'Ed25519'], typ, issuer, currentDate: now, requiredClaims: ['iat'] }
    const { payload, protectedHeader } = await jwtVerify(jwt, keys, options)
    // jose 把 application/ 前缀也当成同一个 typ；规范要的是原样。
    return protectedHeader.typ === typ ? payload : refuse('typ 不对')
  } catch (error) {
    if (error instanceof CredentialRefused) throw error
    return refuse(`签名的部分不成立：${(error as Error).message}`)
  }
}

/** §7.1 第 3、4 步：逐个摘要换成披露；每个摘要只许出现一次，每个披露都要用上。 */
function disclose(payload: Claims, disclosures: string[]): Claims {
  const byDigest = new Map(
    disclosures.map((disclosure) => [createHash('sha256').update(disclosure, 'ascii').digest('base64url'), disclosure] as const)
  )
  if (byDigest.size !== disclosures.length) refuse('同一个披露给了两次')
  const seen = new Set<string>()
  const used = new Set<string>()

  const expand = (value: unknown): unknown => {
    if (Array.isArray(value)) {
      return value.map((item: unknown) =>
        typeof item === 'object' && item !== null && '...' in item ? refuse('这一类凭证没有数组里的披露') : expand(item)
      )
    }
    if (typeof value !== 'object' || value === null) return value
    const { _sd: digests = [], ...plain } = value as Claims & { _sd?: unknown }
    if (!Array.isArray(digests)) return refuse('_sd 不是列表')
    const open: Claims = Object.fromEntries(Object.entries(plain).map(([name, each]) => [name, expand(each)]))
    for (const digest of digests as unknown[]) {
      if (typeof digest !== 'string' || seen.has(digest)) return refuse('摘要重复')
      seen.add(digest)
      const disclosure = byDigest.get(digest)
      if (disclosure === undefined) continue
      used.add(digest)
      const [name, content] = readDisclosure(disclosure)
      if (name in open) refuse('披露的名字与已有的相撞')
      open[name] = expand(content)
    }
    return open
  }

  const open = expand(payload) as Claims
  if (used.size !== byDigest.size) refuse('有披露不在签名的摘要里')
  for (const name of ['iss', 'nbf', 'exp', 'cnf', 'vct', 'status']) {
    if (name in open && !(name in payload)) refuse(`${name} 不许选择性披露`)
  }
  return open
}

function readDisclosure(disclosure: string): [name: string, content: unknown] {
  const parsed: unknown = JSON.parse(Buffer.from(disclosure, 'base64url').toString('utf8'))
  if (!Array.isArray(parsed) || parsed.length !== 3) return refuse('披露不是三段')
  const [salt, name, content] = parsed as unknown[]
  if (typeof salt !== 'string' || salt.length < 22 || typeof name !== 'string' || name === '_sd' || name === '...')
    return refuse('披露的写法不对')
  return [name, content]
}

async function checkStatus(claims: Claims, keys: KeySet, trust: Trust): Promise<void> {
  const { idx, uri } = (claims.status as { status_list?: { idx?: number; uri?: string } } | undefined)?.status_list ?? {}
  if (typeof idx !== 'number' || typeof uri !== 'string') return refuse('没有状态')
  const { type, body } = await trust.fetch(uri)
  if (type !== 'application/statuslist+jwt') refuse('状态列表的类型不对')
  const list = (await signedPayload(body, keys, trust, 'statuslist+jwt')) as JWTPayload & { status_list: { bits: number; lst: string } }
  if (list.sub !== uri) refuse('是别的状态列表')
  const { bits, lst } = list.status_list
  const packed = inflateSync(Buffer.from(lst, 'base64url'))
  const perByte = 8 / bits
  const byte = packed[Math.floor(idx / perByte)] ?? refuse('状态列表里没有这一格')
  const value = (byte >> ((idx % perByte) * bits)) & ((1 << bits) - 1)
  if (value !== 0) refuse(value === 1 ? '已失效' : value === 2 ? '已暂扣' : `状态 ${value}`)
}
