import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { evaluate } from '../../domain/condition/evaluate'
import { explain } from '../../domain/condition/explain'
import { factsOf } from '../../domain/condition/facts'
import type { ConditionQuestion } from '../../domain/condition/facts'
import { satisfiable } from '../../domain/condition/satisfiable'
import type { Answers, Condition } from '../../domain/condition/types'

const questions: ConditionQuestion[] = [
  { id: 'hukou', text: '宝宝户口落在哪里？', options: [{ value: 'jy', label: '江阴' }, { value: 'js', label: '省内其他市' }] },
  {
    id: 'sub', text: '是否申领育儿补贴？', options: [{ value: 'y', label: '是' }, { value: 'n', label: '否' }],
    show: { eq: ['hukou', 'jy'] }
  },
  {
    id: 'asset', text: '需要处理哪些？', multiple: true,
    options: [{ value: 'fund', label: '公积金' }, { value: 'house', label: '不动产' }, { value: 'car', label: '机动车' }]
  },
  { id: 'age', text: '多少岁？', options: [] },
  {
    id: 'heir', text: '是否一致？', options: [{ value: 'y', label: '一致' }, { value: 'n', label: '有争议' }],
    show: { includes: ['asset', 'house'] }
  }
]
const verdict = (condition: Condition, answers: Answers, licences?: string[]) =>
  evaluate(condition, factsOf(questions, answers, licences)).verdict

describe('条件', () => {
  const rows: [string, Condition, Answers, string][] = [
    ['单选相等', { eq: ['hukou', 'jy'] }, { hukou: 'jy' }, 'yes'],
    ['单选不等', { eq: ['hukou', 'jy'] }, { hukou: 'js' }, 'no'],
    ['没答就是不知道', { eq: ['hukou', 'jy'] }, {}, 'unknown'],
    ['反问没答也是不知道', { ne: ['hukou', 'jy'] }, {}, 'unknown'],
    ['反问', { ne: ['hukou', 'jy'] }, { hukou: 'js' }, 'yes'],
    ['在其中', { in: ['hukou', ['jy', 'js']] }, { hukou: 'js' }, 'yes'],
    ['多选包含', { includes: ['asset', 'house'] }, { asset: ['fund', 'house'] }, 'yes'],
    ['多选答了但一项不选', { includes: ['asset', 'house'] }, { asset: [] }, 'no'],
    ['不小于', { gte: ['age', 60] }, { age: '60' }, 'yes'],
    ['不大于', { lte: ['age', 60] }, { age: '61' }, 'no'],
    ['之间', { between: ['age', 60, 79] }, { age: '80' }, 'no'],
    ['数字没填成数字', { gte: ['age', 0] }, { age: '六十' }, 'no'],
    ['数字填空串不当作零', { gte: ['age', 0] }, { age: '' }, 'no'],
    ['没显示的题判否', { eq: ['sub', 'y'] }, { hukou: 'js', sub: 'y' }, 'no'],
    ['没显示的题反问也判否', { ne: ['sub', 'y'] }, { hukou: 'js' }, 'no'],
    ['没显示的题在 not 之下也判否', { not: { eq: ['sub', 'y'] } }, { hukou: 'js' }, 'no'],
    ['显不显示还不知道时不知道', { eq: ['sub', 'y'] }, {}, 'unknown'],
    ['all 一否即否，不必等其余', { all: [{ eq: ['hukou', 'js'] }, { eq: ['age', '1'] }] }, { hukou: 'jy' }, 'no'],
    ['any 一是即是', { any: [{ eq: ['hukou', 'jy'] }, { eq: ['age', '1'] }] }, { hukou: 'jy' }, 'yes'],
    ['any 无是有未知即未知', { any: [{ eq: ['hukou', 'js'] }, { eq: ['age', '1'] }] }, { hukou: 'jy' }, 'unknown'],
    ['不是「两样都」：一样不是就成立', { not: { all: [{ eq: ['hukou', 'js'] }, { eq: ['age', '1'] }] } }, { hukou: 'jy', age: '1' }, 'yes'],
    ['不是「任一样」：有一样是就不成立', { not: { any: [{ eq: ['hukou', 'jy'] }, { eq: ['age', '2'] }] } }, { hukou: 'jy', age: '1' }, 'no'],
    ['空的 all 为是', { all: [] }, {}, 'yes'],
    ['空的 any 为否', { any: [] }, {}, 'no']
  ]
  for (const [title, condition, answers, expected] of rows) {
    test(title, () => assert.equal(verdict(condition, answers), expected))
  }

  test('证照：没查过为不知道，查过按有无', () => {
    const condition: Condition = { has_licence: 'hukou' }
    assert.equal(verdict(condition, {}), 'unknown')
    assert.equal(verdict(condition, {}, []), 'no')
    assert.equal(verdict(condition, {}, ['hukou']), 'yes')
  })

  const leaf = fc.constantFrom<Condition>(
    { eq: ['hukou', 'jy'] }, { ne: ['hukou', 'js'] }, { eq: ['sub', 'y'] }, { includes: ['asset', 'car'] }, { gte: ['age', 18] })
  const { condition } = fc.letrec<{ condition: Condition }>(tie => ({
    condition: fc.oneof({ maxDepth: 3 }, leaf,
      fc.array(tie('condition'), { maxLength: 3 }).map(all => ({ all })),
      fc.array(tie('condition'), { maxLength: 3 }).map(any => ({ any })),
      tie('condition').map(not => ({ not })))
  }))
  const answers = fc.record<Answers>({
    hukou: fc.constantFrom('jy', 'js'), sub: fc.constantFrom('y', 'n'), asset: fc.subarray(['fund', 'house', 'car']),
    age: fc.constantFrom('1', '18', '70')
  }, { requiredKeys: [] })

  test('性质：双重否定等于原话', () => {
    fc.assert(fc.property(condition, answers, (inner, given) => verdict({ not: { not: inner } }, given) === verdict(inner, given)))
  })

  test('性质：再答一题，是与否都不会改口（没改动已答的题）', () => {
    fc.assert(fc.property(condition, answers, fc.constantFrom('hukou', 'sub', 'asset', 'age'), (inner, given, dropped) => {
      const fewer = Object.fromEntries(Object.entries(given).filter(([key]) => key !== dropped))
      const before = verdict(inner, fewer)
      return before === 'unknown' || before === verdict(inner, given)
    }))
  })

  test('性质：决定结论的叶子都与结论同向', () => {
    fc.assert(fc.property(condition, answers, (inner, given) => {
      const result = evaluate(inner, factsOf(questions, given))
      return result.because.every(finding => finding.verdict === result.verdict)
    }))
  })
})

describe('解释', () => {
  const wording = { questions, licenceNames: { hukou: '居民户口簿' } }
  const say = (condition: Condition, given: Answers, licences?: string[]) =>
    evaluate(condition, factsOf(questions, given, licences)).because.map(finding => explain(finding, wording))

  test('说出问了什么、选了什么、差在哪里', () => {
    assert.deepEqual(say({ eq: ['hukou', 'jy'] }, { hukou: 'jy' }), ['“宝宝户口落在哪里？”你选的是「江阴」'])
    assert.deepEqual(say({ eq: ['hukou', 'jy'] }, { hukou: 'js' }), ['“宝宝户口落在哪里？”你选的是「省内其他市」，选「江阴」时才适用'])
    assert.deepEqual(say({ ne: ['hukou', 'jy'] }, { hukou: 'jy' }), ['“宝宝户口落在哪里？”你选的是「江阴」，选「江阴」时不适用'])
    assert.deepEqual(say({ not: { eq: ['hukou', 'jy'] } }, { hukou: 'jy' }), ['“宝宝户口落在哪里？”你选的是「江阴」，选「江阴」时不适用'])
    assert.deepEqual(say({ includes: ['asset', 'car'] }, { asset: [] }), ['“需要处理哪些？”你一项都没有选，选「机动车」时才适用'])
    assert.deepEqual(say({ gte: ['age', 60] }, { age: '50' }), ['“多少岁？”你选的是「50」，要求不小于 60'])
    assert.deepEqual(say({ eq: ['hukou', 'jy'] }, {}), ['“宝宝户口落在哪里？”还没有回答'])
    assert.deepEqual(say({ eq: ['sub', 'y'] }, { hukou: 'js' }), ['你的情况不涉及“是否申领育儿补贴？”'])
    assert.deepEqual(say({ has_licence: 'hukou' }, {}, []), ['你没有有效的「居民户口簿」'])
    assert.deepEqual(say({ not: { has_licence: 'hukou' } }, {}, ['hukou']), ['你持有有效的「居民户口簿」'])
  })

  test('all 为否时只说否的那几条', () => {
    assert.deepEqual(say({ all: [{ eq: ['hukou', 'jy'] }, { eq: ['sub', 'y'] }] }, { hukou: 'jy', sub: 'n' }),
      ['“是否申领育儿补贴？”你选的是「否」，选「是」时才适用'])
  })
})

describe('条件能否成立', () => {
  const rows: [Condition, string][] = [
    [{ eq: ['hukou', 'jy'] }, 'sometimes'],
    [{ eq: ['hukou', 'mars'] }, 'never'],
    [{ in: ['hukou', ['jy', 'js']] }, 'always'],
    [{ all: [{ eq: ['hukou', 'js'] }, { eq: ['sub', 'y'] }] }, 'never'],
    [{ any: [{ eq: ['sub', 'y'] }, { ne: ['sub', 'y'] }] }, 'sometimes'],
    [{ all: [{ includes: ['asset', 'car'] }, { not: { includes: ['asset', 'car'] } }] }, 'never'],
    [{ all: [{ includes: ['asset', 'car'] }, { includes: ['asset', 'fund'] }] }, 'sometimes'],
    [{ all: [{ eq: ['heir', 'y'] }, { not: { includes: ['asset', 'house'] } }] }, 'never'],
    [{ all: [{ gte: ['age', 60] }, { lte: ['age', 59] }] }, 'never'],
    [{ any: [{ gte: ['age', 60] }, { lte: ['age', 60] }] }, 'always'],
    [{ has_licence: 'hukou' }, 'sometimes'],
    [{ any: [{ has_licence: 'hukou' }, { not: { has_licence: 'hukou' } }] }, 'always'],
    [{ eq: ['nowhere', 'x'] }, 'never']
  ]
  for (const [condition, expected] of rows) {
    test(`${JSON.stringify(condition)} → ${expected}`, () => assert.equal(satisfiable(condition, questions), expected))
  }
})
