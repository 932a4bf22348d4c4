/** The one-time code of `wx.login`; undefined on H5, where one signs in through the province's page. */
export async function loginCode(): Promise<string | undefined> {
  return undefined
}

/** Leaves the app for a page of another party, such as the identity provider; H5 only. */
export function leaveFor(url: string): void {
  location.assign(url)
}

/** Whether the button says WeChat. */
export const signsInWithWechat: boolean = false
