import type { MessageList } from '../../contract/messages'
import { call } from './client'

export const listMessages = (cursor?: string) => call<MessageList>('get', '/messages', undefined, { params: { cursor } })
export const readMessage = (id: string) => call<null>('post', `/messages/${id}/read`)
export const readAllMessages = () => call<null>('post', '/messages/read-all')
