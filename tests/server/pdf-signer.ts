import assert from 'node:assert/strict'
import { createHash, createVerify, X509Certificate } from 'node:crypto'
import forge from 'node-forge'

/** 签名的那张证书；签名盖住整个文件、与内容对得上，照 RFC 5652 逐层取出来核过，不用签名的库。 */
export function signerOf(pdf: Buffer): X509Certificate {
  const [, a, b, c, d] = (/\/ByteRange \[(\d+) (\d+) (\d+) (\d+)\s*\]/.exec(pdf.toString('latin1')) ?? []).map(Number)
  assert.deepEqual([a, (c ?? 0) + (d ?? 0)], [0, pdf.length])
  const content = Buffer.concat([pdf.subarray(0, b), pdf.subarray(c)])
  const padded = Buffer.from(pdf.subarray((b ?? 0) + 1, (c ?? 0) - 1).toString('latin1'), 'hex')
  const der = padded.subarray(0, padded.readUInt16BE(2) + 4)
  // ContentInfo → SignedData → SignerInfo。
  const signedData = childrenOf(childrenOf(forge.asn1.fromDer(der.toString('binary')))[1])[0]
  const parts = childrenOf(signedData)
  const certificate = new X509Certificate(derOf(childrenOf(parts[3])[0]))
  const signer = childrenOf(childrenOf(parts.at(-1))[0])
  const attributes = childrenOf(signer[3])
  const digest = attributes.map(childrenOf).find(([oid]) => forge.asn1.derToOid(oid?.value as string) === '1.2.840.113549.1.9.4')
  assert.equal(
    Buffer.from(childrenOf(digest?.[1])[0]?.value as string, 'binary').toString('hex'),
    createHash('sha256').update(content).digest('hex')
  )
  const set = derOf(signer[3])
  set[0] = 0x31
  const signature = Buffer.from(signer[5]?.value as string, 'binary')
  assert.ok(createVerify('sha256').update(set).verify(certificate.publicKey, signature))
  return certificate
}

const childrenOf = (value: forge.asn1.Asn1 | undefined) => (value?.value ?? []) as forge.asn1.Asn1[]
const derOf = (value: forge.asn1.Asn1 | undefined) =>
  value ? Buffer.from(forge.asn1.toDer(value).getBytes(), 'binary') : assert.fail('签名里少一段')
