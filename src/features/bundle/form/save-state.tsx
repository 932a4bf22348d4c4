import { Button, Icon } from '../../../components'
import { Box } from '../../../platform/host'
import type { FormFilling } from './use-form'

const words: Record<FormFilling['status'], string> = {
  saved: '已保存', waiting: '正在保存', saving: '正在保存', offline: '没网络，先存在手机上', failed: '有内容没有存上'
}

/** Whether what was typed is safe, in words. */
export function SaveState({ status, onRetry }: { status: FormFilling['status']; onRetry: () => void }) {
  const icon = status === 'saved' ? 'check' : status === 'offline' ? 'offline' : status === 'failed' ? 'warning' : 'upload'
  return <Box className='f-save'>
    <Box className='f-save-text' role='status' aria-live='polite'>
      <Icon name={icon} size='small' ink={status === 'saved' ? 'green' : status === 'failed' ? 'red' : 'ink-2'} />{words[status]}
    </Box>
    {status === 'failed' && <Button kind='quiet' onPress={onRetry}>再存一次</Button>}
  </Box>
}
