import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { answerCombinations } from '../../domain/bundle/combinations'
import { normaliseAnswers, questionProgress, unansweredQuestions, visibleQuestions } from '../../domain/bundle/questions'
import type { Answers } from '../../domain/condition/types'
import { question } from './bundles'

const bundle = {
  questions: [
    question('kind', ['emp', 'res']),
    question('mode', ['norm', 'ill'], { show: { eq: ['kind', 'emp'] } }),
    question('why', ['x', 'y'], { show: { eq: ['mode', 'ill'] } }),
    question('asset', ['fund', 'house', 'car'], { multiple: true })
  ]
}
const shown = (answers: Answers) => visibleQuestions(bundle, answers).map(({ id }) => id)

describe('情形引导', () => {
  test('答案分出支路：隔层的题一并显隐', () => {
    assert.deepEqual(shown({}), ['kind', 'asset'])
    assert.deepEqual(shown({ kind: 'emp' }), ['kind', 'mode', 'asset'])
    assert.deepEqual(shown({ kind: 'emp', mode: 'ill' }), ['kind', 'mode', 'why', 'asset'])
    assert.deepEqual(shown({ kind: 'res', mode: 'ill' }), ['kind', 'asset'])
  })

  test('整理答案：隐藏题的、选项外的、形状不对的、没有这道题的都丢掉', () => {
    assert.deepEqual(normaliseAnswers(bundle, { kind: 'res', mode: 'ill', why: 'x', asset: ['car', 'fund', 'car'], other: 'y' }),
      { kind: 'res', asset: ['fund', 'car'] })
    assert.deepEqual(normaliseAnswers(bundle, { kind: 'mars' }), {})
    assert.deepEqual(normaliseAnswers(bundle, { kind: ['emp'], asset: 'fund' }), {})
    assert.deepEqual(normaliseAnswers(bundle, { asset: [] }), { asset: [] })
    assert.deepEqual(normaliseAnswers(bundle, { mode: 'ill' }), {})
  })

  test('进度：总题数随支路增减，指到下一题', () => {
    assert.deepEqual(questionProgress(bundle, {}), { answered: 0, total: 2, next: 'kind' })
    assert.deepEqual(questionProgress(bundle, { kind: 'emp', asset: [] }), { answered: 2, total: 3, next: 'mode' })
    assert.deepEqual(questionProgress(bundle, { kind: 'res', asset: [] }), { answered: 2, total: 2, next: null })
    assert.deepEqual(unansweredQuestions(bundle, { kind: 'emp' }), ['mode', 'asset'])
  })

  test('性质：整理一次与两次相同', () => {
    const answers = fc.record<Answers>({
      kind: fc.constantFrom('emp', 'res', '?'), mode: fc.constantFrom('norm', 'ill'), why: fc.constantFrom('x', 'y'),
      asset: fc.array(fc.constantFrom('fund', 'car', '?'))
    }, { requiredKeys: [] })
    fc.assert(fc.property(answers, given => {
      const once = normaliseAnswers(bundle, given)
      assert.deepEqual(normaliseAnswers(bundle, once), once)
    }))
  })

  test('遍历答案组合：单选全取，多选取无、逐个、全选，不显示的不答', () => {
    const rows = answerCombinations(bundle)
    assert.equal(rows.length, (1 + 1 + 2) * 5)
    assert.ok(rows.every(row => unansweredQuestions(bundle, row).length === 0))
    assert.ok(rows.every(row => JSON.stringify(normaliseAnswers(bundle, row)) === JSON.stringify(row)))
    assert.equal(new Set(rows.map(row => JSON.stringify(row))).size, rows.length)
  })
})
