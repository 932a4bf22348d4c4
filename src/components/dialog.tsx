import { useContext, type ReactNode } from 'react'
import { Box, Heading } from '../platform/host'
import { Layer } from '../platform/layer'
import { usePageHidden } from '../platform/lifecycle'
import { Button } from './button'
import { classes } from './classes'
import { ElderContext } from './elder-context'
import './dialog.scss'

interface DialogProps {
  id: string
  open: boolean
  title: string
  children: ReactNode
  okText?: string
  cancelText?: string
  /** The yes is hard to undo. */
  danger?: boolean
  busy?: boolean
  onOk: () => void
  onCancel: () => void
}

/** Asks before something is done. Escape and leaving the page mean no. */
export function Dialog({ id, open, title, children, okText = '确定', cancelText = '取消', danger, busy, onOk, onCancel }: DialogProps) {
  const elder = useContext(ElderContext)
  usePageHidden(() => {
    if (open) onCancel()
  })
  if (!open) return null
  return <Layer
    labelledBy={`${id}-title`} describedBy={`${id}-body`} onClose={onCancel} className='dialog'
    layerClass={classes('layer', elder && 'elder')}
  >
    <Heading level={2} id={`${id}-title`} className='dialog-title'>{title}</Heading>
    <Box id={`${id}-body`} className='dialog-body'>{children}</Box>
    <Box className='dialog-foot'>
      <Button onPress={onCancel}>{cancelText}</Button>
      <Button kind={danger ? 'danger' : 'primary'} busy={busy} onPress={onOk}>{okText}</Button>
    </Box>
  </Layer>
}
