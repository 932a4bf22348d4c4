import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { RatingForm } from '../../contract/ratings'
import { applyFor, followed, foldsHold, founder, problemOf, type Applied } from './cases'
import { api, finishAll, readCase } from './journey'
import { signIn } from './sign-in'
import { startWorld, stranger, type World } from './world'

describe('好差评', () => {
  let world: World
  let applied: Applied
  let ids: string[]
  before(async () => {
    world = await startWorld()
    applied = await applyFor(world, founder, 'retirement', { kind: 'res', pre: 'n', one: 'n', fund: 'n' })
    ids = (await applied.read()).cases.map(({ id }) => id)
  })
  after(async () => {
    await foldsHold(world)
    await world.close()
  })

  const given = { grade: 'good', tags: [], text: '', anonymous: true }
  const put = (id: string | undefined, payload: object) =>
    applied.browser.send({ method: 'PUT', url: `/api/v1/cases/${id}/rating`, payload })
  const form = (id: string | undefined) => api<RatingForm>(applied.browser, 'GET', `/cases/${id}/rating`)

  test('没办结不能评', async () => {
    problemOf(await put(ids[0], given), 409, 'illegal_transition')
    const { open, rating, grades } = await form(ids[0])
    assert.deepEqual([open, rating, grades.length], [false, null, 5])
  })

  test('五级没有缺省；差评要选标签、写够字；标签得是这一级的；多余的字段不收', async () => {
    await finishAll(world)
    const { grades, minBadText } = await form(ids[0])
    const bad = grades.find((each) => each.bad)
    const good = grades.find((each) => !each.bad)
    assert.ok(bad && good)
    const tagOf = ({ tags }: RatingForm['grades'][number]) => tags[0]?.id ?? ''
    const pointers = async (payload: object) =>
      problemOf(await put(ids[0], { ...given, ...payload }), 422, 'invalid_fields').errors?.map(({ pointer }) => pointer)
    assert.deepEqual(await pointers({ grade: bad.grade }), ['/tags', '/text'])
    assert.deepEqual(await pointers({ grade: bad.grade, tags: [tagOf(bad)], text: '差'.repeat(minBadText - 1) }), ['/text'])
    assert.deepEqual(await pointers({ grade: good.grade, tags: [tagOf(bad)] }), ['/tags/0'])
    for (const payload of [
      { ...given, grade: undefined },
      { ...given, stars: 5 },
      { ...given, grade: 'best' }
    ]) {
      const reply = await put(ids[0], payload)
      assert.ok([400, 422].includes(reply.statusCode), reply.body)
    }
    assert.equal((await form(ids[0])).rating, null)
  })

  test('同时点两下只评一次；原样再来不算改；改一次可以，再改不行', async () => {
    const taps = await Promise.all([put(ids[0], given), put(ids[0], given), put(ids[0], given)])
    for (const reply of taps) assert.equal(reply.statusCode, 200, reply.body)
    const first = await form(ids[0])
    assert.deepEqual([first.rating?.grade, first.rating?.anonymous, first.rating?.canChange], ['good', true, true])
    const detail = await readCase(applied.browser, ids[0] ?? '')
    assert.equal(detail.timeline.filter(({ type }) => type === 'rated').length, 1)
    assert.ok(detail.rated && !detail.allowedActions.includes('rate'))
    assert.equal((await put(ids[0], { ...given, grade: 'very_good' })).statusCode, 200)
    assert.equal((await form(ids[0])).rating?.canChange, false)
    problemOf(await put(ids[0], given), 409, 'already_rated')
    assert.equal((await put(ids[0], { ...given, grade: 'very_good' })).statusCode, 200, '丢了答复再发一遍，不算改')
    assert.equal((await form(ids[0])).rating?.grade, 'very_good')
  })

  test('评价的文字密封存放；别人的办件评不了', async () => {
    const text = '窗口说得很清楚，一次就办好了'
    assert.equal((await put(ids[1], { ...given, text })).statusCode, 200)
    const { rows } = await world.deps.pool.query<{ text_sealed: Buffer }>('select text_sealed from rating where case_id = $1', [ids[1]])
    assert.ok(!rows[0]?.text_sealed.toString('utf8').includes('窗口'))
    const { browser } = await signIn(world, stranger)
    problemOf(await browser.send({ method: 'PUT', url: `/api/v1/cases/${ids[1]}/rating`, payload: given }), 404, 'not_found')
    problemOf(await browser.send({ method: 'GET', url: `/api/v1/cases/${ids[1]}/rating` }), 404, 'not_found')
  })

  test('过了期限不能评也不能改', async () => {
    const { until } = await form(ids[1])
    world.setNow(Date.parse(until ?? '') - 1)
    const later = followed(world, (await signIn(world, founder)).browser, applied.submissionId)
    applied = later
    assert.equal((await form(ids[1])).open, true)
    world.setNow(Date.parse(until ?? ''))
    assert.equal((await form(ids[1])).open, false)
    problemOf(await put(ids[1], { ...given, grade: 'fair' }), 409, 'illegal_transition')
  })
})
