import {
  AnswerReading,
  CertifyDevice,
  CodeIssuer,
  CodeSceneList,
  CodeStatus,
  DeviceCertificate,
  IssuedCode,
  PendingReadingList
} from '../../../contract/codes'
import { IdParams, Nothing } from '../../../contract/wire'
import { acting } from '../../access'
import type { Deps } from '../../deps'
import { limits } from '../../http/limits'
import type { App } from '../../http/server'
import { answerReading, pendingReadings } from './awaited'
import { certifyDevice, codeIssuer } from './certificates'
import { codeStatus, issueCode } from './issue'
import { registerReaderRoutes } from './reader-routes'
import { codeScenes } from './scenes'

const tags = ['苏服码']
const locks = ['code_locked', 'reauthentication_required'] as const

/** The holder's code, and what registered readers ask of it. */
export function registerCodes(app: App, deps: Deps): void {
  app.post(
    '/codes',
    {
      config: { access: 'session', delegable: 'code', rateLimit: limits.code, problems: locks },
      schema: { summary: '给此刻代表的主体发一个 60 秒的苏服码；刷新就是再发一个', tags, response: { 201: IssuedCode } }
    },
    async (request, reply) => {
      reply.header('Cache-Control', 'no-store')
      return reply.code(201).send(await issueCode(deps, acting(request)))
    }
  )

  app.get(
    '/codes/:id',
    {
      config: { access: 'session', delegable: 'code' },
      schema: { summary: '这个码用过没有，谁在哪里为什么读的，谁在等你点头', tags, params: IdParams, response: { 200: CodeStatus } }
    },
    async (request) => codeStatus(deps, acting(request), request.params.id)
  )

  app.get(
    '/codes/pending-readings',
    {
      config: { access: 'session', delegable: 'code' },
      schema: { summary: '此刻等你点头的核码，不论在代表谁', tags, response: { 200: PendingReadingList } }
    },
    async (request) => ({ pending: await pendingReadings(deps, acting(request)) })
  )

  app.post(
    '/codes/pending-readings/:id/answer',
    {
      config: { access: 'session', delegable: 'code', problems: ['gone'] },
      schema: {
        summary: '同意或不同意一次核码；同意的那一刻再核对一遍权限，才读出这几格',
        tags,
        params: IdParams,
        body: AnswerReading,
        response: { 204: Nothing }
      }
    },
    async (request, reply) => {
      await answerReading(deps, acting(request), request.params.id, request.body.agree)
      return reply.code(204).send(null)
    }
  )

  app.post(
    '/codes/certificates',
    {
      config: {
        access: 'session',
        rateLimit: limits.certify,
        problems: [...locks, 'illegal_transition', 'beyond_delegation', 'session_expired']
      },
      schema: {
        summary: '给这台设备的钥匙签一张离线码证书：只证明身份，最长 24 小时，不超过登录的期限',
        tags,
        body: CertifyDevice,
        response: { 201: DeviceCertificate }
      }
    },
    async (request, reply) => {
      reply.header('Cache-Control', 'no-store')
      return reply.code(201).send(await certifyDevice(deps, acting(request), request.body))
    }
  )

  app.get(
    '/codes/issuer',
    {
      config: { access: 'public', rateLimit: limits.verify },
      schema: { summary: '离线验码要的全部：签发方的公钥，作废了还没到期的证书', tags, response: { 200: CodeIssuer } }
    },
    async (_request, reply) => {
      reply.header('Cache-Control', 'public, max-age=60')
      return codeIssuer(deps)
    }
  )

  app.get(
    '/codes/scenes',
    {
      config: { access: 'public' },
      schema: { summary: '在哪里亮码、给出什么、凭什么、留多久', tags, response: { 200: CodeSceneList } }
    },
    async (_request, reply) => {
      reply.header('Cache-Control', 'public, max-age=300')
      return codeScenes(deps)
    }
  )

  registerReaderRoutes(app, deps, tags)
}
