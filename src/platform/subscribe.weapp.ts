import Taro from '@tarojs/taro'
import type * as H from './subscribe'

export const askSubscription: typeof H.askSubscription = async (templateIds) => {
  if (templateIds.length === 0) return 'unavailable'
  try {
    const answer: Record<string, unknown> = { ...await Taro.requestSubscribeMessage({ tmplIds: templateIds, entityIds: [] }) }
    return templateIds.some((id) => answer[id] === 'accept') ? 'accepted' : 'declined'
  } catch {
    return 'unavailable'
  }
}
