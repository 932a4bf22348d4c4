import { generateKeyPairSync, sign } from 'node:crypto'
import type { CertifyDevice, DeviceCertificate } from '../../contract/codes'
import { codeMessage, encodeOffline, proofMessage, type OfflineCode } from '../../domain/code/format'
import { api } from './journey'
import type { Browser } from './sign-in'
import type { World } from './world'

const issuer = '320281'

/** A device with a key of its own, as the app is one: it asks to be certified and makes offline codes. */
export interface Device {
  publicKey: string
  /** What it sends to be certified. @param at epoch ms, its clock */
  request(at: number): CertifyDevice
  /** An offline code. @param at epoch ms, its clock */
  code(certificate: DeviceCertificate, at: number): string
}

export function newDevice(): Device {
  const { privateKey, publicKey: open } = generateKeyPairSync('ed25519')
  const publicKey = open.export({ format: 'jwk' }).x ?? ''
  const signed = (message: Uint8Array) => new Uint8Array(sign(null, message, privateKey))
  return {
    publicKey,
    request(at) {
      const signedAt = Math.floor(at / 1000)
      return { publicKey, signedAt, proof: Buffer.from(signed(proofMessage(issuer, bytes(publicKey), signedAt))).toString('base64url') }
    },
    code(certificate, at) {
      const unsigned = unsignedCode(certificate, publicKey, at)
      return encodeOffline({ ...unsigned, signature: signed(codeMessage(unsigned)) })
    }
  }
}

function unsignedCode(from: DeviceCertificate, publicKey: string, at: number): Omit<OfflineCode, 'form' | 'signature'> {
  const { id, signature, issuer: where, issuerKey, holder, minutes, name, idLastFour } = from
  return {
    issuer: where,
    certificate: { issuerKey, id: bytes(id), holder, from: from.from, minutes, deviceKey: bytes(publicKey), name, idLastFour },
    certificateSignature: bytes(signature),
    time: Math.floor(at / 1000)
  }
}

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64url'))

/** The device certified for whom the browser acts for. */
export async function certify(world: World, device: Device, by: Browser): Promise<DeviceCertificate> {
  return api<DeviceCertificate>(by, 'POST', '/codes/certificates', device.request(world.deps.now()), 201)
}
