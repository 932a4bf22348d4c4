import { randomUUID } from 'node:crypto'
import http from 'node:http'
import https from 'node:https'
import { once } from 'node:events'
import { Listeners } from './listeners'
import type { Runtime } from './runtime'
import { WxFail, type WxOptions } from './types'
import { cancellation, DISCONNECTED, failureOf, headersOf, NETWORK_ERRNO } from './wx-network'

const CHUNK_BYTES = 64 * 1024

interface Sent {
  sent: number
  total: number
}

function multipart(name: string, file: { name: string; bytes: Uint8Array }, fields: Record<string, unknown>, boundary: string) {
  const field = ([key, value]: [string, unknown]) =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${key}"\r\n\r\n${String(value)}\r\n`
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="${file.name}"\r\n`
  return Buffer.concat([
    Buffer.from(Object.entries(fields).map(field).join('')),
    Buffer.from(`${head}Content-Type: ${typeOf(file.name)}\r\n\r\n`),
    file.bytes,
    Buffer.from(`\r\n--${boundary}--\r\n`)
  ])
}

function typeOf(name: string) {
  const types: Record<string, string> = {
    jpg: 'image/jpeg',
    jpeg: 'image/jpeg',
    png: 'image/png',
    pdf: 'application/pdf',
    mp4: 'video/mp4'
  }
  return types[name.split('.').pop()?.toLowerCase() ?? ''] ?? 'application/octet-stream'
}

/** Posts the body in chunks, so that progress is what really left. */
async function post(url: URL, headers: Record<string, string>, body: Buffer, signal: AbortSignal, onProgress: (sent: Sent) => void) {
  const client = url.protocol === 'https:' ? https : http
  const request = client.request(url, { method: 'POST', headers: { ...headers, 'content-length': body.length }, signal })
  const response = once(request, 'response') as Promise<[http.IncomingMessage]>
  response.catch(() => {})
  for (let sent = 0; sent < body.length && !request.destroyed;) {
    const chunk = body.subarray(sent, sent + CHUNK_BYTES)
    await new Promise<void>((resolve, reject) => request.write(chunk, (error) => (error ? reject(error) : resolve())))
    sent += chunk.length
    onProgress({ sent, total: body.length })
  }
  request.end()
  const [reply] = await response
  reply.setEncoding('utf8')
  let text = ''
  for await (const part of reply) text += part
  return { statusCode: reply.statusCode ?? 0, header: reply.headers, data: text }
}

function task(
  runtime: Runtime,
  name: string,
  options: WxOptions,
  run: (signal: AbortSignal, progress: (detail: object) => void) => Promise<unknown>
) {
  runtime.calls.push([name, options])
  const { controller, forget, abort } = cancellation(runtime)
  const progress = new Listeners(runtime.realm)
  const work = (async () => {
    try {
      await Promise.resolve() // the caller first gets the task and listens to it
      if (!runtime.device.online) throw new WxFail(DISCONNECTED, { errno: NETWORK_ERRNO })
      controller.signal.throwIfAborted()
      return await run(controller.signal, (detail) => progress.fire(detail))
    } catch (error) {
      throw failureOf(error, controller.signal)
    } finally {
      runtime.tapping = false
      forget()
    }
  })()
  runtime.answer(name, { success: () => {}, ...options }, runtime.track(work))
  return { abort, onProgressUpdate: progress.add, offProgressUpdate: progress.remove }
}

const percent = (done: number, total: number) => Math.floor((done / Math.max(1, total)) * 100)

export function installTransfers(runtime: Runtime) {
  const { realm, device } = runtime
  realm.wx.uploadFile = (options: WxOptions) =>
    task(runtime, 'uploadFile', options, async (signal, progress) => {
      const filePath = String(options.filePath)
      const bytes = device.readFile(filePath)
      if (!bytes) throw new WxFail(`fail file not found: ${filePath}`)
      const boundary = randomUUID()
      const file = { name: filePath.replace(/^.*\//, ''), bytes }
      const body = multipart(String(options.name), file, (options.formData ?? {}) as Record<string, unknown>, boundary)
      const headers = { ...headersOf(options), 'content-type': `multipart/form-data; boundary=${boundary}` }
      return post(runtime.route(String(options.url)), headers, body, signal, ({ sent, total }) =>
        progress({ progress: percent(sent, total), totalBytesSent: sent, totalBytesExpectedToSend: total })
      )
    })
  realm.wx.downloadFile = (options: WxOptions) =>
    task(runtime, 'downloadFile', options, async (signal, progress) => {
      const url = runtime.route(String(options.url))
      const reply = await fetch(url, { headers: headersOf(options), signal })
      const total = Number(reply.headers.get('content-length') ?? 0)
      const parts: Uint8Array[] = []
      let done = 0
      const reader = reply.body?.getReader()
      for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
        parts.push(part.value)
        done += part.value.length
        progress({ progress: percent(done, total), totalBytesWritten: done, totalBytesExpectedToWrite: total })
      }
      // Whatever the server answers is written, also a refusal.
      const body = Buffer.concat(parts)
      const named = options.filePath === undefined ? undefined : String(options.filePath)
      return {
        statusCode: reply.status,
        header: Object.fromEntries(reply.headers),
        ...(named === undefined ? { tempFilePath: device.addFile(url.pathname, body) } : { filePath: device.putFile(named, body) })
      }
    })
}
