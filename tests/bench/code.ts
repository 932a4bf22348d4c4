import assert from 'node:assert/strict'
import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto'
import Fastify from 'fastify'
import type { DeviceCertificate, IssuedCode } from '../../contract/codes'
import { certificateMessage, codeMessage, decodeCode } from '../../domain/code/format'
import { readOffline } from '../../domain/code/offline'
import { demoIdNumber } from '../../mock/numbers'
import { signRequest } from '../../server/gateways/signature'
import { SignedChannel } from '../../server/gateways/signed-channel'
import { issuerKeys, verifyEd25519 } from '../../server/modules/code/certificates'
import { openHttpBrowser } from '../server/crash/http-browser'
import { certify, newDevice, type Device } from '../server/device'
import { api } from '../server/journey'
import { signIn, type Browser } from '../server/sign-in'
import { mother, startWorld, type World } from '../server/world'
import { printRates, type Rated } from './table'

const CONNECTIONS = 50
/** For each of as many people: the limit of codes holds for benches too. */
const CODES = 20
const VERIFIED = 3000
const ROUNDS = 5

/**
 * Codes issued and read over HTTP at 50 connections, by a reader whose every request is signed; offline codes reported, and verified as a
 * function; beside bare Ed25519 verification (node:crypto) in the same run. The clock stands still: no code runs out.
 */
export async function benchCode(): Promise<void> {
  const world = await startWorld()
  try {
    const origin = await world.app.listen({ port: 0, host: '127.0.0.1' })
    const people = await signInMany(world, origin)
    const reader = await openReader(world, origin)
    const offlineCodes = await offlineCodesOf(world, people)
    const [bare, asFunction] = verifying(world, offlineCodes[0] ?? assert.fail())
    const codes: string[] = []
    const issued = await atOnce('发码：POST /codes', people, CODES, async (person) => {
      codes.push((await api<IssuedCode>(person, 'POST', '/codes', undefined, 201)).text)
    })
    const read = await atOnce('读在线码：POST /codes/readings', await Promise.all(codes.map((code) => reader.reading(code))), 1, reader.send)
    const reported = await atOnce('补报离线码：POST /codes/readings/offline', await Promise.all(offlineCodes.map(reader.report)), 1, reader.send)
    printRates([bare, asFunction, issued, read, reported], bare)
  } finally {
    await world.close()
  }
}

async function signInMany(world: World, origin: string): Promise<Browser[]> {
  const people: Browser[] = []
  for (let serial = 0; serial < CONNECTIONS; serial += 1) {
    const { browser: inside } = await signIn(world, { ...mother, idNumber: demoIdNumber('1990-01-01', serial + 1) })
    const browser = openHttpBrowser(origin)
    browser.accessToken = inside.accessToken
    browser.cookies = inside.cookies
    people.push(browser)
  }
  return people
}

interface Request {
  url: string
  payload: string
  headers: Record<string, string>
}

/** A reader with a key of its own, which the server fetches and holds its signatures against. */
async function openReader({ deps }: World, origin: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const keyId = 'bench-reader'
  const platform = Fastify({ logger: false, forceCloseConnections: true })
  platform.get('/jwks.json', async () => ({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: keyId, reader: 'hall-desk' }] }))
  const url = await platform.listen({ port: 0, host: '127.0.0.1' })
  platform.server.unref()
  const channel = new SignedChannel({ system: '核码端接入平台', url, key: deps.keys.departmentRequests, now: deps.now, log: deps.log })
  deps.gateways.readers.verify = (message) => channel.verifyOwner(message, 'reader')
  const browser = openHttpBrowser(origin)
  const signed = async (path: string, message: object): Promise<Request> => {
    const payload = JSON.stringify(message)
    const headers = await signRequest({ keyId, privateKey, publicKey }, 'POST', `${origin}/api/v1${path}`, payload, deps.now())
    return { url: `/api/v1${path}`, payload, headers }
  }
  return {
    reading: (code: string) => signed('/codes/readings', { code, scene: 'queue' }),
    report: (code: string) =>
      signed('/codes/readings/offline', { readings: [{ code, scene: 'queue', at: new Date(deps.now()).toISOString() }] }),
    async send(request: Request): Promise<void> {
      const reply = await browser.send({ method: 'POST', ...request })
      assert.equal(reply.statusCode, 200, reply.body)
      const { results } = reply.json<{ results?: { outcome: string }[] }>()
      assert.ok(results?.every(({ outcome }) => outcome === 'recorded') ?? true, reply.body)
    }
  }
}

/** Codes of a device of each, all of which may be read now; those of one device lie apart. */
async function offlineCodesOf(world: World, people: Browser[]): Promise<string[]> {
  const certified: { device: Device; certificate: DeviceCertificate }[] = []
  for (const person of people) {
    const device = newDevice()
    certified.push({ device, certificate: await certify(world, device, person) })
  }
  return Array.from({ length: CODES }, (_, seconds) =>
    certified.map(({ device, certificate }) => device.code(certificate, world.deps.now() + seconds * 1000))
  ).flat()
}

/** One code verified again and again, taking turns: its two signatures alone, and all that an offline reader does. */
function verifying(world: World, text: string): [bare: Rated, asFunction: Rated] {
  const decoded = decodeCode(text)
  assert.ok(decoded.ok && decoded.code.form === 'offline')
  const { code } = decoded
  const known = issuerKeys(world.deps)
  const reader = { issuers: { [code.issuer]: known }, now: code.time, verify: verifyEd25519 }
  const keyOf = (raw: Uint8Array = new Uint8Array()) =>
    createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(raw).toString('base64url') }, format: 'jwk' })
  const signatures = [
    {
      message: certificateMessage(code.issuer, code.certificate),
      key: keyOf(known[code.certificate.issuerKey]),
      signature: code.certificateSignature
    },
    { message: codeMessage(code), key: keyOf(code.certificate.deviceKey), signature: code.signature }
  ]
  const bare: Rated = { what: '裸 Ed25519：一个码的两个签名', each: [], milliseconds: 0 }
  const asFunction: Rated = { what: '验离线码：readOffline', each: [], milliseconds: 0 }
  for (let round = 0; round <= ROUNDS; round += 1) {
    const sides = [
      repeated(() => signatures.every(({ message, key, signature }) => verify(null, message, key, signature))),
      repeated(() => readOffline(text, reader).ok)
    ]
    // The first round is to warm up.
    if (round === 0) continue
    for (const [side, each] of [[bare, sides[0]], [asFunction, sides[1]]] as const) {
      side.each.push(...(each ?? []))
      side.milliseconds += (each ?? []).reduce((sum, one) => sum + one, 0)
    }
  }
  return [bare, asFunction]
}

function repeated(work: () => boolean): number[] {
  return Array.from({ length: VERIFIED }, () => {
    const started = performance.now()
    assert.ok(work())
    return performance.now() - started
  })
}

/** Does the work `times` times for each, at most 50 at once. */
async function atOnce<T>(what: string, each: T[], times: number, work: (one: T) => Promise<void>): Promise<Rated> {
  const queue = Array.from({ length: times }, () => each).flat()
  const taken: number[] = []
  const started = performance.now()
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
        const begun = performance.now()
        await work(next)
        taken.push(performance.now() - begun)
      }
    })
  )
  return { what, each: taken, milliseconds: performance.now() - started }
}
