import { Upload } from '../../components'
import type { Uploads } from './use-uploads'

interface PaperUploadProps {
  target: string
  label: string
  hint?: string
  error?: string
  uploads: Uploads
}

/** The photos of one material that is asked for. */
export function PaperUpload({ target, label, hint, error, uploads }: PaperUploadProps) {
  return (
    <Upload
      id={paperId(target)}
      label={label}
      hint={hint}
      required
      titled
      max={uploads.most}
      items={uploads.of(target)}
      error={error ?? uploads.refusedOf(target)}
      onPick={(source) => void uploads.pick(target, source)}
      onRetry={uploads.retry}
      onRemove={uploads.remove}
    />
  )
}

export const paperId = (target: string): string => `paper-${target.replace(/[^A-Za-z0-9]/g, '-')}`
