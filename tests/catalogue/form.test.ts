import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { answerCombinations } from '../../domain/bundle/combinations'
import { evaluateOptional } from '../../domain/condition/evaluate'
import { factsOf } from '../../domain/condition/facts'
import type { Answers } from '../../domain/condition/types'
import type { FormField } from '../../domain/form/types'
import { loadCatalogue, resolveBundle } from '../../catalogue/load'

const result = loadCatalogue('catalogue/jiangyin')
assert.ok(result.ok)
const { catalogue } = result

/** 这样回答时看得见的字段。 */
function visible(id: string, answers: Answers): FormField[] {
  const bundle = catalogue.bundles[id]
  assert.ok(bundle)
  const facts = factsOf(bundle.questions, answers, [])
  const keys = bundle.matters.filter(node => !node.pick && evaluateOptional(node.when, facts).verdict === 'yes').map(node => node.key)
  const fields = bundle.form.flatMap(group => group.fields)
  return fields.filter(field => field.for.some(key => keys.includes(key)) && evaluateOptional(field.when, facts).verdict === 'yes')
}

describe('一张表单', () => {
  test('出生一件事最常见的路不超过 25 格，其中一半以上能预填', () => {
    const fields = visible('newborn', { born: 'here', hukou: 'jy', wed: 'married', ins: 'emp', sub: 'y' })
    assert.ok(fields.length <= 25, String(fields.length))
    assert.ok(fields.filter(field => field.prefill).length * 2 > fields.length)
  })

  for (const id of Object.keys(catalogue.bundles)) {
    test(`${id}：不论怎样回答，办每件事都有姓名、证件号、手机号可用`, () => {
      const bundle = catalogue.bundles[id]
      assert.ok(bundle)
      for (const answers of answerCombinations(bundle)) {
        const types = visible(id, answers).map(field => field.type)
        for (const type of ['personName', 'idNumber', 'phone'] as const)
          assert.ok(types.includes(type), `${JSON.stringify(answers)} 缺 ${type}`)
      }
    })

    test(`${id}：展开后一份就够设备用`, () => {
      const bundle = resolveBundle(catalogue, id)
      assert.ok(bundle)
      for (const node of bundle.matters) {
        const matter = bundle.matterOf[node.matter]
        assert.ok(matter && bundle.departmentOf[matter.department], node.key)
        for (const material of matter.materials) assert.ok(bundle.materialOf[material.id], material.id)
        if (matter.result.kind === 'licence') assert.ok(bundle.licenceTypeOf[matter.result.licenceType], node.key)
      }
    })
  }

  test('没有这件事时说没有', () => {
    assert.equal(resolveBundle(catalogue, 'no-such-bundle'), undefined)
  })
})
