import { Box } from '../platform/host'
import { useOnline } from '../platform/network'
import { Icon } from './icon'
import './offline-bar.scss'

/** Says that there is no network and what still works; the region stays mounted, so that a screen reader hears the change. */
export function OfflineBar({ text = '没有网络。看过的内容还能看，填的内容先存在手机上。' }: { text?: string }) {
  const online = useOnline()
  return <Box className={online ? '' : 'offline-bar'} role='status' aria-live='polite'>
    {!online && <><Icon name='offline' ink='amber' size='small' />{text}</>}
  </Box>
}
