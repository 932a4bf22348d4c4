import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { answerCombinations } from '../../domain/bundle/combinations'
import { plan } from '../../domain/bundle/plan'
import type { Plan } from '../../domain/bundle/plan-types'
import type { ResolvedBundle } from '../../domain/bundle/types'
import type { Answers } from '../../domain/condition/types'
import { loadCatalogue, resolveBundle } from '../../catalogue/load'
import { monday } from './bundles'

const loaded = loadCatalogue('catalogue/jiangyin')
assert.ok(loaded.ok, loaded.ok ? '' : JSON.stringify(loaded.faults, null, 2))
const { catalogue } = loaded

/** 领域材料的校核表：题数、事项数、适用事项数的范围、关键路径承诺工作日的范围。 */
const table: [string, number, number, [number, number], [number, number]][] = [
  ['newborn', 5, 11, [1, 8], [0, 25]],
  ['retirement', 5, 11, [1, 7], [3, 35]],
  ['startup', 6, 8, [2, 8], [0, 1]]
]

const rangeOf = (numbers: number[]) => [Math.min(...numbers), Math.max(...numbers)]

function bundleOf(id: string): ResolvedBundle {
  const bundle = resolveBundle(catalogue, id)
  assert.ok(bundle, id)
  return bundle
}

/** 不论怎么答都该成立的事。 */
function assertSound(result: Plan, bundle: ResolvedBundle) {
  const position = new Map(result.layers.map((layer, depth) => layer.map(key => [key, depth] as const)).flat())
  assert.equal(position.size, result.matters.length)
  for (const { from, to } of result.edges) assert.ok((position.get(from) ?? 99) < (position.get(to) ?? -1), `${from} → ${to}`)
  assert.equal(result.matters.length + result.excluded.length, bundle.matters.length)
  for (const matter of result.matters) {
    assert.ok(matter.why.length > 0, matter.key)
    const { startDay, promisedDay, finishDay } = matter
    assert.ok(startDay && promisedDay && finishDay && startDay <= promisedDay && promisedDay <= finishDay, matter.key)
  }
  for (const excluded of result.excluded) assert.ok(excluded.why.length > 0, excluded.key)
  assert.ok(result.promise.day <= result.finish.day)
  assert.equal(new Set(result.materials.map(material => material.id)).size, result.materials.length)
  for (const { id, reason, neededBy } of result.materials) assert.ok(reason && neededBy.length > 0 && neededBy.every(({ why }) => why), id)
  for (const key of Object.keys(result.savings) as (keyof Plan['savings'])[]) {
    assert.ok(result.savings[key].bundled <= result.savings[key].single, `${key} ${JSON.stringify(result.savings[key])}`)
  }
}

describe('校核表：真实目录遍历全部答案组合', () => {
  for (const [id, questions, matters, applicable, critical] of table) {
    test(`${id}：适用 ${applicable.join('–')} 项，关键路径 ${critical.join('–')} 个工作日`, () => {
      const bundle = bundleOf(id)
      const plans = answerCombinations(bundle).map(answers => plan(bundle, { ...monday, answers }))
      assert.deepEqual([bundle.questions.length, bundle.matters.length], [questions, matters])
      assert.deepEqual(rangeOf(plans.map(result => result.matters.length)), applicable)
      assert.deepEqual(rangeOf(plans.map(result => result.promise.workdays)), critical)
      assert.deepEqual(new Set(plans.map(result => result.verdict)), new Set(['ready']))
    })

    test(`${id}：每种答案的方案都自洽`, () => {
      const bundle = bundleOf(id)
      const picks = bundle.matters.filter(node => node.pick).map(node => node.key)
      for (const answers of answerCombinations(bundle)) for (const chosen of [[], picks]) {
        assertSound(plan(bundle, { ...monday, answers, picks: chosen }), bundle)
      }
    })
  }
})

describe('还没有证件号的持有人名下，没有免提交', () => {
  for (const [id] of table) {
    test(`${id}：哪种答案都不许诺去查孩子、新设企业的共享数据与证照`, () => {
      const bundle = bundleOf(id)
      const brought = (['ward', 'company'] as const).filter(role => bundle[role])
      const isTheirs = ({ holder }: { holder: string }) => brought.some(role => role === holder)
      for (const answers of answerCombinations(bundle)) for (const at of [{ holdings: null }, { knownHolders: ['applicant' as const] }]) {
        const theirs = plan(bundle, { ...monday, ...at, answers }).materials.filter(isTheirs)
        for (const { id: material, state } of theirs) assert.notEqual(state, 'exempt', material)
      }
    })
  }

  test('孩子的证件照可传可容缺；新企业的用工备案要上传，场所证明还可以承诺；本人的照旧免交', () => {
    const found = (id: string, material: string, answers: Answers) => {
      const one = plan(bundleOf(id), { ...monday, answers }).materials.find(each => each.id === material)
      return [one?.state, one?.canDefer?.workdays ?? null, one?.canPromise]
    }
    const born = { born: 'here', hukou: 'jy', wed: 'single', ins: 'none', sub: 'n' }
    assert.deepEqual(found('newborn', 'photo-ward', born), ['upload', 10, false])
    const founding = { type: 'ltd', site: 'own', seal: 'set', emp: 'y', inv: 'n', bank: 'n' }
    assert.deepEqual(found('startup', 'labor', founding), ['upload', null, false])
    assert.deepEqual(found('startup', 'site', founding), ['upload', null, true])
    assert.deepEqual(found('retirement', 'ins', { kind: 'emp', mode: 'norm', pre: 'n', one: 'n', fund: 'n' }), ['exempt', null, false])
  })
})

describe('出生一件事的样例', () => {
  const bundle = bundleOf('newborn')
  const usual = { born: 'here', hukou: 'jy', wed: 'married', ins: 'emp', sub: 'y' }
  const keys = (result: Plan) => result.matters.map(({ key }) => key)

  test('本地医院出生、落户江阴、职工医保、领补贴：八项联办', () => {
    const result = plan(bundle, { ...monday, answers: usual })
    assert.equal(keys(result).length, 8)
    assert.equal(result.promise.workdays, 20)
  })

  test('未婚：不收结婚证，也不收另一方证件', () => {
    const ids = (wed: string) => plan(bundle, { ...monday, answers: { ...usual, wed } }).materials.map(({ materialId }) => materialId)
    assert.ok(ids('married').includes('marr') && ids('married').includes('idc-sp'))
    assert.ok(!ids('single').includes('marr') && !ids('single').includes('idc-sp'))
  })

  test('母亲的旧户口簿只用于落户，孩子参保只认新产出的一页', () => {
    const old = { licenceType: 'hukou', holder: 'applicant', status: 'valid', validTo: null } as const
    const result = plan(bundle, { ...monday, answers: usual, holdings: [old] })
    const books = result.materials.filter(({ licenceType }) => licenceType === 'hukou')
    const stateFor = (matter: string) => books.find(({ neededBy }) => neededBy.some(({ key }) => key === matter))?.state
    assert.deepEqual([stateFor('hk'), stateFor('med')], ['exempt', 'predecessor'])
  })
})
