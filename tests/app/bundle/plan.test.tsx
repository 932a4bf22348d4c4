import { act, renderHook } from '@testing-library/react'
import type { PlanReply } from '../../../contract/bundles'
import type { Me } from '../../../contract/identity'
import { ApiError } from '../../../src/api/api-error'
import * as catalogue from '../../../src/api/catalogue'
import * as drafts from '../../../src/api/drafts'
import * as identity from '../../../src/api/identity'
import { keep } from '../../../src/api/kept'
import { usePlan } from '../../../src/features/bundle/plan/use-plan'
import { beginText } from '../../../src/features/bundle/plan-words'
import { restoreSession, signedOut } from '../../../src/session/session'
import Taro from '../stubs/taro'
import { draftOf } from './draft'

jest.mock('../../../src/api/catalogue')
jest.mock('../../../src/api/drafts')
jest.mock('../../../src/api/identity')

const offline = () => new ApiError('offline', 0)

beforeEach(() => {
  signedOut()
  Taro.navigateTo.mockClear()
  jest.mocked(catalogue.readPlan).mockResolvedValue({} as PlanReply)
})

/** The plan's page of somebody who is signed in, or was when there was still a network. */
async function planOf(isKnown: boolean) {
  if (isKnown) keep('me', { subjects: [{ id: 'self', role: 'self' }] } as Me, 1)
  jest.mocked(identity.refresh).mockRejectedValueOnce(offline())
  await restoreSession()
  const { result } = renderHook(() => usePlan('newborn', undefined))
  await act(async () => undefined)
  return result
}

test('断着网：登录过的人，按钮不再叫他登录；按下去如实说没有网，连上网照样开始', async () => {
  const plan = await planOf(true)
  expect(beginText(plan.current.status, undefined, 8)).toBe('连上网，开始填写（约 8 分钟）')
  jest.mocked(drafts.createDraft).mockRejectedValueOnce(offline())
  await act(() => plan.current.begin())
  expect(plan.current.problem).toContain('网络断了')
  expect(Taro.navigateTo).not.toHaveBeenCalled()

  jest.mocked(drafts.createDraft).mockResolvedValueOnce(draftOf(1))
  await act(() => plan.current.begin())
  expect(plan.current.problem).toBe('')
  expect(Taro.redirectTo).toHaveBeenCalledWith({ url: expect.stringContaining('/features/bundle/form/index?draft=') })
})

test('没有登录过的人，按钮先带他登录', async () => {
  const plan = await planOf(false)
  expect(beginText(plan.current.status, undefined, undefined)).toBe('登录后开始填写')
  await act(() => plan.current.begin())
  expect(Taro.navigateTo).toHaveBeenCalledWith({ url: expect.stringContaining('/features/identity/sign-in/index?return=') })
  expect(drafts.createDraft).not.toHaveBeenCalled()
})

test('正在改一份草稿的，按钮说接着填', () => {
  expect(['in', 'unreachable', 'out'].map((status) => beginText(status as 'in', 'd1', 8))).toEqual(Array(3).fill('按这个方案接着填'))
})
