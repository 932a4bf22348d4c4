/** 校验通过：给出整理后的写法（去空白、统一大小写）。 */
export interface Accepted {
  ok: true
  value: string
}

/** 校验不通过：code 供程序判断，message 说清哪里不对、怎么改。 */
export interface Refused {
  ok: false
  code: string
  message: string
}

export type Checked = Accepted | Refused

export const refuse = (code: string, message: string): Refused => ({ ok: false, code, message })
