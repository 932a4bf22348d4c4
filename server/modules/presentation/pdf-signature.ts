import { createHash, createPublicKey, verify } from 'node:crypto'
import { plainAddPlaceholder } from '@signpdf/placeholder-plain'
import { P12Signer } from '@signpdf/signer-p12'
import { SignPdf } from '@signpdf/signpdf'
import forge from 'node-forge'
import type { PdfCertificate } from '../../vault/pdf-certificate'

/** Bytes left for the signature. Files written with another number are ours too: raise it, never lower it. */
const signatureBytes = 4096
/** What lies between the two signed ranges: those bytes in hex, in angle brackets. */
const longestPlace = 2 * signatureBytes + 2

/** Signs a PDF over all its bytes: PKCS #7 detached, RSA with SHA-256 (ISO 32000-1 §12.8, adbe.pkcs7.detached). */
export async function signPdf({ p12, passphrase }: PdfCertificate, pdf: Buffer, at: Date): Promise<Buffer> {
  const withPlace = plainAddPlaceholder({
    pdfBuffer: pdf,
    reason: '电子证照出具',
    contactInfo: '',
    name: '掌上办',
    location: '',
    signingTime: at,
    signatureLength: signatureBytes
  })
  return new SignPdf().sign(withPlace, new P12Signer(p12, { passphrase }), at)
}

/** What is wrong with a signed file: not a PDF, no signature, bytes added after it, a signature that can't be ours, or bytes changed. */
export type PdfFlaw = 'not_pdf' | 'unsigned' | 'appended' | 'foreign' | 'changed'

/**
 * Whether the one signature of a PDF holds and covers every byte of the file but itself. Answers the fingerprint (SHA-256) of the
 * certificate under which it holds; whose that is, the caller must judge. A signature longer than any of ours is not even read: taking
 * megabytes of DER apart holds the server.
 */
export function checkPdfSignature(pdf: Buffer): { certificate: Buffer } | { flaw: PdfFlaw } {
  if (!pdf.subarray(0, 1024).includes('%PDF-')) return { flaw: 'not_pdf' }
  const ranges = [...pdf.toString('latin1').matchAll(/\/ByteRange\s*\[\s*(\d{1,9})\s+(\d{1,9})\s+(\d{1,9})\s+(\d{1,9})\s*\]/g)]
  const [, ...numbers] = ranges[0] ?? []
  if (numbers.length !== 4) return { flaw: 'unsigned' }
  const [start = 0, head = 0, tail = 0, rest = 0] = numbers.map(Number)
  // A second signature is an update appended to ours; what it signs is not what we gave out.
  if (ranges.length > 1 || tail + rest < pdf.length) return { flaw: 'appended' }
  if (tail - head > longestPlace) return { flaw: 'foreign' }
  const place = pdf.subarray(head, tail).toString('latin1')
  if (start !== 0 || head >= tail || tail + rest > pdf.length || !/^<([0-9a-fA-F]{2})+>$/.test(place)) return { flaw: 'changed' }
  const content = Buffer.concat([pdf.subarray(0, head), pdf.subarray(tail)])
  const certificate = signerOf(Buffer.from(place.slice(1, -1), 'hex'), content)
  return certificate ? { certificate } : { flaw: 'changed' }
}

interface SignedData {
  certificates: forge.pki.Certificate[]
  rawCapture: { signature: string; digestAlgorithm: string; authenticatedAttributes?: forge.asn1.Asn1[] }
}

/** The fingerprint of the certificate that signed `content`; null when none of those in the signature did. */
function signerOf(padded: Buffer, content: Buffer): Buffer | null {
  try {
    const bytes = withoutPadding(padded)
    const message = forge.pkcs7.messageFromAsn1(forge.asn1.fromDer(bytes.toString('binary'))) as unknown as SignedData
    const { signature, authenticatedAttributes } = message.rawCapture
    if (!authenticatedAttributes || !digestOf(authenticatedAttributes)?.equals(sha256(content))) return null
    // What is signed is the attributes as a SET OF, not in the tag that they stand under (RFC 5652 §5.4).
    const { Class, Type } = forge.asn1
    const signed = der(forge.asn1.create(Class.UNIVERSAL, Type.SET, true, authenticatedAttributes))
    for (const certificate of message.certificates) {
      const key = createPublicKey(forge.pki.publicKeyToPem(certificate.publicKey))
      if (verify('sha256', signed, key, Buffer.from(signature, 'binary'))) return sha256(der(forge.pki.certificateToAsn1(certificate)))
    }
    return null
  } catch {
    return null
  }
}

/** The place is wider than the signature: what fills it must be nothing but zeros, or it could carry anything. */
function withoutPadding(padded: Buffer): Buffer {
  const first = padded[1] ?? 0
  const lengthBytes = first < 0x80 ? 0 : first - 0x80
  const length = lengthBytes === 0 ? first : padded.readUIntBE(2, lengthBytes)
  const end = 2 + lengthBytes + length
  if (end > padded.length || padded.subarray(end).some((byte) => byte !== 0)) throw new Error('bytes behind the signature')
  return padded.subarray(0, end)
}

/** The messageDigest among signed attributes. */
function digestOf(attributes: forge.asn1.Asn1[]): Buffer | null {
  for (const attribute of attributes) {
    const [oid, values] = attribute.value as forge.asn1.Asn1[]
    const [value] = (values?.value ?? []) as forge.asn1.Asn1[]
    if (oid && value && forge.asn1.derToOid(oid.value as string) === forge.pki.oids.messageDigest) {
      return Buffer.from(value.value as string, 'binary')
    }
  }
  return null
}

const der = (value: forge.asn1.Asn1): Buffer => Buffer.from(forge.asn1.toDer(value).getBytes(), 'binary')
export const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest()
