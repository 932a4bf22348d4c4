import { Box } from '../platform/host'
import { Button } from './button'
import { Icon } from './icon'
import './error-state.scss'

interface ErrorStateProps {
  /** What happened. */
  title: string
  /** What it means for what was entered, and what to do. */
  note?: string
  retryText?: string
  onRetry?: () => void
  /** Number to give on the phone when asking for help. */
  traceId?: string
}

/** Something failed: what happened, what is kept, what to do now. Never blames. */
export function ErrorState({ title, note, retryText = '再试一次', onRetry, traceId }: ErrorStateProps) {
  return <Box className='error-state' role='alert'>
    <Icon name='warning' ink='amber' size='large' />
    <Box className='error-title'>{title}</Box>
    {note && <Box className='error-note'>{note}</Box>}
    {onRetry && <Button icon='retry' onPress={onRetry}>{retryText}</Button>}
    {traceId && <Box className='error-trace'>问题编号 {traceId}</Box>}
  </Box>
}
