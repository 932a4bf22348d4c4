import { createHash } from 'node:crypto'
import type { DepartmentCallback, DispatchCase, DispatchedMaterial } from '../../contract/gateways/departments'
import type { MockKeys, PrivateJwk } from '../keys'
import { signRequest } from '../signature'

type DispatchedFile = DispatchedMaterial['files'][number]

/** Carries requests to the server, each signed by the department that it comes from. */
export class Courier {
  constructor(private readonly byDepartment: MockKeys['byDepartment']) {}

  /** Sends one event; true when the server has taken it (2xx). */
  async deliver(callbackUrl: string, event: DepartmentCallback): Promise<boolean> {
    const { method, url, headers, body } = await signRequest(this.keyOf(event.departmentId), 'POST', callbackUrl, event)
    try {
      const response = await fetch(url, { method, headers, body, signal: AbortSignal.timeout(10_000) })
      await response.arrayBuffer()
      return response.ok
    } catch {
      return false
    }
  }

  /** Fetches a material's file; whether size and digest are as dispatched, null when it could not be had. */
  async fetchFile(
    { callbackUrl, departmentId }: Pick<DispatchCase, 'callbackUrl' | 'departmentId'>, file: DispatchedFile
  ): Promise<boolean | null> {
    const { method, url, headers } = await signRequest(this.keyOf(departmentId), 'GET', new URL(file.href, callbackUrl).href)
    try {
      const response = await fetch(url, { method, headers, signal: AbortSignal.timeout(30_000) })
      const bytes = Buffer.from(await response.arrayBuffer())
      if (!response.ok) return null
      return bytes.length === file.bytes && createHash('sha256').update(bytes).digest('hex') === file.sha256.toLowerCase()
    } catch {
      return null
    }
  }

  private keyOf(departmentId: string): PrivateJwk {
    const key = this.byDepartment[departmentId]
    if (!key) throw new Error(`departments.yml does not know the department ${departmentId}`)
    return key
  }
}

/** Waits that double from one try to the next, bounded. */
export function retryDelay(attempt: number, paceMs: number): number {
  const first = Math.min(Math.max(paceMs, 5), 500)
  return Math.min(first * 2 ** attempt, first * 16)
}
