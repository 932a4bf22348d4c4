import { afterEach, beforeEach } from 'node:test'
import type { CaseMessage, DepartmentCallback, DispatchCase } from '../../contract/gateways/departments'
import type { MockConfig } from '../../mock/config'
import { startMock, until } from './running'
import type { RunningMock } from './running'
import { startServerEnd } from './server-end'
import type { ServerEnd } from './server-end'

interface LedgerView {
  cases: DispatchCase[]
  messages: CaseMessage[]
  events: { event: DepartmentCallback; state: string }[]
  files: { fileId: string; intact: boolean }[]
  stages: Record<string, string>
}

export let mock: RunningMock
export let server: ServerEnd

/** Every test of the file gets a server's end and stand-ins of its own; `start` brings the stand-ins up. */
export function freshForEachTest(): void {
  beforeEach(async () => {
    server = await startServerEnd(() => mock.origin)
  })
  afterEach(async () => {
    await mock.remove()
    await server.close()
  })
}

export async function start(settings: Partial<MockConfig> = {}): Promise<void> {
  mock = await startMock({ serverOrigin: server.origin, ...settings })
}

export const dispatch = (message: DispatchCase) => server.post(`${mock.origin}/mock/departments/${message.departmentId}/cases`, message)
export const ledger = async () => await (await fetch(`${mock.origin}/mock/departments/ledger.json`)).json() as LedgerView
export const typesOf = (caseNo: string) => server.callbacks.filter(event => event.caseNo === caseNo).map(event => event.type)
export const arrived = (caseNo: string, type: DepartmentCallback['type']) => until(() => typesOf(caseNo).includes(type))
export const control = (command: object) => fetch(`${mock.origin}/mock/departments/control`, {
  method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(command)
})

export function messageOf(caseNo: string, kind: CaseMessage['kind'], messageId = `${kind}-${caseNo}`): CaseMessage {
  return { messageId, caseNo, kind, values: {}, materials: [], note: null }
}
export const send = (message: CaseMessage) => server.post(`${mock.origin}/mock/departments/health/messages`, message)
