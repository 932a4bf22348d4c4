import type { ClosePreview, Me, Notice, SessionList, Tokens, WechatLoginReply } from '../../contract/identity'
import { csrfToken, refreshToken } from '../session/tokens'
import { apiBase, call } from './client'

const own = { asOneself: true }

export type ConsentKind = Notice['sections'][number]['kind']

/** H5 goes to this address to sign in; the server keeps state and PKCE. */
export const loginUrl = (returnTo: string, purpose: 'login' | 'reauthenticate' = 'login') =>
  `${apiBase}/identity/login?purpose=${purpose}&return=${encodeURIComponent(returnTo)}`

export const readNotice = () => call<Notice>('get', '/identity/notice')
export const readMe = () => call<Me>('get', '/identity/me', undefined, own)
export const giveConsents = (version: string, kinds: ConsentKind[]) => call<Me>('post', '/identity/consents', { version, kinds }, own)
export const withdrawConsents = (kinds: ConsentKind[]) => call<Me>('post', '/identity/consents/withdraw', { kinds }, own)
/** All that signing in brought is deleted; illegal_transition for who has once agreed: that account is closed instead. */
export const declineConsents = () => call<null>('post', '/identity/consents/decline', undefined, own)
export const loginWithWechat = (code: string) => call<WechatLoginReply>('post', '/identity/wechat', { code }, { plain: true })
export const askReauthentication = () => call<{ url: string }>('post', '/identity/reauthentication', undefined, own)
export const listSessions = () => call<SessionList>('get', '/identity/sessions', undefined, own)
export const endSession = (id: string) => call<null>('delete', `/identity/sessions/${id}`, undefined, own)
export const logout = () => call<null>('post', '/identity/logout', undefined, own)
export const logoutOthers = () => call<null>('post', '/identity/logout-others', undefined, own)
export const previewClose = () => call<ClosePreview>('get', '/identity/account/close-preview', undefined, own)
export const closeAccount = () => call<null>('post', '/identity/account/close', { confirm: '注销账号' }, own)

/** H5: by the HttpOnly cookie, with the CSRF header; mini-program: by the token in memory. */
export function refresh(): Promise<Tokens> {
  const token = refreshToken()
  return call<Tokens>('post', '/identity/refresh', token ? { refreshToken: token } : {}, {
    plain: true,
    headers: { 'x-csrf-token': csrfToken() ?? 'fetch' }
  })
}
