import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { plan } from '../../domain/bundle/plan'
import { instantOf } from '../../domain/time'
import { monday, question, sketchBundle } from './bundles'

describe('方案：办哪些、不办哪些、为什么', () => {
  const bundle = sketchBundle([
    { key: 'must' },
    { key: 'maybe', node: { when: { eq: ['place', 'here'] } } },
    { key: 'extra', node: { pick: true } },
    { key: 'extraHere', node: { pick: true, when: { eq: ['place', 'here'] } } }
  ], { questions: [question('place', ['here', 'there'])] })
  const keys = (list: { key: string }[]) => list.map(item => item.key)

  test('没答完：不知道的单列，不算在办的里面', () => {
    const result = plan(bundle, monday)
    assert.equal(result.verdict, 'incomplete')
    assert.deepEqual(result.missing, ['place'])
    assert.deepEqual(keys(result.matters), ['must'])
    assert.deepEqual(keys(result.undecided), ['maybe', 'extraHere'])
    assert.deepEqual(result.undecided[0]?.why, [{ text: '“place？”还没有回答', question: 'place' }])
  })

  test('答完：适用的写为什么适用，不适用的写差在哪里并能跳回那一题', () => {
    const here = plan(bundle, { ...monday, answers: { place: 'here' } })
    assert.equal(here.verdict, 'ready')
    assert.deepEqual(here.matters.find(({ key }) => key === 'maybe')?.why, [{ text: '“place？”你选的是「选项here」', question: 'place' }])
    const there = plan(bundle, { ...monday, answers: { place: 'there' } })
    assert.deepEqual(there.excluded.find(({ key }) => key === 'maybe'),
      { key: 'maybe', name: '事项maybe', optional: false, why: [{ text: '“place？”你选的是「选项there」，选「选项here」时才适用', question: 'place' }] })
  })

  test('可选的缺省不勾；不适用的可选不能勾', () => {
    const there = plan(bundle, { ...monday, answers: { place: 'there' }, picks: ['extra', 'extraHere'] })
    assert.deepEqual(keys(there.matters), ['must', 'extra'])
    assert.equal(there.excluded.find(({ key }) => key === 'extraHere')?.optional, false)
    const unpicked = plan(bundle, { ...monday, answers: { place: 'here' } })
    assert.equal(unpicked.excluded.find(({ key }) => key === 'extraHere')?.optional, true)
  })

  test('一件都不用办时说无需办理；拦下的先说为什么', () => {
    const optionalOnly = sketchBundle([{ key: 'a', node: { when: { eq: ['place', 'here'] } } }], { questions: bundle.questions })
    assert.equal(plan(optionalOnly, { ...monday, answers: { place: 'there' } }).verdict, 'nothing')
    const stopping = { ...bundle, stops: [{ when: { eq: ['place', 'there'] as [string, string] }, say: '不用来', blocking: true }] }
    const stopped = plan(stopping, { ...monday, answers: { place: 'there' } })
    assert.deepEqual([stopped.verdict, stopped.stops], ['stopped', [{ say: '不用来', blocking: true }]])
    const hinting = { ...bundle, stops: [{ when: { eq: ['place', 'there'] as [string, string] }, say: '提示', blocking: false }] }
    assert.equal(plan(hinting, { ...monday, answers: { place: 'there' } }).verdict, 'ready')
  })

  test('不显示的题留下的旧答案不作数', () => {
    const nested = sketchBundle([{ key: 'a', node: { when: { eq: ['sub', 'y'] } } }, { key: 'b' }], {
      questions: [question('place', ['here', 'there']), question('sub', ['y', 'n'], { show: { eq: ['place', 'here'] } })]
    })
    const result = plan(nested, { ...monday, answers: { place: 'there', sub: 'y' } })
    assert.deepEqual([result.verdict, keys(result.matters), result.missing], ['ready', ['b'], []])
  })
})

describe('方案：先后与剪枝', () => {
  const chain = (off: string[]) => sketchBundle([
    { key: 'a', days: 5 },
    { key: 'b', days: 3, node: { after: ['a'], when: off.includes('b') ? { any: [] } : { all: [] } } },
    { key: 'c', days: 2, node: { after: ['b'], when: off.includes('c') ? { any: [] } : { all: [] } } },
    { key: 'd', days: 1, node: { after: ['c', 'a'] } },
    { key: 'e', days: 0 }
  ])

  test('全都适用：去掉多余的边，分层并联', () => {
    const result = plan(chain([]), monday)
    assert.deepEqual(result.edges, [{ from: 'a', to: 'b' }, { from: 'b', to: 'c' }, { from: 'c', to: 'd' }])
    assert.deepEqual(result.layers, [['a', 'e'], ['b'], ['c'], ['d']])
    assert.deepEqual(result.criticalPath, ['a', 'b', 'c', 'd'])
    assert.equal(result.promise.workdays, 11)
  })

  test('B 不适用时 C 仍须等 A；连着剪掉两个也一样', () => {
    const one = plan(chain(['b']), monday)
    assert.deepEqual(one.edges, [{ from: 'a', to: 'c' }, { from: 'c', to: 'd' }])
    const two = plan(chain(['b', 'c']), monday)
    assert.deepEqual(two.edges, [{ from: 'a', to: 'd' }])
    assert.deepEqual(two.matters.find(({ key }) => key === 'd')?.after, ['a'])
    assert.equal(two.promise.workdays, 6)
  })
})

describe('方案：两个日子', () => {
  const on = (result: ReturnType<typeof plan>, key: string) => {
    const matter = result.matters.find(item => item.key === key)
    return [matter?.startDay, matter?.promisedDay, matter?.finishDay]
  }

  test('部门承诺首尾相接；预审只算进真正办完的日子', () => {
    const reviewed = { acceptOnReceipt: false }
    const bundle = sketchBundle([{ key: 'a', days: 3, ...reviewed }, { key: 'b', days: 2, ...reviewed, node: { after: ['a'] } }])
    const result = plan(bundle, monday)
    assert.deepEqual(on(result, 'a'), ['2026-11-23', '2026-11-26', '2026-11-27'])
    assert.deepEqual(on(result, 'b'), ['2026-11-26', '2026-11-30', '2026-12-02'])
    assert.deepEqual(result.promise, { workdays: 5, day: '2026-11-30', estimated: false })
    assert.deepEqual([result.finish.day, result.finish.workdays, result.finish.naturalDays], ['2026-12-02', 7, 9])
    assert.deepEqual(result.finish.includes, ['网上预审，每个环节 1 个工作日（演示）'])
  })

  test('特别程序不计承诺，计入办完；自然日到了周末，后一环节从工作日开始', () => {
    const bundle = sketchBundle([
      { key: 'a', days: 1, specialProcedures: [
        { kind: 'publicNotice', name: '公示', days: 5, unit: 'workday' },
        { kind: 'coolingOff', name: '冷静期', days: 30, unit: 'natural', when: { eq: ['way', 'agree'] } }
      ] },
      { key: 'b', days: 1, node: { after: ['a'] } }
    ], { questions: [question('way', ['agree', 'court'])] })
    const court = plan(bundle, { ...monday, answers: { way: 'court' } })
    assert.deepEqual(on(court, 'a'), ['2026-11-23', '2026-11-24', '2026-12-01'])
    assert.equal(court.finish.day, '2026-12-02')
    const agree = plan(bundle, { ...monday, answers: { way: 'agree' } })
    assert.deepEqual([agree.promise.workdays, agree.promise.day], [2, '2026-11-25'])
    assert.deepEqual(on(agree, 'a')[2], '2026-12-31')
    assert.deepEqual(agree.finish.includes, ['「事项a」的公示 5 个工作日', '「事项a」的冷静期 30 个自然日'])
    assert.equal(agree.finish.estimated, true)
  })

  test('下班后提交按下一工作日收件；15:30 后的即办件顺延次日', () => {
    const bundle = sketchBundle([{ key: 'a', days: 0 }])
    const finishAt = (time: string) => plan(bundle, { ...monday, now: instantOf('2026-11-27', time) }).finish.day
    assert.deepEqual(['15:00', '16:00', '17:30'].map(finishAt), ['2026-11-27', '2026-11-30', '2026-11-30'])
  })

  test('自然日时限不混进工作日的关键路径', () => {
    const limit = { statutory: 30, promised: 30, unit: 'natural' as const }
    const bundle = sketchBundle([{ key: 'cool', limit }, { key: 'b', days: 2, node: { after: ['cool'] } }])
    const result = plan(bundle, monday)
    assert.equal(result.promise.workdays, 2)
    assert.equal(on(result, 'cool')[1], '2026-12-23')
    assert.equal(result.promise.day, '2026-12-25')
  })

  test('没有承诺时限的事项不编日子，并写明未计入', () => {
    const result = plan(sketchBundle([{ key: 'a', days: null }, { key: 'b', days: 1 }]), monday)
    assert.deepEqual(on(result, 'a'), ['2026-11-23', null, null])
    assert.equal(result.finish.day, '2026-11-24')
    assert.deepEqual(result.finish.includes, ['「事项a」没有承诺时限，未计入'])
  })
})

describe('方案：省多少、收多少', () => {
  test('都由目录算出', () => {
    const bundle = sketchBundle([
      { key: 'a', days: 3, separateVisits: 2, fee: { amount: 1000, note: '工本费' } },
      { key: 'b', days: 4, separateVisits: 1, visitReason: '采集指纹' }
    ])
    const result = plan(bundle, monday)
    assert.deepEqual(result.savings, {
      applications: { single: 2, bundled: 1 }, materials: { single: 0, bundled: 0 },
      workdays: { single: 7, bundled: 4 }, visits: { single: 3, bundled: 1 }
    })
    assert.deepEqual(result.fees, [{ matter: '事项a', amount: 1000, note: '工本费' }])
  })

  test('同样的输入总得同样的方案，且是纯 JSON', () => {
    const bundle = sketchBundle([{ key: 'a', days: 3 }])
    const result = plan(bundle, monday)
    assert.deepEqual(JSON.parse(JSON.stringify(result)), result)
    assert.deepEqual(plan(bundle, monday), result)
  })
})
