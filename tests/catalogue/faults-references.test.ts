import { describe, test } from 'node:test'
import assert from 'node:assert/strict'
import { at, bundle, only, set, some } from './expect'
import { faultsAfter, type Files } from './small'

describe('目录校验：名字与引用', () => {
  test('id 与文件名不一致', () => {
    some(
      faultsAfter(files => set(files['licences/card.yml'], { id: 'cart' })),
      'licences/card.yml',
      'id',
      /与文件名/
    )
  })

  for (const [title, change, file, key, problem] of [
    [
      '部门',
      files => at(files, 'departments.yml').departments?.push({ id: 'hall', name: '又一个' } as never),
      'departments.yml',
      'departments.1.id',
      /部门「hall」重复/
    ],
    [
      '题目',
      files => at(files, bundle).questions?.push({ ...at(files, bundle).questions?.[0] } as never),
      bundle,
      'questions.2.id',
      /题目「far」重复/
    ],
    [
      '节点',
      files => at(files, bundle).matters?.push({ key: 'second', matter: 'enrol', after: ['first'] } as never),
      bundle,
      'matters.2.key',
      /节点「second」重复/
    ],
    [
      '字段',
      files => at(files, bundle).form?.[0]?.fields?.push({ ...at(files, bundle).form?.[0]?.fields?.[0] } as never),
      bundle,
      'form.0.fields.1.id',
      /字段「fullName」重复/
    ]
  ] as [string, (files: Files) => void, string, string, RegExp][]) {
    test(`重复的${title}`, () => {
      only(faultsAfter(change), file, key, problem)
    })
  }

  for (const [title, change, file, key, problem] of [
    [
      '材料',
      files => set(at(files, 'matters/grant.yml').materials?.[0], { id: 'own-cart' }),
      'matters/grant.yml',
      'materials.0.id',
      /材料「own-cart」不存在/
    ],
    ['事项', files => set(at(files, bundle).matters?.[1], { matter: 'enroll' }), bundle, 'matters.1.matter', /事项「enroll」不存在/],
    ['前置节点', files => set(at(files, bundle).matters?.[1], { after: ['frist'] }), bundle, 'matters.1.after.0', /没有节点「frist」/],
    [
      '结果证照',
      files => set(at(files, 'matters/grant.yml').result, { licenceType: 'permits' }),
      'matters/grant.yml',
      'result.licenceType',
      /证照类型「permits」不存在/
    ],
    [
      '材料所指证照',
      files => set(at(files, 'materials.yml').materials?.[0]?.source, { licenceType: 'carte' }),
      'materials.yml',
      'materials.0.source.licenceType',
      /证照类型「carte」不存在/
    ],
    ['整件终止的节点', files => set(files[bundle], { failAll: ['third'] }), bundle, 'failAll.0', /没有节点「third」/],
    [
      '材料条件里的材料',
      files => set(at(files, bundle).matters?.[1], { materialsWhen: { record: { eq: ['far', 'y'] } } }),
      bundle,
      'matters.1.materialsWhen.record',
      /没有本事项的材料/
    ],
    ['会同部门', files => set(files['matters/grant.yml'], { partners: ['hal'] }), 'matters/grant.yml', 'partners.0', /部门「hal」不存在/],
    [
      '待核的键',
      files => set(files['matters/grant.yml'], { pending: ['limit.promise'] }),
      'matters/grant.yml',
      'pending.0',
      /待核的键「limit.promise」不存在/
    ]
  ] as [string, (files: Files) => void, string, string, RegExp][]) {
    test(`指向不存在的${title}`, () => {
      assert.ok(faultsAfter(change).length >= 1)
      some(faultsAfter(change), file, key, problem)
    })
  }

  test('阶段没有列出这件事', () => {
    const faults = faultsAfter(files => set(at(files, 'stages.yml').stages?.[0], { bundles: [], elsewhere: '去大厅' }))
    only(faults, bundle, 'stage', /没有列出/)
  })

  test('没有内容的阶段要说去哪里办', () => {
    only(
      faultsAfter(files => {
        delete at(files, 'stages.yml').stages?.[1]?.elsewhere
      }),
      'stages.yml',
      'stages.1',
      /没说去哪里办/
    )
  })

  test('办事对象与阶段不一致', () => {
    only(
      faultsAfter(files => set(files[bundle], { audience: 'company' })),
      bundle,
      'audience',
      /不一致/
    )
  })
})
