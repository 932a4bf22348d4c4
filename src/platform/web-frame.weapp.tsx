import { WebView } from '@tarojs/components'
import type { WebFrameProps } from './web-frame'

export function WebFrame({ src, onMessage }: WebFrameProps) {
  return <WebView src={src} onMessage={({ detail }) => onMessage?.(detail.data as unknown[])} />
}
