import { useState } from 'react'
import type { PlanMaterial } from '../../../../domain/bundle/plan-types'
import { Button, Notice, Upload } from '../../../components'
import { Box } from '../../../platform/host'
import { filesOf } from './standing'
import type { MaterialsAtHand } from './use-materials'
import { useUploads } from './use-uploads'

/** Instead of the holder's consent, or while waiting for it: photos of the paper itself. */
export function OneOrPhotos({ material, at: { draft, choose, busy } }: { material: PlanMaterial; at: MaterialsAtHand }) {
  const files = filesOf(draft, material.id)
  const [open, setOpen] = useState(files.length > 0)
  const uploads = useUploads(files, (ids) => choose(material.id, { choice: 'upload', files: ids }))
  if (!open) return <Box className='b-actions'>
    <Button kind='quiet' icon='camera' label={`不等同意，改为上传照片：${material.name}`} onPress={() => setOpen(true)}>不等同意，改为上传照片</Button>
  </Box>
  return <Box className='b-other'>
    <Upload
      id={`files-${material.id}`} label={`${material.name}照片`} required items={uploads.items} max={uploads.most} disabled={busy}
      hint='对方知道并愿意给你拍的，才可以上传。由受理部门核对。'
      onPick={(source) => void uploads.pick(source)} onRetry={uploads.retry} onRemove={uploads.remove}
    />
    <Notice text={uploads.refused} tone='error' />
  </Box>
}
