import { saveFileFrom } from '../platform/save-file'
import { renewTokens } from '../session/tokens'
import { ApiError } from './api-error'
import { apiBase, callerHeaders, problemError } from './client'

/** Fetches the signed PDF of a licence and gives it to the person; the token is renewed once when it has run out. Throws ApiError. */
export async function saveLicencePdf(id: string, name: string): Promise<void> {
  const save = () =>
    saveFileFrom({ url: `${apiBase}/licences/${id}/pdf`, headers: callerHeaders(), name: `${name}.pdf` }).catch(() => {
      throw new ApiError('offline', 0)
    })
  const first = await save()
  const reply = first.status === 401 && (await renewTokens()) ? await save() : first
  if (reply.given) return
  if (reply.status >= 200 && reply.status < 300) throw new ApiError('file_unopened', 0)
  throw problemError(reply.status, bodyOf(reply.text))
}

function bodyOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
