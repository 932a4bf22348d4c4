import { Box, Item, List, Picture, Press, Span } from '../platform/host'
import { Button } from './button'
import { classes } from './classes'
import { FieldError } from './field-frame'
import { Icon } from './icon'
import './field.scss'
import './upload.scss'

interface UploadItem {
  id: string
  name: string
  /** Something an image element can show. */
  preview?: string
  state: 'sending' | 'done' | 'failed'
  /** 0 to 100 while sending. */
  percent?: number
  /** Why it failed and what to do. */
  error?: string
}

interface UploadProps {
  id: string
  label: string
  /** The label stands above already, as the title of the card: it is spoken and not drawn again. */
  titled?: boolean
  items: UploadItem[]
  /** Most photos that are taken; the buttons go when they are reached. */
  max: number
  hint?: string
  error?: string
  required?: boolean
  disabled?: boolean
  onPick: (source: 'camera' | 'album') => void
  onRetry: (id: string) => void
  onRemove: (id: string) => void
}

/** Photos of one material: taken or chosen, sent with progress, retried, removed. */
export function Upload(props: UploadProps) {
  const { id, label, titled, items, max, hint, error, required, disabled, onPick, onRetry, onRemove } = props
  return <Box id={id} className={classes('field', 'upload', error && 'is-bad')} role='group' aria-label={label}>
    {!titled && <Box className='field-label'>{label}{!required && <Span className='field-optional'>选填</Span>}</Box>}
    {hint && <Box className='field-hint'>{hint}</Box>}
    {items.length > 0 && <List className='upload-list' aria-label={`${label}的照片`}>
      {items.map((item) => <UploadRow key={item.id} item={item} disabled={disabled} onRetry={onRetry} onRemove={onRemove} />)}
    </List>}
    {items.length < max && <Box className='upload-actions'>
      <Button icon='camera' disabled={disabled} label={`拍照上传${label}`} onPress={() => onPick('camera')}>拍照</Button>
      <Button icon='album' disabled={disabled} label={`从相册选${label}`} onPress={() => onPick('album')}>从相册选</Button>
    </Box>}
    <FieldError id={id} error={error} />
  </Box>
}

interface UploadRowProps extends Pick<UploadProps, 'disabled' | 'onRetry' | 'onRemove'> {
  item: UploadItem
}

function UploadRow({ item, disabled, onRetry, onRemove }: UploadRowProps) {
  return <Item className='upload-item'>
    <UploadPicture item={item} />
    <Box className='upload-body'>
      <Box className='upload-name'>{item.name}</Box>
      <Box className={`upload-state is-${item.state}`} aria-live='polite'>{stateText(item)}</Box>
      {item.state === 'sending' && <Box className='upload-bar' aria-hidden>
        <Box className='upload-fill' style={{ width: `${item.percent ?? 0}%` }} />
      </Box>}
    </Box>
    {item.state === 'failed' && <Press
      className='upload-press' disabled={disabled} aria-label={`重传 ${item.name}`} onPress={() => onRetry(item.id)}
    ><Icon name='retry' ink='water-7' /></Press>}
    <Press className='upload-press' disabled={disabled} aria-label={`删除 ${item.name}`} onPress={() => onRemove(item.id)}>
      <Icon name='trash' />
    </Press>
  </Item>
}

function UploadPicture({ item }: { item: UploadItem }) {
  if (item.preview) return <Picture className='upload-picture' src={item.preview} label='' />
  return <Box className='upload-picture'><Icon name='document' /></Box>
}

function stateText(item: UploadItem): string {
  if (item.state === 'sending') return `正在上传 ${item.percent ?? 0}%`
  return item.state === 'done' ? '已上传' : item.error ?? '没传上去，请重传'
}
