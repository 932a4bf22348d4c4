import multipart from '@fastify/multipart'
import { Type } from 'typebox'
import { DraftFile } from '../../../contract/drafts'
import { IdParams, Nothing } from '../../../contract/wire'
import { acting } from '../../access'
import type { Deps } from '../../deps'
import { Refusal } from '../../errors'
import { limits } from '../../http/limits'
import type { App } from '../../http/server'
import { readOwnFile, removeOwnFile, storeUpload } from './service'

const tags = ['材料文件']
const maximumBytes = 20 * 1024 * 1024
const Upload = Type.Object({ file: Type.Unsafe<unknown>({ type: 'string', format: 'binary' }) }, { additionalProperties: false })

/** Uploads: one file a request, at most 20 MB, checked by content; served to their owner alone and never shown in place. */
export async function registerFiles(app: App, deps: Deps): Promise<void> {
  await app.register(multipart, { limits: { fileSize: maximumBytes, files: 1, fields: 0, parts: 1 } })

  app.post(
    '/files',
    {
      config: {
        access: 'session', delegable: 'bundle',
        rateLimit: limits.upload,
        problems: ['file_too_large', 'file_type_refused', 'file_damaged', 'bad_request']
      },
      schema: {
        summary: '上传一个文件（照片或 PDF，20 MB 以内，按内容检查）',
        tags,
        consumes: ['multipart/form-data'],
        body: Upload,
        response: { 201: DraftFile }
      },
      bodyLimit: maximumBytes + 64 * 1024,
      // The parts are read as they come in, below; there is no body to hold against the schema.
      validatorCompiler: () => () => true
    },
    async (request, reply) => {
      const content = await readUpload(request)
      return reply.code(201).send(await storeUpload(deps, acting(request), content))
    }
  )

  app.get(
    '/files/:id',
    {
      config: { access: 'session', delegable: 'bundle' },
      schema: {
        summary: '取回自己上传的文件',
        tags,
        params: IdParams,
        response: {
          200: {
            description: '文件内容',
            content: { 'application/octet-stream': { schema: Type.Unsafe<Buffer>({ type: 'string', format: 'binary' }) } }
          }
        }
      }
    },
    async (request, reply) => {
      const { file, bytes } = await readOwnFile(deps, acting(request), request.params.id)
      return reply
        .type('application/octet-stream')
        .headers({
          'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
          'X-Content-Type-Options': 'nosniff'
        })
        .send(bytes)
    }
  )

  app.delete(
    '/files/:id',
    {
      config: { access: 'session', delegable: 'bundle', problems: ['illegal_transition'] },
      schema: { summary: '删除自己上传的文件', tags, params: IdParams, response: { 204: Nothing } }
    },
    async (request, reply) => {
      await removeOwnFile(deps, acting(request), request.params.id)
      return reply.code(204).send(null)
    }
  )
}

async function readUpload(request: { file: () => Promise<{ filename: string; toBuffer: () => Promise<Buffer> } | undefined> }) {
  try {
    const part = await request.file()
    if (!part) throw new Refusal('bad_request', { detail: '没有收到文件，请选择照片或 PDF 后再传' })
    return { name: part.filename, content: await part.toBuffer() }
  } catch (error) {
    // busboy, when the last boundary never came.
    if (error instanceof Error && /unexpected end of/i.test(error.message)) {
      throw new Refusal('file_damaged', { detail: '文件没有传完整，请在网络好一些的地方重新上传' })
    }
    throw error
  }
}
