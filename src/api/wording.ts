import type { ApiError, ErrorCode } from './api-error'
import { withHotline } from '../session/hotline'

/** 出错时给人看的三句话：发生了什么、你填的还在不在、现在怎么办。全应用只在这里选说法。 */
export interface Wording {
  what: string
  kept: string
  now: string
}

const safe = '你填的内容都还在。'
const words: Record<ErrorCode, Wording> = {
  offline: { what: '网络断了，请求没有送到', kept: `${safe}已打开过的内容可以继续看。`, now: '连上网后再试一次。' },
  cancelled: { what: '已取消', kept: safe, now: '需要时可以再来一次。' },
  file_unopened: {
    what: '文件取到了，这部手机打不开 PDF',
    kept: '这次下载记进了「谁看过我的信息」。',
    now: '请换一部手机，或在电脑上打开网页版下载。'
  },
  bad_request: { what: '这次请求有问题，没有办成', kept: safe, now: '请返回重进这一页；还不行请打 {hotline}。' },
  invalid_fields: { what: '有几处需要改一下', kept: '其余内容都已留着。', now: '请按标红的提示逐项修改。' },
  unauthenticated: { what: '还没有登录', kept: safe, now: '请先登录，登录后会回到这里。' },
  session_expired: { what: '登录已过期', kept: '草稿已存好，不会丢。', now: '请重新登录，登录后会回到这里。' },
  session_reused: {
    what: '为了安全，已把你退出登录',
    kept: '草稿已存好，不会丢。',
    now: '请重新登录；如果不是你本人操作，登录后点「退出其他设备」。'
  },
  reauthentication_required: { what: '签名前要再确认一次是你本人', kept: safe, now: '点「确认是我本人」。' },
  forbidden: { what: '这一项你不能查看或办理', kept: '没有任何内容被改动。', now: '请确认现在是替谁办事，或换一个身份再试。' },
  consent_required: { what: '还没有同意隐私说明', kept: '没有收集任何信息。', now: '请先阅读隐私说明，再决定是否同意。' },
  csrf_failed: { what: '为了安全，这次请求没有被接受', kept: safe, now: '请刷新这一页再试。' },
  not_found: { what: '没有找到这一项', kept: '没有任何内容被改动。', now: '它可能已经办完或被撤回，请到「进度」里看看。' },
  draft_conflict: { what: '这份草稿在别的窗口或手机上改过', kept: '两份内容都还在。', now: '请选择用哪一份继续。' },
  draft_exists: { what: '这件事你已有一份没办完的草稿', kept: '上次填的都还在。', now: '可以「继续上次」，也可以「重新开始」。' },
  draft_incomplete: { what: '还有几项没有完成，暂时不能提交', kept: safe, now: '请按清单逐项补上。' },
  illegal_transition: { what: '这一步现在不能做', kept: '没有任何内容被改动。', now: '进度可能刚刚变了，已为你刷新。' },
  invitation_closed: { what: '这份邀请已经结束', kept: '没有放出任何信息。', now: '如仍需要，请对方重新邀请。' },
  idempotency_mismatch: { what: '这次提交和刚才的内容不一致', kept: safe, now: '请回到核对页，看清内容后再提交。' },
  already_rated: { what: '这件事已经评价过了', kept: '原来的评价还在。', now: '' },
  account_has_cases: { what: '还有没办完的事，暂时不能注销', kept: '账号和办件都没有变化。', now: '等办完或撤回后再注销。' },
  receipt_key_unknown: {
    what: '这份回执不能认定为真',
    kept: '没有任何内容被改动。',
    now: '签名用的公钥不是我们公布的，请不要相信，可以打 {hotline} 反映。'
  },
  catalogue_changed: { what: '办事规则刚刚更新了', kept: safe, now: '请重新核对一遍再提交。' },
  gone: { what: '这个链接或凭证已经失效', kept: safe, now: '请返回重新操作。' },
  file_too_large: { what: '文件超过 20 MB', kept: '其他内容都还在。', now: '请压缩后再传，或改用拍照。' },
  payload_too_large: { what: '内容太长', kept: safe, now: '请缩短后再试。' },
  file_type_refused: { what: '这种文件不能上传', kept: '其他内容都还在。', now: '请上传 JPG、PNG、WebP 图片或 PDF。' },
  file_damaged: { what: '文件不完整或已损坏', kept: '其他内容都还在。', now: '请重新拍一张，或换一份文件。' },
  rate_limited: { what: '操作太频繁', kept: safe, now: '请稍等一会儿再试。' },
  code_locked: { what: '苏服码暂时锁定了', kept: '没有给出任何信息。', now: '核验失败太多次，为了安全先锁一会儿；急用请带身份证到窗口。' },
  delegation_closed: { what: '这份授权已经结束', kept: '没有给出任何信息。', now: '如仍需要，请对方重新授权。' },
  beyond_delegation: { what: '对方没有授权你办这一项', kept: '没有任何内容被改动。', now: '请对方把这一项加进授权，或换回本人。' },
  licence_unclaimed: { what: '这本证照还没有领取', kept: '没有任何内容被改动。', now: '回到证照列表，点「领取」。' },
  licence_unusable: { what: '这本证照现在不能用', kept: '没有给出任何信息。', now: '请看证照上写的原因；需要换发的，到发证机关办。' },
  code_refused: { what: '这个码在这里不能用', kept: '没有给出任何信息。', now: '请亮码人刷新后再亮一次。' },
  signature_invalid: { what: '签名核对不上', kept: '没有任何内容被改动。', now: '请重新操作。' },
  upstream_unavailable: { what: '对方部门的系统暂时连不上', kept: safe, now: '请过几分钟再试；急办可打 {hotline}。' },
  not_ready: { what: '服务正在启动', kept: safe, now: '请过一会儿再试。' },
  internal: { what: '系统出错了', kept: safe, now: '请再试一次；还不行请打 {hotline}。' }
}

export function wordingOf(error: ApiError): Wording {
  const { now, ...rest } = words[error.code]
  const wording = { ...rest, now: withHotline(now) }
  if (error.code === 'internal' && error.traceId)
    return { ...wording, now: withHotline(`请再试一次；还不行请打 {hotline}，并告诉对方问题编号 ${error.traceId}。`) }
  // Which part of what one wanted the delegation lacks is what to ask the other side for.
  return error.code === 'beyond_delegation' && error.detail ? { ...wording, now: `${error.detail}。` } : wording
}
