import { describe, test } from 'node:test'
import assert from 'node:assert/strict'
import { at, bundle, only, set } from './expect'
import { faultsAfter } from './small'

describe('目录校验：先后与条件', () => {
  test('前置绕圈，把圈写出来', () => {
    const fault = only(
      faultsAfter(files => {
        set(files['matters/enrol.yml'], { materials: [] })
        set(at(files, bundle).matters?.[0], { after: ['second'] })
      }),
      bundle,
      'matters.0.after',
      /绕成一圈/
    )
    assert.match(fault.problem, /first → second → first/)
  })

  for (const [title, when, key, problem] of [
    ['没有的题目', { eq: ['near', 'y'] }, 'matters.0.when.eq', /没有题目「near」/],
    ['没有的选项', { in: ['far', ['y', 'maybe']] }, 'matters.0.when.in', /没有选项「maybe」/],
    ['没有的证照', { has_licence: 'pass' }, 'matters.0.when.has_licence', /证照类型「pass」不存在/],
    ['单选题用 includes', { includes: ['far', 'y'] }, 'matters.0.when.includes', /单选/],
    ['自相矛盾', { all: [{ eq: ['far', 'y'] }, { eq: ['far', 'n'] }] }, 'matters.0.when', /永远不会成立/],
    ['与出现条件矛盾', { all: [{ eq: ['far', 'n'] }, { ne: ['how', 'car'] }] }, 'matters.0.when', /永远不会成立/]
  ] as const) {
    test(`节点条件：${title}`, () => {
      only(
        faultsAfter(files => set(at(files, bundle).matters?.[0], { when })),
        bundle,
        key,
        problem
      )
    })
  }

  test('劝阻的条件引用没有的题目', () => {
    only(
      faultsAfter(files => set(at(files, bundle).stops?.[0], { when: { eq: ['hwo', 'car'] } })),
      bundle,
      'stops.0.when.eq',
      /没有题目「hwo」/
    )
  })

  test('出现条件引用后面的题目', () => {
    only(
      faultsAfter(files => set(at(files, bundle).questions?.[0], { show: { eq: ['how', 'car'] } })),
      bundle,
      'questions.0.show.eq',
      /后面的题目/
    )
  })

  test('材料的条件与节点的条件碰不到一起', () => {
    only(
      faultsAfter(files => set(at(files, bundle).matters?.[0], { materialsWhen: { 'own-card': { eq: ['far', 'n'] } } })),
      bundle,
      'matters.0.materialsWhen.own-card',
      /不可能同时成立/
    )
  })

  test('字段的条件与用到它的节点碰不到一起', () => {
    only(
      faultsAfter(files => set(at(files, bundle).form?.[0]?.fields?.[0], { for: ['first'], when: { eq: ['far', 'n'] } })),
      bundle,
      'form.0.fields.0.when',
      /不可能同时成立/
    )
  })
})

describe('目录校验：兄弟事项新签发的证照', () => {
  test('用到它却没排在后面', () => {
    const fault = only(
      faultsAfter(files => set(at(files, bundle).matters?.[1], { after: [] })),
      bundle,
      'matters.1.after',
      /没排在它后面/
    )
    assert.match(fault.mend, /existing/)
  })

  test('标了 existing（确指旧版本）就不算毛病', () => {
    assert.deepEqual(
      faultsAfter(files => {
        set(at(files, bundle).matters?.[1], { after: [] })
        set(at(files, 'matters/enrol.yml').materials?.[0], { existing: true })
      }),
      []
    )
  })

  test('两者不会同时适用就不算毛病', () => {
    assert.deepEqual(
      faultsAfter(files => set(at(files, bundle).matters?.[1], { after: [], when: { eq: ['far', 'n'] } })),
      []
    )
  })

  test('隔着一个节点排在后面也算排在后面', () => {
    assert.deepEqual(
      faultsAfter(files => {
        set(files[bundle], {
          matters: [
            { key: 'first', matter: 'grant' },
            { key: 'middle', matter: 'grant', after: ['first'] },
            { key: 'second', matter: 'enrol', after: ['middle'] }
          ]
        })
      }),
      []
    )
  })
})
