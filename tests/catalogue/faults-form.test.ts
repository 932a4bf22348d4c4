import { describe, test } from 'node:test'
import assert from 'node:assert/strict'
import { at, bundle, only, set, some } from './expect'
import { consent, faultsAfter } from './small'

describe('目录校验：持有人与表单', () => {
  test('别人的材料没有同意规则', () => {
    only(
      faultsAfter(files => set(at(files, 'materials.yml').materials?.[2], { holder: 'spouse' })),
      'materials.yml',
      'materials.2.consent',
      /没有同意规则/
    )
  })

  test('同意书放出照面里没有的字段', () => {
    const faults = faultsAfter(files =>
      at(files, 'materials.yml').materials?.push({
        id: 'other-card',
        name: '对方身份证',
        source: { kind: 'licence', licenceType: 'card' },
        holder: 'spouse',
        consent: { ...consent, fields: ['电话'] }
      } as never)
    )
    only(faults, 'materials.yml', 'materials.3.consent.fields', /照面里没有「电话」/)
  })

  test('给部门的格照面里没有', () => {
    const faults = faultsAfter(files => set(at(files, 'materials.yml').materials?.[0]?.source, { fields: ['姓名', '电话'] }))
    only(faults, 'materials.yml', 'materials.0.source.fields', /照面里没有「电话」，无从给出/)
  })

  test('给部门的格写了两遍、一格也没写', () => {
    for (const fields of [['姓名', '姓名'], []]) {
      const faults = faultsAfter(files => set(at(files, 'materials.yml').materials?.[0]?.source, { fields }))
      assert.ok(faults.length > 0 && faults.every(({ key }) => key.startsWith('materials.0.source')))
    }
  })

  test('持有人同意的材料，给哪几格只写在同意规则里', () => {
    const faults = faultsAfter(files => {
      at(files, 'materials.yml').materials?.push({
        id: 'other-card',
        name: '对方身份证',
        source: { kind: 'licence', licenceType: 'card', fields: ['姓名'] },
        holder: 'spouse',
        consent
      } as never)
    })
    only(faults, 'materials.yml', 'materials.3.source.fields', /给哪几格写了两处/)
  })

  test('要别人同意的材料，表单里得问到他是谁', () => {
    const faults = faultsAfter(files => {
      at(files, 'materials.yml').materials?.push({
        id: 'other-card',
        name: '对方身份证',
        source: { kind: 'licence', licenceType: 'card' },
        holder: 'spouse',
        consent
      } as never)
      at(files, 'matters/grant.yml').materials?.push({ id: 'other-card', why: '核对对方' } as never)
    })
    only(faults, bundle, 'matters.0.matter', /没写他是表单里的谁/)
  })

  test('证照归在孩子名下，那时却还没有孩子', () => {
    only(
      faultsAfter(files => set(at(files, 'matters/grant.yml').result, { holder: 'ward' })),
      bundle,
      'matters.0.matter',
      /还没有 ward/
    )
  })

  test('孩子的姓名、性别、出生日期要指到类型相符的字段', () => {
    const faults = faultsAfter(files =>
      set(files[bundle], {
        ward: {
          nameField: 'fullName',
          sexField: 'fullName',
          birthField: 'born',
          createdBy: ['first'],
          idNumberFrom: ['first'],
          idNumberFace: '号码'
        }
      })
    )
    assert.equal(faults.length, 3)
    some(faults, bundle, 'ward.sexField', /类型是 personName/)
    some(faults, bundle, 'ward.birthField', /没有字段「born」/)
    some(faults, bundle, 'ward.idNumberFrom.0', /照面里没有「号码」/)
  })

  for (const [title, values, key, problem] of [
    ['for 指向没有的节点', { for: ['third'] }, 'for.0', /没有节点「third」/],
    ['选择题没有选项', { type: 'choice' }, 'options', /要有 options/],
    ['文字题写了选项', { options: [{ value: 'a', label: '甲' }] }, 'options', /不能写 options/],
    ['日期范围写在姓名上', { dateRange: 'past' }, 'dateRange', /不能写 dateRange/],
    ['不认识的类型', { type: 'email' }, 'type', /可选范围/],
    [
      '预填的照面没有这一格',
      { prefill: [{ kind: 'licence', from: 'card', face: '性别', locked: true }] },
      'prefill.0.face',
      /照面里没有「性别」/
    ],
    [
      '预填的证照不存在',
      { prefill: [{ kind: 'licence', from: 'pass', face: '姓名', locked: true }] },
      'prefill.0.from',
      /证照类型「pass」不存在/
    ],
    ['预填的题目不存在', { prefill: [{ kind: 'answer', from: 'near', locked: true }] }, 'prefill.0.from', /没有题目「near」/],
    [
      '预填的共享系统不存在',
      { prefill: [{ kind: 'share', from: '别的库', face: '姓名', locked: true }] },
      'prefill.0.from',
      /没有共享系统/
    ],
    ['预填没写取哪一格', { prefill: [{ kind: 'share', from: '虚构库', locked: true }] }, 'prefill.0.face', /没写取哪一格/],
    ['身份里没有的声明', { prefill: [{ kind: 'identity', from: 'email', locked: true }] }, 'prefill.0.from', /没有「email」/]
  ] as const) {
    test(`字段：${title}`, () => {
      only(
        faultsAfter(files => set(at(files, bundle).form?.[0]?.fields?.[0], values)),
        bundle,
        `form.0.fields.0.${key}`,
        problem
      )
    })
  }
})

describe('目录校验：选了某一项才问的字段', () => {
  const asked = (askedIf: object) => faultsAfter(files => {
    const fields = at(files, bundle).form?.[0]?.fields
    const plain = { for: ['first'], required: true, sensitivity: 0 }
    const way = { id: 'way', label: '怎么拿', type: 'choice', options: [{ value: 'post', label: '寄递' }], ...plain }
    fields?.push(way as never, { id: 'place', label: '寄到哪', type: 'text', ...plain, askedIf } as never)
  })

  test('对得上的没有毛病', () => assert.deepEqual(asked({ field: 'way', in: ['post'] }), []))

  test('那一项不在同组前面，或者不是选项', () => {
    only(asked({ field: 'fullName', in: ['post'] }), bundle, 'form.0.fields.2.askedIf.field', /没有.*「fullName」/)
    only(asked({ field: 'place', in: ['post'] }), bundle, 'form.0.fields.2.askedIf.field', /没有.*「place」/)
  })

  test('那一项没有这个选项', () => {
    only(asked({ field: 'way', in: ['post', 'pigeon'] }), bundle, 'form.0.fields.2.askedIf.in.1', /没有选项「pigeon」/)
  })
})

describe('目录校验：时限', () => {
  test('承诺超过法定', () => {
    only(
      faultsAfter(files => set(at(files, 'matters/grant.yml').limit, { promised: 6 })),
      'matters/grant.yml',
      'limit.promised',
      /超过法定/
    )
  })

  test('即办件写了天数', () => {
    only(
      faultsAfter(files => set(files['matters/grant.yml'], { handlingType: 'instant' })),
      'matters/grant.yml',
      'handlingType',
      /即办件/
    )
  })
})
