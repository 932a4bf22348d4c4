import { Type, type Static } from 'typebox'

/**
 * 错误码总表：码 → HTTP 状态与中文标题（RFC 9457）。只有 server/errors.ts 据此写 application/problem+json；
 * 应用按 code 选说法（发生了什么、你填的还在不在、现在怎么办），从不匹配文字。
 */
export const problems = {
  bad_request: { status: 400, title: '请求不符合约定' },
  invalid_fields: { status: 422, title: '有几处需要改一下' },
  unauthenticated: { status: 401, title: '请先登录' },
  session_expired: { status: 401, title: '登录已过期' },
  session_reused: { status: 401, title: '登录凭证被重复使用，已退出' },
  reauthentication_required: { status: 403, title: '请再确认一次是你本人' },
  forbidden: { status: 403, title: '你不能查看或办理这一项' },
  consent_required: { status: 403, title: '请先阅读并同意隐私说明' },
  csrf_failed: { status: 403, title: '请求来源无法确认' },
  not_found: { status: 404, title: '没有找到' },
  draft_conflict: { status: 409, title: '这份草稿在别处改过' },
  draft_exists: { status: 409, title: '已有一份没办完的草稿' },
  draft_incomplete: { status: 409, title: '还有几项没有完成' },
  illegal_transition: { status: 409, title: '现在不能这样做' },
  invitation_closed: { status: 409, title: '这份邀请已经结束' },
  idempotency_mismatch: { status: 409, title: '同一次提交的内容前后不一致' },
  already_rated: { status: 409, title: '已经评价过了' },
  account_has_cases: { status: 409, title: '还有没办完的事，暂不能注销' },
  receipt_key_unknown: { status: 409, title: '这份回执不能认定为真' },
  catalogue_changed: { status: 409, title: '办事规则有更新，请重新核对' },
  gone: { status: 410, title: '已经失效' },
  file_too_large: { status: 413, title: '文件太大' },
  payload_too_large: { status: 413, title: '内容太长' },
  file_type_refused: { status: 415, title: '文件类型不支持' },
  file_damaged: { status: 422, title: '文件不完整或已损坏' },
  rate_limited: { status: 429, title: '操作太频繁' },
  code_locked: { status: 409, title: '苏服码暂时锁定' },
  delegation_closed: { status: 409, title: '这份授权已经结束' },
  beyond_delegation: { status: 403, title: '授权里没有这一项' },
  code_refused: { status: 409, title: '这个码在这里不能用' },
  licence_unclaimed: { status: 409, title: '这本证照还没有领取' },
  licence_unusable: { status: 409, title: '这本证照现在不能用' },
  signature_invalid: { status: 401, title: '签名无法核对' },
  upstream_unavailable: { status: 503, title: '对方系统暂时连不上' },
  not_ready: { status: 503, title: '服务还没准备好' },
  internal: { status: 500, title: '系统出错' }
} as const

export type ProblemCode = keyof typeof problems

export const FieldErrorSchema = Type.Object(
  { pointer: Type.String(), code: Type.String(), message: Type.String() },
  { additionalProperties: false }
)

/** RFC 9457 problem details，另带 code、traceId、逐字段错误、允许的动作与（冲突时）最新内容。 */
export const Problem = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.Optional(Type.String()),
    code: Type.Enum(Object.keys(problems) as ProblemCode[]),
    traceId: Type.String(),
    errors: Type.Optional(Type.Array(FieldErrorSchema)),
    allowedActions: Type.Optional(Type.Array(Type.String())),
    retryAfterSeconds: Type.Optional(Type.Integer()),
    current: Type.Optional(Type.Unknown({ description: '冲突时服务端的最新内容' }))
  },
  { additionalProperties: false }
)
export type Problem = Static<typeof Problem>
