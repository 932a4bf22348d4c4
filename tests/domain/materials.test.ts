import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { plan } from '../../domain/bundle/plan'
import type { PlanInput } from '../../domain/bundle/plan'
import type { HolderConsentRule, HolderRole, MatterMaterial, Material, ResolvedBundle } from '../../domain/bundle/types'
import type { Holding } from '../../domain/licence/types'
import { material, monday, needs, question, sketchBundle } from './bundles'

const consent: HolderConsentRule = {
  fields: ['姓名'], purpose: '核对身份', validDays: 30,
  ways: {
    declined: { way: 'upload', say: '对方不同意，请上传' },
    unanswered: { way: 'window', say: '对方没有答复，请到窗口办' },
    unreachable: { way: 'upload', say: '联系不上，请上传' },
    deceased: { way: 'waive', say: '对方已故，不再收' }
  }
}
const card = material('idc', { kind: 'licence', licenceType: 'card' })
const share = material('ins', { kind: 'share', system: '社保库' })
const valid: Holding = { licenceType: 'card', holder: 'applicant', status: 'valid', validTo: null }

const planOne = (item: Material, ref: Partial<MatterMaterial> = {}, input: Partial<PlanInput> = {}) => {
  const bundle = sketchBundle([{ key: 'a', materials: [needs(item.id, ref)] }], { materials: [item] })
  const [found] = plan(bundle, { ...monday, ...input }).materials
  assert.ok(found)
  return found
}
const stateOf = (...args: Parameters<typeof planOne>) => planOne(...args).state

const ward: ResolvedBundle['ward'] = {
  nameField: 'n', sexField: 's', birthField: 'b', createdBy: ['a'], idNumberFrom: ['a'], idNumberFace: '号码'
}
const company: ResolvedBundle['company'] = { nameField: 'n', createdBy: ['a'], creditCodeFace: '代码' }

describe('材料怎么交', () => {
  test('电子证照：有效或临期即免提交，写明由哪一证替代', () => {
    const found = planOne(card, {}, { holdings: [valid] })
    assert.deepEqual([found.state, found.reason, found.canUpload], ['exempt', '已从证照库取得电子证照「某证」，免提交', false])
    assert.equal(stateOf(card, {}, { holdings: [{ ...valid, status: 'expiring' }] }), 'exempt')
  })

  test('没有、失效、或是别人的证照：要上传，理由各不同', () => {
    assert.match(planOne(card).reason, /没有查到/)
    const expired = planOne(card, {}, { holdings: [{ ...valid, status: 'expired' }] })
    assert.deepEqual([expired.state, expired.canUpload], ['upload', true])
    assert.match(expired.reason, /已失效/)
    assert.equal(stateOf(card, {}, { holdings: [{ ...valid, holder: 'spouse' }] }), 'upload')
  })

  test('没登录时说登录后核验', () => assert.match(planOne(card, {}, { holdings: null }).reason, /登录后/))

  test('数据共享免提交；这次没取到就降级为上传', () => {
    assert.deepEqual([stateOf(share), planOne(share).reason], ['exempt', '由社保库核验，免提交'])
    const missed = planOne(share, {}, { unavailable: ['ins'] })
    assert.deepEqual([missed.state, missed.reason], ['upload', '本次未能取得「材料ins」，请上传'])
  })

  test('表单填报、系统生成、上传', () => {
    assert.equal(stateOf(material('f', { kind: 'form' })), 'fill')
    assert.equal(stateOf(material('g', { kind: 'generated' })), 'generated')
    assert.equal(stateOf(material('u', { kind: 'upload' })), 'upload')
  })

  test('持有人不是本人：先请同意，四种不顺利各有出路', () => {
    const theirs = { ...card, holder: 'spouse' as const, consent }
    const asked = planOne(theirs)
    assert.deepEqual([asked.state, asked.canUpload, asked.consent], ['consent', true, { fields: ['姓名'], purpose: '核对身份', validDays: 30 }])
    const answered = (answer: 'granted' | keyof HolderConsentRule['ways']) => {
      const { state, reason } = planOne(theirs, {}, { consents: { idc: answer } })
      return [state, reason]
    }
    assert.equal(answered('granted')[0], 'exempt')
    assert.deepEqual(answered('declined'), ['upload', '对方不同意，请上传'])
    assert.deepEqual(answered('unanswered'), ['consent', '对方没有答复，请到窗口办'])
    assert.deepEqual(answered('unreachable'), ['upload', '联系不上，请上传'])
    assert.deepEqual(answered('deceased'), ['exempt', '对方已故，不再收'])
    assert.equal(stateOf(theirs, {}, { holdings: [{ ...valid, holder: 'spouse' }] }), 'exempt')
    assert.equal(stateOf(theirs, {}, { consents: { idc: 'granted' }, unavailable: ['idc'] }), 'upload')
  })

  test('可容缺到哪一天、可承诺；免提交的不谈容缺', () => {
    const open = planOne(material('u', { kind: 'upload' }), { deferDays: 10, promise: true })
    assert.deepEqual([open.canDefer, open.canPromise], [{ workdays: 10, until: '2026-12-07' }, true])
    assert.equal(open.reason, '没有可共享的数据，请上传「材料u」；也可先受理，12 月 7 日（周一）前补交；也可签告知承诺书代替')
    const exempt = planOne(share, { deferDays: 10, promise: true })
    assert.deepEqual([exempt.canDefer, exempt.canPromise], [null, false])
  })

  test('失信名单内不可承诺，并说明', () => {
    const barred = planOne(material('u', { kind: 'upload' }), { promise: true }, { promiseBarred: true })
    assert.equal(barred.canPromise, false)
    assert.match(barred.reason, /信用记录/)
  })
})

describe('持有人还没有证件号', () => {
  const photo = material('photo', { kind: 'share', system: '人像库' }, { holder: 'ward' })
  const birth = material('birth', { kind: 'licence', licenceType: 'card' }, { holder: 'ward' })
  const labor = material('labor', { kind: 'share', system: '用工库' }, { holder: 'company' })
  const planIn = (item: Material, bringing: Partial<ResolvedBundle>, input: Partial<PlanInput>, ref: Partial<MatterMaterial> = {}) => {
    const bundle = sketchBundle([{ key: 'a', materials: [needs(item.id, ref)] }], { materials: [item], ...bringing })
    const [found] = plan(bundle, { ...monday, ...input }).materials
    assert.ok(found)
    return found
  }
  const self: HolderRole[] = ['applicant']
  const visitor = { holdings: null }

  test('本件要带来的孩子：登不登录都说查不到、为什么，不许诺免交；可容缺的可以先办后补', () => {
    for (const input of [visitor, { knownHolders: self }]) {
      const found = planIn(photo, { ward }, input, { deferDays: 10 })
      assert.deepEqual([found.state, found.canUpload, found.canDefer?.workdays], ['upload', true, 10])
      assert.match(found.reason, /^孩子还没有身份证号，共享数据里查不到，请上传「材料photo」；也可先受理，.*前补交$/)
      assert.equal(planIn(photo, { ward }, input).canDefer, null)
    }
  })

  test('孩子已有身份证号：照常免交；没取到是另一回事', () => {
    const known: HolderRole[] = ['applicant', 'ward']
    assert.equal(planIn(photo, { ward }, { knownHolders: known }).state, 'exempt')
    assert.match(planIn(photo, { ward }, { knownHolders: known, unavailable: ['photo'] }).reason, /^本次未能取得/)
    assert.match(planIn(photo, { ward }, { knownHolders: self, unavailable: ['photo'] }).reason, /^孩子还没有身份证号/)
  })

  test('孩子的证照同样查不到；在这里签发过的仍然算数', () => {
    for (const input of [visitor, { knownHolders: self }]) {
      const found = planIn(birth, { ward }, input)
      assert.deepEqual([found.state, found.reason], ['upload', '孩子还没有身份证号，证照库里查不到，请上传「材料birth」'])
    }
    const issued: Holding = { ...valid, holder: 'ward' }
    assert.equal(planIn(birth, { ward }, { knownHolders: self, holdings: [issued] }).state, 'exempt')
    assert.match(planIn(birth, { ward }, { knownHolders: self, holdings: [{ ...issued, status: 'expired' }] }).reason, /已失效/)
  })

  test('新设的企业不是来办的那一家：代表谁都查不到它', () => {
    for (const input of [visitor, { knownHolders: self }, { knownHolders: [...self, 'company' as const] }]) {
      const found = planIn(labor, { company }, input)
      assert.deepEqual([found.state, found.reason], ['upload', '企业还没有登记，共享数据里查不到，请上传「材料labor」'])
    }
  })

  test('不带来谁的事：没登录时先按能查算；登录后不知道是哪个孩子、哪家企业，就如实说', () => {
    assert.deepEqual([planIn(photo, {}, visitor).state, planIn(labor, {}, visitor).state], ['exempt', 'exempt'])
    assert.match(planIn(photo, {}, { knownHolders: self }).reason, /^没有孩子的身份证号，/)
    assert.match(planIn(labor, {}, { knownHolders: self }).reason, /^没有企业的统一社会信用代码，/)
    assert.equal(planIn(labor, {}, { knownHolders: ['applicant', 'company'] }).state, 'exempt')
  })

  test('前一步办出来的证照不受影响：由前一步产出', () => {
    const issues = { kind: 'licence' as const, licenceType: 'card', holder: 'ward' as const }
    const bundle = sketchBundle(
      [{ key: 'a', result: issues }, { key: 'b', node: { after: ['a'] }, materials: [needs('birth')] }], { materials: [birth], ward }
    )
    assert.deepEqual(plan(bundle, { ...monday, ...visitor }).materials.map(({ state }) => state), ['predecessor'])
  })
})

describe('材料合并', () => {
  const issued = { kind: 'licence' as const, licenceType: 'card', holder: 'applicant' as const }

  test('多个事项要同一份只列一次；有一个不许容缺就不能容缺', () => {
    const upload = material('u', { kind: 'upload' })
    const bundle = sketchBundle([
      { key: 'a', materials: [needs('u', { deferDays: 10, promise: true })] },
      { key: 'b', materials: [needs('u', { deferDays: 5, promise: true })] },
      { key: 'c', materials: [needs('u')], node: { when: { eq: ['more', 'y'] } } }
    ], { materials: [upload], questions: [question('more', ['y', 'n'])] })
    const fewer = plan(bundle, { ...monday, answers: { more: 'n' } }).materials
    assert.equal(fewer.length, 1)
    assert.deepEqual(fewer[0]?.neededBy, [{ key: 'a', name: '事项a', why: '要u' }, { key: 'b', name: '事项b', why: '要u' }])
    assert.deepEqual([fewer[0]?.canDefer?.workdays, fewer[0]?.canPromise], [5, true])
    const more = plan(bundle, { ...monday, answers: { more: 'y' } })
    assert.deepEqual([more.materials[0]?.canDefer, more.materials[0]?.canPromise], [null, false])
    assert.deepEqual(more.savings.materials, { single: 3, bundled: 1 })
  })

  test('材料的附加条件不满足则不收', () => {
    const bundle = sketchBundle([{ key: 'a', materials: [needs('u')], node: { materialsWhen: { u: { eq: ['wed', 'y'] } } } }],
      { materials: [material('u', { kind: 'upload' })], questions: [question('wed', ['y', 'n'])] })
    assert.equal(plan(bundle, { ...monday, answers: { wed: 'y' } }).materials.length, 1)
    assert.equal(plan(bundle, { ...monday, answers: { wed: 'n' } }).materials.length, 0)
  })

  test('前置事项新产出的证照只认新版：手里的旧证不顶用；标明旧本的另列', () => {
    const bundle = sketchBundle([
      { key: 'issue', result: issued, materials: [needs('idc', { existing: true })] },
      { key: 'middle', node: { after: ['issue'] } },
      { key: 'use', node: { after: ['middle'] }, materials: [needs('idc')] },
      { key: 'aside', materials: [needs('idc')] }
    ], { materials: [card] })
    const listed = plan(bundle, { ...monday, holdings: [valid] }).materials
    const summary = listed.map(({ id, materialId, state }) => [id, materialId, state])
    assert.deepEqual(summary, [['idc', 'idc', 'exempt'], ['idc:new', 'idc', 'predecessor']])
    assert.deepEqual(listed[0]?.neededBy.map(({ key }) => key), ['issue', 'aside'])
    assert.deepEqual(listed[1]?.neededBy.map(({ key }) => key), ['use'])
    assert.match(listed[1]?.reason ?? '', /事项issue/)
  })

  test('排在产证之后却标明旧本的，认手里的旧证', () => {
    const bundle = sketchBundle([
      { key: 'issue', result: issued }, { key: 'use', node: { after: ['issue'] }, materials: [needs('idc', { existing: true })] }
    ], { materials: [card] })
    assert.deepEqual(plan(bundle, { ...monday, holdings: [valid] }).materials.map(({ id, state }) => [id, state]), [['idc', 'exempt']])
  })

  test('产出证照的事项这次不办，就认手里的', () => {
    const bundle = sketchBundle([
      { key: 'issue', result: issued, node: { when: { any: [] } } },
      { key: 'use', node: { after: ['issue'] }, materials: [needs('idc')] }
    ], { materials: [card] })
    const [listed] = plan(bundle, { ...monday, holdings: [valid] }).materials
    assert.deepEqual([listed?.id, listed?.state], ['idc', 'exempt'])
  })
})
