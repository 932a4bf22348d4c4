import type { FastifyReply, FastifyRequest } from 'fastify'
import { setPagePolicy } from '../../http/security-headers'

/** WeChat's own script, without which a page in a web-view can't go back to the mini-program. */
const WECHAT_SCRIPT = 'https://res.wx.qq.com/open/js/jweixin-1.6.0.js'

export interface Closing {
  status?: number
  title: string
  text: string
  /** Goes back to the mini-program by itself. */
  back?: boolean
}

/** The small page on which a journey through the identity provider ends when it does not end in the app. */
export function sendPage(request: FastifyRequest, reply: FastifyReply, { status = 200, title, text, back = false }: Closing): FastifyReply {
  const wechat = /MicroMessenger/.test(request.headers['user-agent'] ?? '')
  setPagePolicy(request, reply, wechat ? new URL(WECHAT_SCRIPT).origin : '')
  const scripts = [...(wechat ? [WECHAT_SCRIPT] : []), ...(back ? ['/api/v1/identity/back.js'] : [])]
  return reply.code(status).type('text/html; charset=utf-8').send(`<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>
body { font: 17px/1.6 system-ui, sans-serif; color: #1d2129; background: #fff; margin: 0 auto; padding: 48px 24px; max-width: 480px }
h1 { font-size: 22px } a { color: #1a5fb4; display: inline-block; padding: 12px 0 }
</style></head>
<body><main><h1>${title}</h1><p role="status">${text}</p>${back ? '' : '<a href="/">回到首页</a>'}</main>
${scripts.map((source) => `<script src="${source}"></script>`).join('\n')}
</body></html>`)
}

/** A file of its own, because the page's policy forbids script in the page. */
export const backScript = `(function () {
  var miniProgram = window.wx && window.wx.miniProgram
  if (miniProgram) miniProgram.navigateBack({ delta: 1 })
})()
`
