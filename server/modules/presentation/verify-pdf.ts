import type { Verification } from '../../../contract/presentations'
import { tx } from '../../db/pool'
import type { Deps } from '../../deps'
import { maskedText } from '../licence/face'
import { licenceName } from '../licence/name'
import { recordTrace } from '../trace/service'
import { markTraced, pdfByCode, pdfByFile, type IssuedPdf } from './pdf-repository'
import { checkPdfSignature, sha256, type PdfFlaw } from './pdf-signature'
import { letsLook } from './holder'
import { judge, nothingFound } from './verdict'

const foreign = '签名的不是我们，这个文件不是从掌上办下载的原件。'
const flaws: Record<PdfFlaw, string> = {
  not_pdf: '这不是 PDF 文件，请上传从掌上办下载的那一个。',
  unsigned: '这个 PDF 没有数字签名，不是从掌上办下载的原件。',
  foreign,
  appended: '签名之后又添了内容，不是原件，不能作数。',
  changed: '文件被改过或没有传完整，签名对不上，不能作数。'
}
const withdrawn = '这份文件是从掌上办出具的，但持证人不再让人核验它，眼下不能作数；请对方当面亮证或重新出具。'
const unknown = '签名成立，但没有这份文件的出具记录，不能作数；请对方重新下载一份。'

/** From this level on a field of a person's licence is masked for who has the code alone: it may be read off a photographed corner. */
const codeMaskedFrom = 1

/**
 * Verifies a PDF by the code printed on it; null when there is no such code. Good as often as one likes, while the licence is. Enough to
 * compare with the paper, and nothing for who doesn't have it.
 */
export async function verifyPdfCode(deps: Deps, text: string): Promise<Verification | null> {
  const pdf = await pdfByCode(deps.pool, deps.vault, text)
  if (!pdf) return null
  const face = deps.catalogue.current().catalogue.licenceTypes[pdf.type]?.face ?? []
  // What is sensitive was masked when the PDF was made.
  const plain = face.filter(({ sensitivity }) => sensitivity === codeMaskedFrom)
  const shown = pdf.content.shown.map((line) => {
    const field = plain.find(({ name }) => name === line.name)
    return field ? { ...line, text: maskedText(field, line.text) } : line
  })
  return verdictOn(deps, { ...pdf, content: { ...pdf.content, shown } })
}

/**
 * Verifies the file itself: its signature holds and covers all of it, it is the very file that we gave out, and the licence is good now.
 *
 * @param ours the fingerprint of our present certificate; older ones are known by what they signed
 */
export async function verifyPdfFile(deps: Deps, bytes: Buffer, ours: () => Buffer): Promise<Verification> {
  const checked = checkPdfSignature(bytes)
  if ('flaw' in checked) return nothingFound(deps, 'not_genuine', flaws[checked.flaw])
  const pdf = await pdfByFile(deps.pool, deps.vault, sha256(bytes))
  if (!pdf) return nothingFound(deps, 'not_genuine', checked.certificate.equals(ours()) ? unknown : foreign)
  if (pdf.content.certificate !== checked.certificate.toString('hex')) return nothingFound(deps, 'not_genuine', foreign)
  return verdictOn(deps, pdf)
}

/**
 * What is found leaves a trace, the same not again within the hour: whoever has the code could drown the holder's other traces.
 */
async function verdictOn(deps: Deps, { id, licenceId, subjectId, type, issuedAt, content }: IssuedPdf): Promise<Verification> {
  const { shown, purpose } = content
  const isOpen = (await letsLook(deps.pool, subjectId)).length > 0
  const verdict = isOpen
    ? await judge(deps, { licence: { id: licenceId, subjectId, type }, shown, purpose, presentedAt: issuedAt, sdJwt: null })
    : nothingFound(deps, 'spent', withdrawn)
  const what = `你出具的${licenceName(deps, type)} PDF，你写的用途：${purpose}`
  await tx(deps.pool, async (client) => {
    if (!(await markTraced(client, id, verdict.result, new Date(deps.now())))) return
    await recordTrace(client, deps, {
      subjectId,
      actor: '拿着你证照 PDF 的人',
      actorKind: 'reader',
      ...(isOpen
        ? { action: 'read', purpose: `核验了${what}`, fields: (verdict.licence?.shown ?? []).map(({ name }) => name) }
        : { action: 'refused', purpose: `想核验${what}；已拒绝：现在没有你的同意`, fields: shown.map(({ name }) => name) })
    })
  })
  return verdict
}
