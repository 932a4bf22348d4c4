import type { DraftFile } from '../../contract/drafts'
import { uploadPhoto } from '../platform/upload'
import type { Photo, UploadJob } from '../platform/upload-types'
import { renewTokens } from '../session/tokens'
import { ApiError } from './api-error'
import { apiBase, call, callerHeaders, problemError, recheckAfter } from './client'

interface Sending {
  /** Throws ApiError: offline, cancelled, file_too_large, file_type_refused, file_damaged, rate_limited … */
  done: Promise<DraftFile>
  abort: () => void
}

/** Sends one photo; the token is renewed once when it has run out meanwhile. */
export function sendFile(photo: Photo, onProgress: (percent: number) => void): Sending {
  let job: UploadJob
  let aborted = false
  const start = () => {
    job = uploadPhoto({ url: `${apiBase}/files`, photo, field: 'file', headers: callerHeaders(), onProgress })
    return job.done.catch(() => {
      throw new ApiError(aborted ? 'cancelled' : 'offline', 0)
    })
  }
  async function send(): Promise<DraftFile> {
    const first = await start()
    const reply = first.status === 401 && (await renewTokens()) ? await start() : first
    const body = parse(reply.text)
    if (reply.status >= 200 && reply.status < 300 && body !== null) return body as DraftFile
    const error = problemError(reply.status, body)
    recheckAfter(error)
    throw error
  }
  return {
    done: send(),
    abort: () => {
      aborted = true
      job.abort()
    }
  }
}

/** Removes an own file that no department has yet. */
export const removeFile = (id: string) => call<null>('delete', `/files/${id}`)

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
