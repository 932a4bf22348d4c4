import { useState } from 'react'
import { asApiError } from '../../api/api-error'
import { sendFile } from '../../api/files'
import { mostPhotos, refusedText } from '../../api/refused-photos'
import { wordingOf } from '../../api/wording'
import { newKey } from '../../platform/random'
import { pickPhotos } from '../../platform/upload'
import type { Photo, PickSource } from '../../platform/upload-types'

interface UploadItem {
  id: string
  /** The material that it belongs to. */
  target: string
  name: string
  preview: string
  photo: Photo
  state: 'sending' | 'done' | 'failed'
  percent?: number
  error?: string
  /** As the server knows it, once it is there. */
  fileId?: string
}

/** Photos of some materials on their way to the server. */
export function useUploads() {
  const [items, setItems] = useState<UploadItem[]>([])
  const [refused, setRefused] = useState<Record<string, string>>({})

  function change(id: string, change: Partial<UploadItem>) {
    setItems((before) => before.map((item) => (item.id === id ? { ...item, ...change } : item)))
  }

  async function send({ id, photo }: Pick<UploadItem, 'id' | 'photo'>) {
    change(id, { state: 'sending', percent: 0, error: undefined })
    try {
      const file = await sendFile(photo, (percent) => change(id, { percent })).done
      change(id, { state: 'done', fileId: file.id })
    } catch (error) {
      const { what, now } = wordingOf(asApiError(error))
      change(id, { state: 'failed', error: `${what}。${now}` })
    }
  }

  async function pick(target: string, source: PickSource) {
    const room = mostPhotos - items.filter((item) => item.target === target).length
    const { photos, refused: left } = await pickPhotos(source, room)
    setRefused((before) => ({ ...before, [target]: refusedText(left) }))
    const added = photos.map((photo): UploadItem => ({
      id: newKey(),
      target,
      name: photo.name,
      preview: photo.preview,
      photo,
      state: 'sending',
      percent: 0
    }))
    setItems((before) => [...before, ...added])
    await Promise.all(added.map(send))
  }

  function retry(id: string) {
    const item = items.find((each) => each.id === id)
    if (item) void send(item)
  }

  return {
    of: (target: string) => items.filter((item) => item.target === target),
    refusedOf: (target: string) => refused[target] || undefined,
    sent: (target: string) => items.filter((item) => item.target === target).flatMap(({ fileId }) => fileId ?? []),
    sending: items.some(({ state }) => state === 'sending'),
    most: mostPhotos,
    pick,
    retry,
    remove: (id: string) => setItems((before) => before.filter((item) => item.id !== id))
  }
}

export type Uploads = ReturnType<typeof useUploads>
