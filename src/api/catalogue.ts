import type { PlanReply } from '../../contract/bundles'
import type { BundleDetail, CatalogueIndex, Regions, SearchReply } from '../../contract/catalogue'
import type { Answers } from '../../domain/condition/types'
import { call } from './client'

export const readCatalogue = () => call<CatalogueIndex>('get', '/catalogue')
export const readBundle = (bundleId: string) => call<BundleDetail>('get', `/bundles/${bundleId}`)
export const readRegions = () => call<Regions>('get', '/regions')
export const search = (q: string) => call<SearchReply>('get', '/search', undefined, { params: { q } })
export const readPlan = (bundleId: string, answers: Answers, picks: string[]) =>
  call<PlanReply>('post', `/bundles/${bundleId}/plan`, { answers, picks })
