import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { plan } from '../../domain/bundle/plan'
import type { Material } from '../../domain/bundle/types'
import { grantedFace, grantTerms, type GrantedType } from '../../domain/licence/grant-terms'
import type { FaceField } from '../../domain/licence/types'
import { material, monday, needs, sketchBundle } from './bundles'

const field = (name: string, sensitivity: FaceField['sensitivity'] = 1): FaceField => ({ name, type: 's', sensitivity })
const card: GrantedType = { id: 'card', name: '某证', face: [field('姓名'), field('号码', 2), field('照片', 2), field('有效期', 0)] }
const source = { kind: 'licence', licenceType: 'card' } as const

/** 两个事项都要这一份材料的一件事，签名时授权些什么。 */
function termsOf(item: Material, held: string[] | null) {
  const matters = ['a', 'b', 'c'].map(key => ({ key, materials: key === 'c' ? [] : [needs(item.id)] }))
  const { matters: planned, materials } = plan(sketchBundle(matters, { materials: [item] }), {
    ...monday, holdings: [{ licenceType: 'card', holder: item.holder, status: 'valid', validTo: null }]
  })
  const [found] = materials
  assert.ok(found)
  return grantTerms(found, planned, item, card, held)
}

describe('签名时授权用证的内容', () => {
  test('写明哪一证、给哪个部门、用于哪些事项、哪几格、到何时；用不到它的事项不在内', () => {
    assert.deepEqual(termsOf(material('idc', { ...source, fields: ['有效期', '姓名'] }), ['姓名', '号码', '照片', '有效期']), {
      licenceType: 'card',
      licenceName: '某证',
      holder: 'applicant',
      to: [{ key: 'a', matter: '事项a', department: '某局' }, { key: 'b', matter: '事项b', department: '某局' }],
      fields: ['姓名', '有效期'],
      until: 'caseClosed'
    })
  })

  test('目录没写要哪几格：整张照面，次序照目录；手里那一本没有的格、目录不认识的格都不在内', () => {
    assert.deepEqual(termsOf(material('idc', source), ['有效期', '号码', '姓名', '备注']).fields, ['姓名', '号码', '有效期'])
  })

  test('还没有那一本（本件先办出来的）：按目录的照面算', () => {
    assert.deepEqual(termsOf(material('idc', source), null).fields, ['姓名', '号码', '照片', '有效期'])
  })

  test('要持有人同意的材料，填的就是自己：也只给同意规则里的那几格', () => {
    const out = { way: 'upload', say: '请上传' } as const
    const ways = { declined: out, unanswered: out, unreachable: out, deceased: out }
    const own = material('idc', source, { holder: 'spouse', consent: { fields: ['姓名'], purpose: '核验', validDays: 7, ways } })
    assert.deepEqual(termsOf(own, ['姓名', '号码']).fields, ['姓名'])
  })

  test('送出的照面只有授权的格，后来的版本多出来的不给', () => {
    assert.deepEqual(grantedFace({ 姓名: '林演示', 民族: '汉', 号码: '1' }, ['姓名', '号码', '照片']), { 姓名: '林演示', 号码: '1' })
    assert.deepEqual(grantedFace({ 姓名: '林演示' }, []), {})
  })
})
