import { isSensitive } from '../../../domain/licence/sensitivity'
import { tx } from '../../db/pool'
import type { Acting, Deps } from '../../deps'
import { Refusal } from '../../errors'
import type { PdfCertificate } from '../../vault/pdf-certificate'
import { maskedText } from '../licence/face'
import { actorOf } from '../trace/actor'
import { recordTrace } from '../trace/service'
import { showable } from './holder'
import { drawLicence } from './pdf-page'
import { insertPdf } from './pdf-repository'
import { sha256, signPdf } from './pdf-signature'
import { verifyAddress } from './present'
import { grouped, newPdfCode } from './tokens'

/**
 * A licence as a signed PDF with its verification code, all fields in the clear. Earlier PDFs of it stay good: each may lie with somebody
 * else. Of the content only the masked text is kept, for whoever verifies it. Leaves a trace.
 *
 * @param requireFresh refuses unless the person confirmed who they are within five minutes; asked when something sensitive is on the page
 * Errors: those of `showable`; licence_unusable for a type without PDF; reauthentication_required.
 */
export async function licencePdf(
  deps: Deps,
  acting: Acting,
  certificate: () => PdfCertificate,
  { licenceId, purpose, requireFresh }: { licenceId: string; purpose: string; requireFresh: () => void }
): Promise<{ name: string; bytes: Buffer }> {
  const { licence, type, fields } = await showable(deps, acting, licenceId, `出具 PDF：${purpose}`)
  if (!type.pdf) throw new Refusal('licence_unusable', { detail: `${type.name}没有 PDF，请当面亮证` })
  if (fields.some(isSensitive)) requireFresh()
  const now = deps.now()
  const code = newPdfCode()
  const { city } = deps.catalogue.current().catalogue
  const drawn = await drawLicence({
    type,
    cityName: city.name,
    issuer: licence.issuer,
    fields,
    purpose,
    issuedAt: now,
    code: grouped(code),
    address: verifyAddress(deps, code),
    demo: city.demo
  })
  const signer = certificate()
  const bytes = await signPdf(signer, drawn, new Date(now))
  await tx(deps.pool, async (client) => {
    await insertPdf(client, deps.vault, {
      id: deps.newId(),
      code,
      fileHash: sha256(bytes),
      licenceId: licence.id,
      content: {
        shown: fields.map((field) => ({
          name: field.name,
          text: isSensitive(field) ? maskedText(field, field.text) : field.text,
          type: field.type
        })),
        purpose,
        certificate: sha256(signer.certificate).toString('hex')
      },
      now: new Date(now)
    })
    await recordTrace(client, deps, {
      subjectId: licence.subjectId,
      ...(await actorOf(client, deps, acting, licence.subjectId)),
      action: 'export',
      purpose: `下载${type.name} PDF，用于：${purpose}`,
      fields: fields.map(({ name }) => name)
    })
  })
  return { name: `${type.name}.pdf`, bytes }
}
