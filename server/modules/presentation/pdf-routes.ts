import { Type } from 'typebox'
import { LicencePdfQuery, Verification } from '../../../contract/presentations'
import { IdParams } from '../../../contract/wire'
import { acting, requireFresh } from '../../access'
import type { Deps } from '../../deps'
import { Refusal } from '../../errors'
import { limits } from '../../http/limits'
import type { App } from '../../http/server'
import { loadOrCreatePdfCertificate, loadPdfCertificate, type PdfCertificate } from '../../vault/pdf-certificate'
import { licencePdf } from './pdf'
import { sha256 } from './pdf-signature'
import { verifyPdfFile } from './verify-pdf'

const tags = ['亮证与核证']
const mediaType = 'application/pdf'
const maximumBytes = 5 * 1024 * 1024
const File = Type.Unsafe<Buffer>({ type: 'string', format: 'binary' })

/** Signed PDFs of licences: given to the holder, verified by anybody. */
export async function registerLicencePdfs(app: App, deps: Deps): Promise<void> {
  const certificate = pdfCertificate(deps)

  app.get(
    '/licences/:id/pdf',
    {
      config: {
        access: 'session',
        rateLimit: limits.pdf,
        problems: ['licence_unusable', 'licence_unclaimed', 'reauthentication_required']
      },
      schema: {
        summary: '下载证照的 PDF（居民身份证、营业执照）：带数字签名与核验码；有敏感内容的先再确认一次是本人',
        tags,
        params: IdParams,
        querystring: LicencePdfQuery,
        response: { 200: { description: 'PDF', content: { [mediaType]: { schema: File } } } }
      }
    },
    async (request, reply) => {
      const { name, bytes } = await licencePdf(deps, acting(request), certificate, {
        licenceId: request.params.id,
        purpose: request.query.purpose ?? '本人留存',
        requireFresh: () => requireFresh(request, deps.now())
      })
      return reply
        .type(mediaType)
        .header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
        .send(bytes)
    }
  )

  await app.register(async (scope: App) => {
    scope.addContentTypeParser(mediaType, { parseAs: 'buffer', bodyLimit: maximumBytes }, (_request, body, done) => done(null, body))
    scope.post(
      '/verifications/pdf',
      {
        config: { access: 'public', rateLimit: limits.verifyPdf, problems: ['bad_request', 'payload_too_large'] },
        schema: {
          summary: '核证：上传 PDF 原件（5 MB 以内，不留存），核签名、有没有改过、证照现在的状态',
          tags,
          consumes: [mediaType],
          body: File,
          response: { 200: Verification }
        },
        bodyLimit: maximumBytes,
        // Bytes; there is nothing to hold against a schema.
        validatorCompiler: () => () => true
      },
      async (request) => {
        // Another content type has been parsed as what it says it is.
        if (!Buffer.isBuffer(request.body)) throw new Refusal('bad_request', { detail: `请以 ${mediaType} 上传文件本身` })
        return verifyPdfFile(deps, request.body, () => sha256(certificate().certificate))
      }
    )
  })
}

/** Read, and in the demo made, at the first use. */
function pdfCertificate({ config, now }: Pick<Deps, 'config' | 'now'>): () => PdfCertificate {
  let known: PdfCertificate | undefined
  return () => {
    known ??= config.mode === 'demo' ? loadOrCreatePdfCertificate(config.pdfSigning, now()) : loadPdfCertificate(config.pdfSigning)
    return known
  }
}
