import { RootPortal, View } from '@tarojs/components'
import type { LayerProps } from './layer'

export function Layer({ labelledBy, className, layerClass, children }: LayerProps) {
  return <RootPortal>
    <View className={layerClass} catchMove>
      <View className={className} role='dialog' aria-modal aria-labelledby={labelledBy}>{children}</View>
    </View>
  </RootPortal>
}
