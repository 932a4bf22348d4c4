import { useContext, type ReactNode } from 'react'
import { Box, Heading, Press } from '../platform/host'
import { Layer } from '../platform/layer'
import { usePageHidden } from '../platform/lifecycle'
import { classes } from './classes'
import { ElderContext } from './elder-context'
import { Icon } from './icon'
import './dialog.scss'
import './sheet.scss'

interface SheetProps {
  id: string
  open: boolean
  title: string
  children: ReactNode
  footer?: ReactNode
  onClose: () => void
}

/** Something to read or choose, coming up from the lower edge. */
export function Sheet({ id, open, title, children, footer, onClose }: SheetProps) {
  const elder = useContext(ElderContext)
  usePageHidden(() => {
    if (open) onClose()
  })
  if (!open) return null
  return <Layer
    labelledBy={`${id}-title`} onClose={onClose} className='sheet'
    layerClass={classes('layer', 'layer--low', elder && 'elder')}
  >
    <Box className='sheet-head'>
      <Heading level={2} id={`${id}-title`} className='sheet-title'>{title}</Heading>
      <Press className='sheet-close' onPress={onClose} aria-label='关闭'><Icon name='close' /></Press>
    </Box>
    <Box className='sheet-body'>{children}</Box>
    {footer && <Box className='sheet-foot'>{footer}</Box>}
  </Layer>
}
