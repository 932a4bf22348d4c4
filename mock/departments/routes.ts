import type { FastifyInstance, FastifyReply } from 'fastify'
import type { CaseMessage, DispatchCase } from '../../contract/gateways/departments'
import type { DataShare } from '../data-share/routes'
import { departmentJwks } from '../keys'
import type { MockKeys } from '../keys'
import { signedByServer } from '../signed-route'
import type { ServerKeys } from '../signed-route'
import { consolePage } from './console'
import { controlFromForm } from './console-form'
import type { Control } from './control'
import type { Desk } from './desk'

interface Parts {
  desk: Desk
  share: DataShare
  byDepartment: MockKeys['byDepartment']
  keys: ServerKeys
}

interface ToDepartment<Message> {
  Params: { departmentId: string }
  Body: Partial<Message>
}

const perCase = new Set<Control['action']>(
  ['accept', 'requestCorrection', 'stopClock', 'resumeClock', 'extend', 'refuse', 'reject', 'issue']
)

/** 部门审批系统替身的地址：收件、收补正、控制台、账本。 */
export function departmentRoutes(app: FastifyInstance, { desk, share, byDepartment, keys }: Parts): void {
  app.get('/mock/departments/jwks.json', async () => departmentJwks(byDepartment))

  app.post<ToDepartment<DispatchCase>>('/mock/departments/:departmentId/cases', async (request, reply) => {
    const { departmentId } = request.params
    if (desk.records.isDown(departmentId)) return down(reply)
    const { body } = request
    if (!isDispatch(body, departmentId)) return reply.code(400).send({ error: 'bad_dispatch' })
    if (!await signedByServer(request, reply, keys.at(new URL(body.callbackUrl).origin))) return reply
    const outcome = await desk.receiveCase(body)
    if (outcome === 'conflict') return reply.code(409).send({ error: 'case_already_dispatched' })
    return reply.code(202).send({ messageId: body.messageId })
  })

  app.post<ToDepartment<CaseMessage>>('/mock/departments/:departmentId/messages', async (request, reply) => {
    const { departmentId } = request.params
    if (desk.records.isDown(departmentId)) return down(reply)
    const { body } = request
    const file = desk.records.files.get(body.caseNo ?? '')
    if (!body.messageId || !body.caseNo || !body.kind) return reply.code(400).send({ error: 'bad_message' })
    if (file?.dispatch.departmentId !== departmentId) return reply.code(404).send({ error: 'unknown_case' })
    if (!await signedByServer(request, reply, keys.at(new URL(file.dispatch.callbackUrl).origin))) return reply
    await desk.receiveMessage(departmentId, body as CaseMessage)
    return reply.code(202).send({ messageId: body.messageId })
  })

  app.get('/mock/departments/ledger.json', async () => ledgerView(desk))

  app.post<{ Body: Control }>('/mock/departments/control', async (request, reply) => {
    const outcome = await carryOut(request.body, desk, share)
    const status = { done: 200, impossible: 409, unknown: 404 }[outcome]
    return reply.code(status).send({ outcome })
  })

  app.get<{ Querystring: { refresh?: string; outcome?: string } }>('/mock/departments', async (request, reply) =>
    reply.header('cache-control', 'no-store').type('text/html; charset=utf-8').send(consolePage(desk, share, request.query)))

  app.post<{ Body: Record<string, string> }>('/mock/departments/actions', async (request, reply) => {
    const control = controlFromForm(request.body)
    const outcome = await carryOut(control, desk, share)
    const anchor = control.caseNo ? `#${encodeURIComponent(control.caseNo)}` : ''
    return reply.redirect(`/mock/departments?outcome=${outcome}${anchor}`, 303)
  })
}

const down = (reply: FastifyReply) => reply.code(503).send({ error: 'department_down', detail: '部门审批系统（演示）宕机中' })

function isDispatch(body: Partial<DispatchCase>, departmentId: string): body is DispatchCase {
  const { messageId, caseNo, callbackUrl, materials, result, specialProcedures } = body
  return Boolean(messageId && caseNo && callbackUrl && URL.canParse(callbackUrl) && result) && body.departmentId === departmentId
    && Array.isArray(materials) && Array.isArray(specialProcedures)
}

async function carryOut(control: Control, desk: Desk, share: DataShare): Promise<'done' | 'impossible' | 'unknown'> {
  const { action, caseNo } = control
  if (perCase.has(action)) return desk.act(control, caseNo ?? '')
  if (caseNo && !desk.records.files.has(caseNo)) return 'unknown'
  switch (action) {
    case 'pauseScript':
    case 'continueScript': await desk.setScript(caseNo ?? null, action === 'continueScript'); return 'done'
    case 'down':
    case 'up': await desk.setDown(control.departmentId ?? null, action === 'down'); return 'done'
    case 'shareDown':
    case 'shareUp':
      if (!share.systems.includes(control.system ?? '')) return 'unknown'
      share.setDown(control.system ?? '', action === 'shareDown')
      return 'done'
    default: return 'unknown'
  }
}

/** 账本的样子：收到的消息（已去重）、每件发过的事件与送达情况、取到的文件。 */
function ledgerView(desk: Desk) {
  const { lines } = desk
  return {
    cases: lines.flatMap(line => line.kind === 'case' ? [line.message] : []),
    messages: lines.flatMap(line => line.kind === 'message' ? [{ departmentId: line.departmentId, ...line.message }] : []),
    events: [...desk.records.files.values()].flatMap(file => file.events),
    files: lines.flatMap(line => line.kind === 'file' ? [{ caseNo: line.caseNo, fileId: line.fileId, intact: line.intact }] : []),
    stages: Object.fromEntries([...desk.records.files].map(([caseNo, file]) => [caseNo, file.stage])),
    down: { all: desk.records.allDown, departments: [...desk.records.down] },
    scriptOn: desk.records.scriptOn
  }
}
