import { maxPdfBytes } from './file-limits'

export interface PickedPdf {
  name: string
  /** The file as a request body. */
  bytes: Blob | ArrayBuffer
}

/** Lets the person choose one PDF; null when they chose none, `too_large` for one over 5 MB. */
export function pickPdf(): Promise<PickedPdf | 'too_large' | null> {
  return new Promise((resolve) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.accept = 'application/pdf,.pdf'
    input.className = 'sr'
    input.tabIndex = -1
    input.setAttribute('aria-hidden', 'true')
    const finish = (file: File | undefined) => {
      input.remove()
      if (!file) resolve(null)
      else resolve(file.size > maxPdfBytes ? 'too_large' : { name: file.name, bytes: file })
    }
    input.addEventListener('change', () => finish(input.files?.[0]))
    input.addEventListener('cancel', () => finish(undefined))
    document.body.append(input)
    input.click()
  })
}
