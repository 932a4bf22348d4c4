import { View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { useEffect } from 'react'
import type { PageHostProps } from './page-host'

export function PageHost({ title, className, head, children }: PageHostProps) {
  useEffect(() => {
    void Taro.setNavigationBarTitle({ title })
  }, [title])
  return <View className={className}>
    <View>{head}</View>
    <View className='page-main' role='main'>{children}</View>
  </View>
}

export const drawsOwnBar = false
