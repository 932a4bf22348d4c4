import { generateKeyPairSync, randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import forge from 'node-forge'
import type { Config } from '../config'

/** What signs the PDFs of licences: a PKCS #12 bag with one RSA key and its certificate. */
export interface PdfCertificate {
  p12: Buffer
  passphrase: string
  /** The certificate that belongs to the key, DER. */
  certificate: Buffer
}

/** @throws when the file is missing, the passphrase wrong, or there is no key with its certificate in it */
export function loadPdfCertificate({ p12File, passphrase }: Config['pdfSigning']): PdfCertificate {
  if (!fs.existsSync(p12File)) throw new Error(`缺少 PDF 签名证书 ${p12File}：请把 PDF_P12 设为 PKCS #12 文件的路径`)
  const p12 = fs.readFileSync(p12File)
  return { p12, passphrase, certificate: certificateIn(p12, passphrase, p12File) }
}

/** The same, after making a self-signed one where there is none: only for the demo, as nobody else trusts it. */
export function loadOrCreatePdfCertificate(settings: Config['pdfSigning'], now: number): PdfCertificate {
  if (!fs.existsSync(settings.p12File)) {
    fs.mkdirSync(path.dirname(settings.p12File), { recursive: true })
    // Complete before it is there; of two that make one at the same time the first stands.
    const draft = `${settings.p12File}.new-${randomBytes(6).toString('hex')}`
    fs.writeFileSync(draft, selfSigned(settings.passphrase, now), { mode: 0o600, flag: 'wx' })
    if (fs.existsSync(settings.p12File)) fs.rmSync(draft)
    else fs.renameSync(draft, settings.p12File)
  }
  return loadPdfCertificate(settings)
}

function certificateIn(p12: Buffer, passphrase: string, file: string): Buffer {
  const { certBag, pkcs8ShroudedKeyBag } = forge.pki.oids
  try {
    const bags = forge.pkcs12.pkcs12FromAsn1(forge.asn1.fromDer(p12.toString('binary')), passphrase)
    const key = bags.getBags({ bagType: pkcs8ShroudedKeyBag })[pkcs8ShroudedKeyBag ?? '']?.[0]?.key as
      forge.pki.rsa.PrivateKey | undefined
    const certificates = bags.getBags({ bagType: certBag })[certBag ?? '']?.flatMap(({ cert }) => cert ?? []) ?? []
    const own = certificates.find(({ publicKey }) => key && (publicKey as forge.pki.rsa.PublicKey).n.equals(key.n))
    if (!own) throw new Error('no key with its certificate')
    return Buffer.from(forge.asn1.toDer(forge.pki.certificateToAsn1(own)).getBytes(), 'binary')
  } catch {
    throw new Error(`打不开 PDF 签名证书 ${file}：口令不对（PDF_P12_PASSPHRASE），或里面没有 RSA 私钥与它的证书`)
  }
}

function selfSigned(passphrase: string, now: number): Buffer {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const privateKey = forge.pki.privateKeyFromPem(pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
  const certificate = forge.pki.createCertificate()
  certificate.publicKey = forge.pki.publicKeyFromPem(pair.publicKey.export({ type: 'spki', format: 'pem' }).toString())
  certificate.serialNumber = `00${randomBytes(15).toString('hex')}`
  certificate.validity.notBefore = new Date(now)
  certificate.validity.notAfter = new Date(now + 10 * 365 * 86_400_000)
  const name = [{ name: 'commonName', value: 'Zhangshangban demo licence PDF' }]
  certificate.setSubject(name)
  certificate.setIssuer(name)
  certificate.setExtensions([{ name: 'keyUsage', critical: true, digitalSignature: true, nonRepudiation: true }])
  certificate.sign(privateKey, forge.md.sha256.create())
  const bag = forge.pkcs12.toPkcs12Asn1(privateKey, [certificate], passphrase, { algorithm: 'aes256' })
  return Buffer.from(forge.asn1.toDer(bag).getBytes(), 'binary')
}
