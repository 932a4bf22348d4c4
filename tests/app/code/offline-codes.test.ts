import { createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import { certificateMessage, proofMessage } from '../../../domain/code/format'
import { readOffline } from '../../../domain/code/offline'
import * as api from '../../../src/api/codes'
import type { DeviceCertificate } from '../../../src/api/codes'
import { forgetPersonal } from '../../../src/api/kept'
import { storedKeys } from '../../../src/platform/storage'
import { certifyIfDue, clockSkew, makeOfflineCode } from '../../../src/pages/code/offline-codes'

jest.mock('../../../src/api/codes')

const issuerPair = generateKeyPairSync('ed25519')
const issuerKey = new Uint8Array(Buffer.from(String(issuerPair.publicKey.export({ format: 'jwk' }).x), 'base64url'))
const verifyWithNode = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => {
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url') }, format: 'jwk' })
  return verify(null, message, key, signature)
}
const start = Date.parse('2026-11-22T02:00:00.000Z')
/** 服务端比手机快 40 秒。 */
const ahead = 40_000

/** 服务端：核对证明，再签证书；用 Node 自己的 Ed25519，与手机上的库无关。 */
function certifier(minutes = 1440) {
  return jest.mocked(api.certifyDevice).mockImplementation(async ({ publicKey, signedAt, proof }) => {
    const device = new Uint8Array(Buffer.from(publicKey, 'base64url'))
    expect(verifyWithNode(device, proofMessage('320281', device, signedAt), Buffer.from(proof, 'base64url'))).toBe(true)
    const now = start + ahead
    const id = new Uint8Array(16).fill(9)
    const certificate = {
      issuerKey: 1, id, holder: 'person' as const, from: now / 1000 - 60, minutes, deviceKey: device, name: '林*', idLastFour: '0029'
    }
    const signature = sign(null, certificateMessage('320281', certificate), issuerPair.privateKey).toString('base64url')
    const { deviceKey: _key, ...wire } = certificate
    return {
      ...wire, issuer: '320281', id: Buffer.from(id).toString('base64url'), signature, serverTime: new Date(now).toISOString()
    } satisfies DeviceCertificate
  })
}
const ends = (now: number, still = true) => ({ now: () => now, stillFor: () => still })
const reader = (now: number) => ({ issuers: { '320281': { 1: issuerKey } }, now, verify: verifyWithNode })

test('手机自己出的离线码，独立的读码器验得过；时刻按服务端的钟', async () => {
  certifier()
  expect(await certifyIfDue('self', '320281', ends(start))).toBe(true)
  expect(clockSkew()).toBe(ahead)
  const made = await makeOfflineCode('self', start + 5_000)
  expect(made).toMatchObject({ ok: true, shownName: '林*', certifiedUntil: start - 60_000 + 1440 * 60_000 })
  const read = readOffline(made.ok ? made.text : '', reader(Math.floor((start + ahead + 5_000) / 1000)))
  expect(read).toMatchObject({ ok: true, code: { time: (start + ahead + 5_000) / 1000, certificate: { name: '林*', idLastFour: '0029' } } })
})

test('证书还有一半以上不换；过半了换一把新钥匙', async () => {
  const certify = certifier()
  await certifyIfDue('self', '320281', ends(start))
  expect(await certifyIfDue('self', '320281', ends(start + 11 * 3_600_000))).toBe(false)
  expect(await certifyIfDue('self', '320281', ends(start + 12 * 3_600_000))).toBe(true)
  const keys = certify.mock.calls.map(([{ publicKey }]) => publicKey)
  expect(new Set(keys).size).toBe(2)
})

test('没有证书、到期了、手机的钟在证书之前：各说各的', async () => {
  certifier(60)
  expect(await makeOfflineCode('self', start)).toEqual({ ok: false, lack: 'none' })
  await certifyIfDue('self', '320281', ends(start))
  expect(await makeOfflineCode('self', start + 59 * 60_000)).toEqual({ ok: false, lack: 'expired', at: start + 59 * 60_000 })
  expect(await makeOfflineCode('self', start - 120_000)).toEqual({ ok: false, lack: 'clock' })
  expect(await makeOfflineCode('child', start)).toEqual({ ok: false, lack: 'none' })
})

test('途中换了人：不替别人要，要到了也不留；退出登录，钥匙和证书都清掉', async () => {
  const certify = certifier()
  expect(await certifyIfDue('self', '320281', ends(start, false))).toBe(false)
  expect(certify).not.toHaveBeenCalled()
  await certifyIfDue('self', '320281', ends(start))
  expect(storedKeys('kept.code/')).toEqual(['kept.code/self'])
  forgetPersonal()
  expect(storedKeys('kept.code/')).toEqual([])
})
