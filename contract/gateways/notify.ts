/** 微信小程序服务端接口与短信网关的报文形状（微信按公开接口文档；短信为演示网关）。 */
export interface Code2SessionReply {
  openid?: string
  session_key?: string
  unionid?: string
  errcode?: number
  errmsg?: string
}
export interface WechatTokenReply {
  access_token?: string
  expires_in?: number
  errcode?: number
  errmsg?: string
}
/** POST /cgi-bin/message/subscribe/send?access_token= */
export interface SubscribeMessage {
  touser: string
  template_id: string
  page: string
  data: Record<string, { value: string }>
  miniprogram_state: 'formal' | 'developer'
}
export interface WechatReply {
  errcode: number
  errmsg: string
}
/** POST {sms}/send，RFC 9421 签名；messageId 重复只发一次。 */
export interface SmsRequest {
  messageId: string
  phone: string
  template: string
  params: Record<string, string>
}
export interface SmsReply {
  messageId: string
  accepted: boolean
}
/** GET /mock/identity/demo-identities：演示身份一览（只在演示模式）。 */
export interface DemoIdentity {
  key: string
  displayName: string
  idNumber: string
  role: string
  about: string
}
