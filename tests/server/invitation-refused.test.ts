import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Draft } from '../../contract/drafts'
import type { InvitationList } from '../../contract/invitations'
import type { Problem } from '../../contract/problems'
import { founder } from './cases'
import { answers, inviting, wish } from './inviting'
import { api } from './journey'
import { signIn } from './sign-in'
import { mother, stranger } from './world'

describe('邀请不当：拒绝', () => {
  const scene = inviting()

  for (const [what, change, pointer] of [
    ['姓名里有表情', { holderName: '陈😀' }, '/holderName'],
    ['身份证号校验位不对', { holderIdNumber: '320281199302020019' }, '/holderIdNumber'],
    ['出生日期在未来', { holderIdNumber: '320281203002020018' }, '/holderIdNumber'],
    ['填了自己', { holderName: mother.name, holderIdNumber: mother.idNumber }, '/holderIdNumber'],
    ['与结婚证上的不是同一个人', { holderName: stranger.name, holderIdNumber: stranger.idNumber }, '/holderIdNumber'],
    ['不需要别人同意的材料', { materialIds: ['idc'] }, '/materialIds/0'],
    ['没有的材料', { materialIds: ['idc-sp', 'evil'] }, '/materialIds/1']
  ] as const) {
    test(`${what}：拒绝并指明`, async () => {
      const problem = await scene.invite<Problem>({ ...wish, ...change }, 422)
      assert.ok(
        problem.errors?.some((error) => error.pointer === pointer),
        JSON.stringify(problem.errors)
      )
    })
  }

  test('不相干的人：看不到、答不了、收不了，也不能替别人的草稿邀请', async () => {
    const { id } = await scene.invite()
    const { browser } = await signIn(scene.world, stranger)
    await api(browser, 'GET', `/invitations/${id}`, undefined, 404)
    await api(browser, 'POST', `/invitations/${id}/answer`, { answer: 'grant' }, 404)
    await api(browser, 'POST', `/invitations/${id}/close`, { reason: 'cancelled' }, 404)
    await api(browser, 'POST', `/drafts/${scene.draft.id}/invitations`, wish, 404)
    await api(scene.applicant, 'POST', `/invitations/${id}/answer`, { answer: 'grant' }, 404)
    assert.deepEqual((await api<InvitationList>(browser, 'GET', '/invitations')).received, [])
  })

  test('一小时最多邀请二十次，再多就说过多久再来；别的账号不受影响', async () => {
    const { browser } = await signIn(scene.world, founder)
    const own = await api<Draft>(browser, 'POST', '/drafts', { bundleId: 'newborn', answers, restart: true }, 201)
    const ask = () => browser.send({ method: 'POST', url: `/api/v1/drafts/${own.id}/invitations`, payload: wish })
    for (let time = 0; time < 20; time++) assert.equal((await ask()).statusCode, 201)
    const refused = await ask()
    const problem = refused.json<{ code: string; detail: string; retryAfterSeconds: number }>()
    assert.deepEqual([refused.statusCode, problem.code], [429, 'rate_limited'])
    assert.match(problem.detail, /请 \d+ 分钟后再试/)
    assert.ok(problem.retryAfterSeconds > 60 && problem.retryAfterSeconds <= 3600)
    await scene.invite()
  })
})
