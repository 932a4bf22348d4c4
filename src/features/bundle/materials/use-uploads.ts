import { useRef, useState } from 'react'
import type { Draft } from '../../../../contract/drafts'
import { asApiError } from '../../../api/api-error'
import { removeFile, sendFile } from '../../../api/files'
import { mostPhotos, refusedText } from '../../../api/refused-photos'
import { wordingOf } from '../../../api/wording'
import { newKey } from '../../../platform/random'
import { pickPhotos } from '../../../platform/upload'
import type { Photo, PickSource } from '../../../platform/upload-types'

interface Sending {
  id: string
  photo: Photo
  state: 'sending' | 'failed'
  percent: number
  error?: string
}

/** A photo of a material on its way or there, for <Upload>. */
interface UploadItem {
  id: string
  name: string
  preview?: string
  state: 'sending' | 'done' | 'failed'
  percent?: number
  error?: string
}

interface Uploads {
  items: UploadItem[]
  /** Most photos of one material. */
  most: number
  pick: (source: PickSource) => Promise<void>
  retry: (id: string) => void
  remove: (id: string) => void
  /** Photos that were not taken at all, in words. */
  refused: string
}

/**
 * The photos of one material: sent one after another, each then added to what the draft keeps.
 * @param files what the draft has of this material
 * @param keep puts the list of file ids into the draft; false when that failed
 */
export function useUploads(files: Draft['files'], keep: (fileIds: string[]) => Promise<boolean>): Uploads {
  const [sending, setSending] = useState<Sending[]>([])
  const [refused, setRefused] = useState('')
  const [previews, setPreviews] = useState<Record<string, string>>({})
  const aborts = useRef<Record<string, () => void>>({})
  const there = useRef<string[]>([])
  const queue = useRef<Promise<void>>(Promise.resolve())
  const known = files.map(({ id }) => id)

  const update = (id: string, part: Partial<Sending>) =>
    setSending((now) => now.map((each) => (each.id === id ? { ...each, ...part } : each)))
  const drop = (id: string) => setSending((now) => now.filter((each) => each.id !== id))

  async function send({ id, photo }: Pick<Sending, 'id' | 'photo'>): Promise<void> {
    update(id, { state: 'sending', percent: 0, error: undefined })
    const job = sendFile(photo, (percent) => update(id, { percent }))
    aborts.current[id] = job.abort
    try {
      const file = await job.done
      setPreviews((now) => ({ ...now, [file.id]: photo.preview }))
      there.current = [...there.current, file.id]
      if (await keep(there.current)) drop(id)
      else update(id, { state: 'failed', error: '传上去了，但没有存进草稿，请重传' })
    } catch (thrown) {
      const error = asApiError(thrown)
      if (error.code === 'cancelled') return drop(id)
      const { what, now } = wordingOf(error)
      update(id, { state: 'failed', error: `${what}。${error.detail ?? now}` })
    }
  }
  /** One at a time: each save adds to the list that the one before it left. */
  function enqueue(one: Pick<Sending, 'id' | 'photo'>) {
    queue.current = queue.current.then(() => send(one))
  }
  async function pick(from: PickSource) {
    there.current = known
    const result = await pickPhotos(from, mostPhotos - known.length - sending.length)
    setRefused(refusedText(result.refused))
    const added = result.photos.map((photo): Sending => ({ id: newKey(), photo, state: 'sending', percent: 0 }))
    setSending((now) => [...now, ...added])
    added.forEach(enqueue)
  }
  function retry(id: string) {
    const one = sending.find((each) => each.id === id)
    if (!one) return
    there.current = known
    enqueue(one)
  }
  function remove(id: string) {
    if (known.includes(id)) void keep(known.filter((each) => each !== id)).then((kept) => (kept ? removeFile(id).catch(() => null) : null))
    else {
      aborts.current[id]?.()
      drop(id)
    }
  }
  const done = files.map(({ id, name }): UploadItem => ({ id, name, preview: previews[id], state: 'done' }))
  const under = sending.map(({ photo, ...rest }): UploadItem => ({ ...rest, name: photo.name, preview: photo.preview }))
  return { items: [...done, ...under], most: mostPhotos, pick, retry, remove, refused }
}
