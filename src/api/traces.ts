import type { ObjectToTrace, Trace, TraceList, TraceQuery } from '../../contract/traces'
import type { Static } from 'typebox'
import { call } from './client'

export type TraceSift = NonNullable<Static<typeof TraceQuery>['of']>

/** The traces of a subject, whomever one acts for otherwise. */
export const listTraces = (subjectId: string, of: TraceSift | undefined, cursor?: string) =>
  call<TraceList>('get', '/traces', undefined, { params: { of, cursor }, headers: { 'x-acting-for': subjectId } })
export const readTrace = (id: string) => call<Trace>('get', `/traces/${id}`)
export const objectTo = (id: string, text: string) =>
  call<Trace>('post', `/traces/${id}/objection`, (text ? { text } : {}) satisfies Static<typeof ObjectToTrace>)
