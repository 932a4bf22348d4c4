/** H5 signs in by leaving for the identity provider and coming back; the mini-program by wx.login and a web-view. */
export const signsInByRedirect: boolean = true

export function leaveFor(url: string): void {
  window.location.assign(url)
}

/** The code that the server exchanges with WeChat; only in the mini-program. */
export function wechatCode(): Promise<string> {
  return Promise.reject(new Error('no WeChat here'))
}
